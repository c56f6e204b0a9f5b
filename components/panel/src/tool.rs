//! What this component gives the program.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{Activity, Moment, Process};
use parvis_core::{Access, Millis};
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool, Waiting};

use crate::model::{self, Rules, Stage};
use crate::{admin, after, composition, draw, evaluation, export, join, show, store};

/// The panel, as the program knows it.
pub fn component() -> Arc<dyn Tool> {
    Arc::new(Panel)
}

struct Panel;

impl Tool for Panel {
    fn name(&self) -> &'static str {
        model::NAME
    }

    fn routes(&self) -> Routes {
        use Access::Anyone;
        let to = |rest: &str| format!("/p/{{process}}/{{activity}}{rest}");
        Routes::new()
            .get_cached(&to(""), Anyone, show::page)
            .get_cached(&to("/how"), Anyone, show::how)
            .get(&to("/join"), Anyone, join::page)
            .post(&to("/join"), Anyone, join::open)
            .post(&to("/join/answer"), Anyone, join::submit)
            .get_cached(&to("/draw/{round}"), Anyone, draw::page)
            .get_cached(&to("/draw/{round}/probabilities"), Anyone, draw::probabilities)
            .get(&to("/draw/{round}/files/{file}"), Anyone, draw::file)
            .get_cached(&to("/composition"), Anyone, composition::page)
            .get_cached(&to("/results"), Anyone, composition::page)
            .get_cached(&to("/work"), Anyone, after::page)
            .get(&to("/evaluation"), Anyone, evaluation::page)
            .post(&to("/evaluation"), Anyone, evaluation::open)
            .post(&to("/evaluation/answer"), Anyone, evaluation::answer)
    }

    fn admin_routes(&self) -> Routes {
        admin::routes()
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
            let rules = Rules::of(activity);
            let mut facts = vec![t.n("panel-seats-n", i64::from(rules.seats))];
            let count = store::count(tx, activity.id).await?;
            if count > 0 {
                facts.push(t.n("panel-volunteers-n", count));
            }
            let drawn = store::rounds(tx, activity.id).await?.iter().any(|r| r.stage() == Stage::Drawn);
            let action = match activity.moment(now) {
                Moment::During => "panel-action-join",
                _ if drawn => "panel-action-composition",
                _ => "panel-action-read",
            };
            Ok(Summary { facts, action: t.get(action) })
        })
    }

    fn locate(&self, process_slug: &str, activity_slug: &str, _contribution: &Contribution) -> String {
        format!("/p/{process_slug}/{activity_slug}")
    }

    fn ready<'a>(
        &'a self,
        _tx: &'a mut Tx<'_>,
        _process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>> {
        Box::pin(async move { Ok(Rules::of(activity).missing().into_iter().map(Missing).collect()) })
    }

    fn waiting<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Waiting>, Error>> {
        Box::pin(async move {
            let drawn = store::drawn(tx, activity.id).await?;
            let count = drawn.iter().filter(|p| p.seat == model::Seat::Drawn).count();
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let href = format!("/admin/p/{}/{}/draw", process.slug, activity.slug);
            Ok(if count > 0 { vec![Waiting { key: "panel-waiting-answers-n", count, href }] } else { vec![] })
        })
    }

    fn create<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity_id: i64,
        _now: Millis,
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(async move {
            store::create(tx, activity_id).await?;
            store::set_rules(tx, activity_id, &Rules::default().to_json()).await
        })
    }

    fn export<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(export::tables(tx, activity, out))
    }

    fn results<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        _now: Millis,
    ) -> Fut<'a, Result<Option<String>, Error>> {
        Box::pin(export::results(tx, activity))
    }

    fn working<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        Box::pin(export::working(tx, activity))
    }
}
