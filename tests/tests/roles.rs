//! Every route with every role: who may not pass is turned away, whatever the page.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it must be")]

use std::sync::Arc;

use parvis_core::{Access, Role};
use parvis_store::boxed;
use parvis_testkit::{Actor, TestSite, open_activity};
use parvis_web::{Routes, Source, Tool};

fn tools() -> Vec<Arc<dyn Tool>> {
    vec![
        parvis_consultation::component(),
        parvis_vote::component(),
        parvis_budget::component(),
        parvis_panel::component(),
    ]
}

fn routes() -> Routes {
    parvis_site::routes().merge(parvis_admin::routes())
}

fn sources() -> Vec<Source> {
    let mut all = vec![parvis_civic::SOURCE, parvis_admin::SOURCE, parvis_ballotbox::SOURCE];
    all.extend_from_slice(parvis_site::SOURCES);
    all
}

/// A process with one published activity of this tool, so that the addresses of the tool lead to it.
async fn with_activity(site: &TestSite, tool: &'static str) -> (String, String) {
    let now = site.now();
    site.store
        .write(move |tx| {
            boxed(async move {
                let (made, activity) = open_activity(tx, now, tool).await?;
                Ok::<_, parvis_civic::Error>((made.slug, activity.slug))
            })
        })
        .await
        .unwrap()
}

/// An address of the route, with something in each hole.
fn address(path: &str, process: &str, activity: &str) -> String {
    let mut address = String::new();
    for piece in path.split('/').skip(1) {
        address.push('/');
        match piece {
            "{process}" => address.push_str(process),
            "{activity}" => address.push_str(activity),
            "{role}" => address.push_str("participant"),
            hole if hole.starts_with('{') => address.push('1'),
            other => address.push_str(other),
        }
    }
    address
}

#[tokio::test]
async fn every_route_turns_away_who_may_not_pass() {
    let tools = tools();
    let site = TestSite::builder()
        .migrations(parvis_ballotbox::MIGRATIONS)
        .tools(tools.clone())
        .routes(routes(), &sources())
        .build()
        .await;
    let mut table = vec![];
    for tool in &tools {
        let (process, activity) = with_activity(&site, tool.name()).await;
        let of = [tool.routes(), tool.admin_routes(), tool.site_routes()];
        let all = of.iter().flat_map(Routes::table);
        table.extend(all.map(|(method, path, access)| {
            let address = address(&path, &process, &activity);
            (method, path, access, address)
        }));
    }
    let own = routes().table().into_iter();
    table.extend(own.map(|(method, path, access)| {
        let address = address(&path, "demarche", "texte");
        (method, path, access, address)
    }));
    assert!(table.len() > 300, "only {} routes: some set is missing from this test", table.len());
    let visitor = site.visitor();
    let people: Vec<(Role, Actor)> = vec![
        (Role::Participant, site.participant("Ana").await),
        (Role::Moderator, site.moderator().await),
        (Role::Editor, site.editor().await),
        (Role::Administrator, site.admin().await),
    ];
    let mut walked = 0;
    for (method, path, access, address) in table {
        let is_get = method.as_str() == "GET";
        if access != Access::Anyone {
            let answer = if is_get { visitor.get(&address).await } else { visitor.post(&address, &[]).await };
            assert_eq!(answer.status, 303, "{method} {path} signed out: {}", answer.status);
            let to = answer.location.clone().unwrap_or_default();
            assert!(to.starts_with("/sign-in?next="), "{method} {path} leads to {to}");
            walked += 1;
        }
        for (role, who) in &people {
            if access.allows(Some(*role)) {
                continue;
            }
            let answer = if is_get { who.get(&address).await } else { who.post(&address, &[]).await };
            assert_eq!(answer.status, 403, "{method} {path} as {role:?}: {}", answer.status);
            walked += 1;
        }
        // An open page is looked at too: it must not break, whatever the numbers in its address.
        if is_get && access.allows(Some(Role::Administrator)) {
            let answer = people[3].1.get(&address).await;
            assert!(answer.status < 500, "{method} {path}: {}", answer.status);
        }
    }
    assert!(walked > 200, "{walked}");
}

#[tokio::test]
async fn the_administration_is_not_open_by_mistake() {
    let mut table = routes().table();
    for tool in tools() {
        table.extend(tool.routes().table());
        table.extend(tool.admin_routes().table());
        table.extend(tool.site_routes().table());
    }
    for (method, path, access) in table {
        let is_admin = path.starts_with("/admin");
        let is_open = matches!(access, Access::Anyone | Access::Participant);
        assert_eq!(is_admin, !is_open, "{method} {path} is declared {access:?}");
    }
}
