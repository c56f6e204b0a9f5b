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
use crate::{admin, export, follow_up, idea, overview, place, project, store};

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
        Box::pin(async move { Ok(missing(tx, activity).await?.into_iter().map(Missing).collect()) })
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
            let count = states.into_iter().filter(|(s, _)| open.contains(s)).map(|(_, n)| n).sum();
            let href = format!("/admin/p/{}/{}/ideas", process.slug, activity.slug);
            let waiting = Waiting { key: "budget-to-study-n", count, href };
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
        Box::pin(export::tables(tx, activity, out))
    }
}

/// What keeps a budget from opening: money in at least one envelope.
pub(crate) async fn missing(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<&'static str>, Error> {
    let districts = store::districts(tx, activity.id).await?;
    let funded = districts.iter().any(|d| d.amount > 0);
    Ok(if funded { vec![] } else { vec!["budget-missing-envelope"] })
}
