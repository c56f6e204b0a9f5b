//! What this component gives the program.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{self, Activity, Process};
use parvis_core::{Access, Millis};
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool, Waiting};

use crate::life::State;
use crate::model::{self, Rules};
use crate::overview::Action;
use crate::place::Place;
use crate::{
    admin, export, follow_up, idea, overview, pabulib, place, project, results, simulator, store, vote,
};

/// The participatory budget, as the program knows it.
pub fn component() -> Arc<dyn Tool> {
    Arc::new(Budget)
}

struct Budget;

impl Tool for Budget {
    fn name(&self) -> &'static str {
        model::NAME
    }

    fn routes(&self) -> Routes {
        Routes::new()
            .get_cached("/p/{process}/{activity}", Access::Anyone, overview::page)
            .merge(idea::routes())
            .merge(project::routes())
            .merge(follow_up::routes())
            .merge(vote::routes())
    }

    fn admin_routes(&self) -> Routes {
        admin::routes().merge(vote::admin_routes())
    }

    fn site_routes(&self) -> Routes {
        simulator::routes().get(pabulib::PATH, Access::Administrator, pabulib::page).upload(
            pabulib::PATH,
            Access::Administrator,
            pabulib::submit,
        )
    }

    fn importer(&self) -> Option<(&'static str, &'static str)> {
        Some(("budget-import", pabulib::PATH))
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
            let id = activity.id;
            let ideas = store::ideas::count(tx, &store::ideas::Which::all(id)).await?;
            let projects = store::projects(tx, id).await?.len();
            let winners = store::follow_up::winners(tx, id).await?.len();
            let mut facts = vec![t.n("budget-ideas-n", ideas), t.n("budget-projects-n", projects)];
            if winners > 0 {
                facts.push(t.n("budget-winners-n", winners));
            }
            let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
            let phases = process::phases(tx, process.id).await?;
            let place = Place { process, activity: activity.clone(), rules: Rules::of(activity), phases };
            let action = Action::now(&place, now, projects, winners);
            Ok(Summary { facts, action: t.get(action.key()) })
        })
    }

    fn locate(&self, process_slug: &str, activity_slug: &str, contribution: &Contribution) -> String {
        place::locate(process_slug, activity_slug, contribution)
    }

    fn ready<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        _process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>> {
        Box::pin(async move {
            let missing = missing(tx, activity).await?;
            Ok(blocking(activity, missing).into_iter().map(Missing).collect())
        })
    }

    fn waiting<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Waiting>, Error>> {
        Box::pin(async move {
            let states = store::ideas::by_state(tx, activity.id).await?;
            let open = [State::Received, State::Study];
            let to_study = states.into_iter().filter(|(s, _)| open.contains(s)).map(|(_, n)| n).sum();
            let disputes = i64::try_from(parvis_ballotbox::paper::disputes(tx, activity.id).await?.len());
            let to = |rest: &str| format!("/admin/p/{}/{}/{rest}", process.slug, activity.slug);
            let all = [
                Waiting { key: "budget-to-study-n", count: to_study, href: to("ideas") },
                Waiting {
                    key: "ballotbox-differences-n",
                    count: disputes.unwrap_or(i64::MAX),
                    href: to("paper/differences"),
                },
            ];
            Ok(all.into_iter().filter(|w| w.count > 0).collect())
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
        Box::pin(async move {
            export::tables(tx, activity, out).await?;
            vote::export::tables(tx, activity, out).await
        })
    }

    fn results<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        _now: Millis,
    ) -> Fut<'a, Result<Option<String>, Error>> {
        Box::pin(async move {
            let counting = results::read(tx, activity).await?;
            let found = results::count(counting).await?;
            serde_json::to_string(&found).map(Some).map_err(|e| Error::Internal(e.to_string()))
        })
    }

    fn working<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        Box::pin(async move { vote::export::files(tx, activity).await })
    }
}

/// What is missing before people vote: money in at least one envelope, projects, rules.
pub(crate) async fn missing(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<&'static str>, Error> {
    let districts = store::districts(tx, activity.id).await?;
    let funded = districts.iter().any(|d| d.amount > 0);
    let mut found = if funded { vec![] } else { vec!["budget-missing-envelope"] };
    found.extend(vote::missing(tx, activity).await?);
    Ok(found)
}

/// Of what is missing, what keeps the budget from being published. Where people deposit ideas first, projects and the
/// rules of the vote come later: the ballot box waits for them.
pub(crate) fn blocking(activity: &Activity, missing: Vec<&'static str>) -> Vec<&'static str> {
    let begins_with_ideas = Rules::of(activity).ideas.phase.is_some();
    missing.into_iter().filter(|key| !begins_with_ideas || *key == "budget-missing-envelope").collect()
}
