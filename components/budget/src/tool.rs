//! What this component gives the program.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{Activity, Process};
use parvis_core::Millis;
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool};

use crate::model::{self, Rules};
use crate::store;

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
    }

    fn admin_routes(&self) -> Routes {
        Routes::new()
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
        _tx: &'a mut Tx<'_>,
        _process: &'a Process,
        _activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>> {
        Box::pin(async { Ok(vec![]) })
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
        _tx: &'a mut Tx<'_>,
        _activity: &'a Activity,
        _out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }
}
