//! What this component gives the program.

use std::sync::Arc;

use parvis_ballotbox::close;
use parvis_ballotbox::pages::{self, Poll};
use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{Activity, Moment, Process};
use parvis_core::{Access, Millis};
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool, Waiting};

use crate::ballot::Votes;
use crate::model::{self, Rules};
use crate::{admin, results, show, store};

/// The vote, as the program knows it.
pub fn component() -> Arc<dyn Tool> {
    Arc::new(Vote { poll: Arc::new(Votes) })
}

struct Vote {
    poll: Arc<dyn Poll>,
}

impl Tool for Vote {
    fn name(&self) -> &'static str {
        model::NAME
    }

    fn routes(&self) -> Routes {
        use Access::Anyone;
        Routes::new()
            .get_cached("/p/{process}/{activity}", Anyone, show::page)
            .get_cached("/p/{process}/{activity}/results", Anyone, results::page)
            .get("/p/{process}/{activity}/pictures/{id}", Anyone, show::picture)
            .merge(pages::public(&self.poll))
    }

    fn admin_routes(&self) -> Routes {
        admin::routes().merge(pages::admin(&self.poll))
    }

    fn migrations(&self) -> Migrations {
        crate::MIGRATIONS
    }

    fn ftl(&self) -> Source {
        crate::SOURCE
    }

    fn summary<'a>(
        &'a self,
        t: &'a T,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        now: Millis,
    ) -> Fut<'a, Result<Summary, Error>> {
        Box::pin(async move {
            let options = store::options(tx, activity.id).await?;
            let mut facts = vec![t.n("vote-options-n", options.len())];
            if activity.moment(now) != Moment::Before {
                facts.push(t.n("vote-voters-n", close::turnout(tx, activity.id).await?.signed()));
            }
            let action = match activity.moment(now) {
                Moment::During => "vote-action-vote",
                _ if activity.results_at.is_some() => "vote-action-results",
                Moment::Before | Moment::After => "vote-action-read",
            };
            Ok(Summary { facts, action: t.get(action) })
        })
    }

    fn locate(&self, process_slug: &str, activity_slug: &str, _contribution: &Contribution) -> String {
        format!("/p/{process_slug}/{activity_slug}")
    }

    fn ready<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        _process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>> {
        Box::pin(async move { Ok(missing(tx, activity).await?.into_iter().map(Missing).collect()) })
    }

    fn waiting<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Waiting>, Error>> {
        Box::pin(async move {
            let count = i64::try_from(parvis_ballotbox::paper::disputes(tx, activity.id).await?.len());
            let href = format!("/admin/p/{}/{}/paper/differences", process.slug, activity.slug);
            let count = count.unwrap_or(i64::MAX);
            Ok(if count > 0 { vec![Waiting { key: "ballotbox-differences-n", count, href }] } else { vec![] })
        })
    }

    fn create<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity_id: i64,
        _now: Millis,
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(async move { store::set_rules(tx, activity_id, &Rules::default().to_json()).await })
    }

    fn export<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(crate::export::tables(tx, activity, out))
    }

    fn results<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        _now: Millis,
    ) -> Fut<'a, Result<Option<String>, Error>> {
        Box::pin(async move {
            let found = results::compute(tx, activity).await?;
            let text = serde_json::to_string(&found).map_err(|e| Error::Internal(e.to_string()))?;
            Ok(Some(text))
        })
    }
}

/// What keeps a vote from opening: options, rules, an empty list.
pub(crate) async fn missing(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<&'static str>, Error> {
    let rules = Rules::of(activity);
    let options = store::options(tx, activity.id).await?;
    let mut found = model::missing(&rules, options.len());
    let is_list = rules.ballot_box.roll == parvis_ballotbox::RollKind::List;
    if is_list && parvis_ballotbox::roll::count(tx, activity.id).await? == 0 {
        found.push("vote-missing-roll");
    }
    Ok(found)
}
