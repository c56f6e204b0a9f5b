//! What a participatory tool gives the program, and what the program asks of it.

use parvis_civic::Error;
use parvis_civic::contribution::Contribution;
pub use parvis_civic::process::Missing;
use parvis_civic::process::{Activity, Process};
use parvis_core::Millis;
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Tx};

use crate::export::Sink;
use crate::routes::Routes;

pub use parvis_store::Fut; // the box that every asynchronous question is answered in

/// What the page of a process says of an activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Short facts, in the visitor's language: `696 propositions`, `88 622 votes`.
    pub facts: Vec<String>,
    /// The words of the main link: `Donner mon avis`, `Voir les résultats`.
    pub action: String,
}

/// Something that waits for the editors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// A message key, which takes `$count`.
    pub key: &'static str,
    /// How many.
    pub count: i64,
    /// Where it is done.
    pub href: String,
}

/// A component: the code of one kind of activity.
pub trait Tool: Send + Sync + 'static {
    /// Its name in the database and in the code: `consultation`.
    fn name(&self) -> &'static str;
    /// Its public pages: absolute paths beginning `/p/{process}/{activity}`.
    fn routes(&self) -> Routes;
    /// Its administration: absolute paths beginning `/admin/p/{process}/{activity}`.
    fn admin_routes(&self) -> Routes;
    /// Its administration that belongs to no activity: absolute paths beginning `/admin/`.
    fn site_routes(&self) -> Routes {
        Routes::new()
    }
    /// Where an administrator imports what was done elsewhere with another tool of its kind: a message key, and
    /// one of its `site_routes`.
    fn importer(&self) -> Option<(&'static str, &'static str)> {
        None
    }
    /// Its tables.
    fn migrations(&self) -> Migrations;
    /// Its texts.
    fn ftl(&self) -> Source;
    /// What the page of the process says of this activity.
    fn summary<'a>(
        &'a self,
        t: &'a T,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        now: Millis,
    ) -> Fut<'a, Result<Summary, Error>>;
    /// The canonical path of a contribution, with its `#anchor` where it is part of another's page.
    fn locate(&self, process_slug: &str, activity_slug: &str, contribution: &Contribution) -> String;
    /// What is missing before it may open.
    fn ready<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>>;
    /// What of it waits for the editors now; nothing that counts zero.
    fn waiting<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        process: &'a Process,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Waiting>, Error>> {
        let _ = (tx, process, activity);
        Box::pin(async { Ok(vec![]) })
    }
    /// Makes its default rows when an editor adds it to a process.
    fn create<'a>(&'a self, tx: &'a mut Tx<'_>, activity_id: i64, now: Millis) -> Fut<'a, Result<(), Error>>;
    /// Gives its tables of open data, row by row.
    fn export<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>>;
    /// Computes its results when the organisation publishes them: JSON with the method and its working. The
    /// caller stores and journals it.
    fn results<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        now: Millis,
    ) -> Fut<'a, Result<Option<String>, Error>> {
        let _ = (tx, activity, now);
        Box::pin(async { Ok(None) })
    }
    /// Files that its results add to a bundle, as `(name, JSON)`, under `results/`.
    fn working<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        let _ = (tx, activity);
        Box::pin(async { Ok(vec![]) })
    }
}
