//! What this component gives the program.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{Activity, Process};
use parvis_core::{Access, Millis};
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool, Waiting};

use crate::model::{self, Rules};
use crate::{pabulib, results, simulator, store, vote};

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
        Routes::new().merge(vote::routes())
    }

    fn admin_routes(&self) -> Routes {
        Routes::new().merge(vote::admin_routes())
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
        _now: Millis,
    ) -> Fut<'a, Result<Summary, Error>> {
        Box::pin(async move {
            let projects = store::projects(tx, activity.id).await?.len();
            Ok(Summary {
                facts: vec![t.n("budget-projects-n", projects)],
                action: t.get("budget-action-read"),
            })
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
        Box::pin(async move { Ok(vote::missing(tx, activity).await?.into_iter().map(Missing).collect()) })
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
        Box::pin(async move { vote::export::tables(tx, activity, out).await })
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
