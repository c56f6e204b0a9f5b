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

use crate::model::{self, Rules};
use crate::{
    appeal, argue, edit, flag, follow, import, overview, place, propose, show, source, store, versions, view,
    vote, withdraw,
};

/// The consultation, as the program knows it.
pub fn component() -> Arc<dyn Tool> {
    Arc::new(Consultation)
}

struct Consultation;

impl Tool for Consultation {
    fn name(&self) -> &'static str {
        model::NAME
    }

    fn routes(&self) -> Routes {
        use Access::{Anyone, Participant};
        Routes::new()
            .get_cached("/p/{process}/{activity}", Anyone, overview::page)
            .get_cached("/p/{process}/{activity}/c/{id}", Anyone, show::page)
            .post("/p/{process}/{activity}/c/{id}/vote", Participant, vote::submit)
            .get("/p/{process}/{activity}/c/{id}/argue", Anyone, argue::page)
            .post("/p/{process}/{activity}/c/{id}/argue", Participant, argue::submit)
            .get("/p/{process}/{activity}/c/{id}/source", Anyone, source::page)
            .post("/p/{process}/{activity}/c/{id}/source", Participant, source::submit)
            .get("/p/{process}/{activity}/c/{id}/edit", Participant, edit::page)
            .post("/p/{process}/{activity}/c/{id}/edit", Participant, edit::submit)
            .get_cached("/p/{process}/{activity}/c/{id}/versions", Anyone, versions::page)
            .get("/p/{process}/{activity}/c/{id}/withdraw", Participant, withdraw::page)
            .post("/p/{process}/{activity}/c/{id}/withdraw", Participant, withdraw::submit)
            .post("/p/{process}/{activity}/c/{id}/follow", Participant, follow::submit)
            .get("/p/{process}/{activity}/c/{id}/flag", Participant, flag::page)
            .post("/p/{process}/{activity}/c/{id}/flag", Participant, flag::submit)
            .get("/p/{process}/{activity}/c/{id}/appeal", Participant, appeal::page)
            .post("/p/{process}/{activity}/c/{id}/appeal", Participant, appeal::submit)
            .get("/p/{process}/{activity}/propose", Anyone, propose::page)
            .post("/p/{process}/{activity}/propose", Participant, propose::submit)
            .get("/p/{process}/{activity}/drafts/{id}", Participant, propose::review)
            .post("/p/{process}/{activity}/drafts/{id}", Participant, propose::act)
            .merge(crate::amend::routes())
            .merge(crate::results::routes())
            .merge(crate::text::routes())
    }

    fn admin_routes(&self) -> Routes {
        crate::admin::routes()
    }

    fn site_routes(&self) -> Routes {
        Routes::new().get(import::PATH, Access::Administrator, import::page).upload(
            import::PATH,
            Access::Administrator,
            import::submit,
        )
    }

    fn importer(&self) -> Option<(&'static str, &'static str)> {
        Some(("consultation-import", import::PATH))
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
            let figures = store::figures(tx, activity.id).await?;
            let totals = Rules::of(activity).shows_totals(activity, now);
            let action = match activity.moment(now) {
                Moment::During => "consultation-give-opinion",
                _ if activity.results_at.is_some() => "consultation-see-results",
                Moment::Before | Moment::After => "consultation-read-consultation",
            };
            Ok(Summary { facts: view::facts(t, &figures, totals), action: t.get(action) })
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
            let articles = store::articles(tx, activity.id, 1).await?;
            if !articles.is_empty() || Rules::of(activity).proposals {
                return Ok(vec![]);
            }
            Ok(vec![Missing("consultation-missing-texts")])
        })
    }

    fn waiting<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Waiting>, Error>> {
        Box::pin(async move {
            let which = store::Which { on: None, status: Some("waiting") };
            let count = store::amendment_count(tx, activity.id, which).await?;
            let href = format!("/admin/p/{}/{}/amendments", process.slug, activity.slug);
            let waiting = Waiting { key: "consultation-admin-waiting-n", count, href };
            Ok(if count > 0 { vec![waiting] } else { vec![] })
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
        Box::pin(async move { crate::results::stored(tx, activity).await.map(Some) })
    }
}
