//! The open data that the tools give: their tables go into the bundle that `parvis_civic::export` makes.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_store::{Fut, Tx};

pub use parvis_civic::export::{
    Cell, Column, Kind, Options, Sink, Summary, Table, ToolTables, verify, write_bundle,
};

use crate::tool::Tool;

/// The tools of a site, as the bundle asks them: `write_bundle(&store, Arc::new(Tools(tools)), …)`.
pub struct Tools(pub Vec<Arc<dyn Tool>>);

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|t| t.name())).finish()
    }
}

impl Tools {
    fn of(&self, activity: &Activity) -> Option<&Arc<dyn Tool>> {
        self.0.iter().find(|t| t.name() == activity.component)
    }
}

impl ToolTables for Tools {
    fn tables<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        match self.of(activity) {
            Some(tool) => tool.export(tx, activity, out),
            None => Box::pin(async { Ok(()) }),
        }
    }

    fn working<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        match self.of(activity) {
            Some(tool) => tool.working(tx, activity),
            None => Box::pin(async { Ok(vec![]) }),
        }
    }
}
