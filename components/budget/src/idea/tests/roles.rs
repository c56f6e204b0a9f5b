//! Who may do what; and what the open data hold.

use parvis_store::{Store, boxed, db_test};

use super::{ADMIN, BASE, TITLE, Town};

#[db_test]
async fn each_page_asks_for_its_role(db: Store) {
    let town = Town::open(db).await;
    let (ana, moderator) = (town.site.participant("Ana").await, town.site.moderator().await);
    let id = town.deposit(&ana, TITLE, &[]).await;
    let visitor = town.site.visitor();
    for path in ["envelopes", "categories", "ideas-rules", "mergers", "projects", "follow-up"] {
        let path = format!("{ADMIN}/{path}");
        visitor.get(&path).await.assert_status(303);
        ana.get(&path).await.assert_status(403);
        moderator.get(&path).await.assert_status(403);
        town.editor.get(&path).await.assert_status(200);
    }
    let study = format!("{ADMIN}/ideas/{id}");
    moderator.get(&study).await.assert_status(200);
    moderator.post(&study, &[("state", "study")]).await.assert_status(403);
    ana.get(&study).await.assert_status(403);
    let sent = visitor.post(&format!("{BASE}/ideas/{id}/support"), &[("on", "1")]).await;
    let to = sent.assert_status(303).location.clone().unwrap_or_default();
    assert!(to.starts_with("/sign-in"), "what they sent is kept until they sign in: {to}");
    // Another budget's idea is not here, and another person's is not theirs to withdraw.
    visitor.get(&format!("{BASE}/ideas/999999")).await.assert_status(404);
    moderator.post(&format!("{BASE}/ideas/{id}/withdraw"), &[]).await.assert_status(403);
    for path in ["projects/999", "projects/x", "mergers/1"] {
        let seen = ana.get(&format!("{BASE}/{path}")).await;
        seen.assert_status(404);
    }
}

#[db_test]
async fn a_hidden_idea_leaves_its_place_and_its_reason(db: Store) {
    let town = Town::open(db).await;
    let (ana, moderator) = (town.site.participant("Ana").await, town.site.moderator().await);
    let id = town.deposit(&ana, TITLE, &[]).await;
    let bo = town.site.participant("Bo").await;
    let flag = format!("{BASE}/ideas/{id}/flag");
    assert!(bo.post(&flag, &[("reason", "")]).await.assert_status(422).field_error("reason").is_some());
    bo.post(&flag, &[("reason", "spam"), ("note", "Encore.")]).await.assert_status(303);
    let who = moderator.me().clone();
    town.site
        .write(move |tx| {
            boxed(async move {
                parvis_civic::moderation::hide(tx, parvis_testkit::NOON, &who, id, "spam", "Publicité.")
                    .await?;
                Ok::<_, parvis_civic::Error>(())
            })
        })
        .await
        .unwrap();
    let seen = town.site.visitor().get(&format!("{BASE}/ideas/{id}")).await;
    seen.assert_status(200).assert_says("Idée masquée").assert_says("Publicité.");
    assert!(!seen.html.contains(TITLE) && !seen.text().contains("Quai du Canal"), "{}", seen.text());
    ana.get(&format!("{BASE}/ideas/{id}")).await.assert_says("[Contester]");
    let list = town.site.visitor().get(&format!("{BASE}/ideas")).await;
    assert!(!list.text().contains(TITLE));
}

/// What the component gave: the tables begun, and their rows as text.
#[derive(Default)]
struct Heap {
    tables: Vec<(&'static str, usize)>,
    rows: Vec<(&'static str, String)>,
}

impl parvis_web::export::Sink for Heap {
    fn table(&mut self, table: parvis_web::export::Table) -> Result<(), parvis_civic::Error> {
        for column in &table.columns {
            let said = &column.description;
            assert!(!said.fr.is_empty() && !said.en.is_empty(), "{}.{}", table.name, column.name);
        }
        self.tables.push((table.name, table.columns.len()));
        Ok(())
    }

    fn row(&mut self, cells: Vec<parvis_web::export::Cell>) -> Result<(), parvis_civic::Error> {
        let (name, width) = *self.tables.last().expect("a table before its rows");
        assert_eq!(cells.len(), width, "{name}");
        let row = cells.iter().map(|c| c.to_csv().into_owned()).collect::<Vec<_>>().join("|");
        self.rows.push((name, row));
        Ok(())
    }
}

#[db_test]
async fn the_open_data_hold_what_the_public_sees_and_no_more(db: Store) {
    let mut town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let idea = town.deposit(&ana, TITLE, &[("latitude", "48.05"), ("longitude", "2.05")]).await;
    let withdrawn = town.deposit(&ana, "Un kiosque secret", &[("address", "Rue cachée")]).await;
    ana.post(&format!("{BASE}/ideas/{withdrawn}/withdraw"), &[]).await.assert_status(303);
    let draft = [("title", "Brouillon"), ("address", "Rue du brouillon"), ("action", "save")];
    ana.post(&format!("{BASE}/ideas/new"), &draft).await.assert_status(303);
    town.study(idea, &[("state", "study"), ("service", "Espaces verts"), ("cost", "7")])
        .await
        .assert_status(303);
    town.editor
        .post(&format!("{ADMIN}/ideas/{idea}/notes"), &[("note", "Entre nous.")])
        .await
        .assert_status(303);
    let project = town.project(idea).await;
    town.count().await;
    town.editor.post(&format!("{ADMIN}/follow-up/{project}/begin"), &[]).await.assert_status(303);
    let step = [("happened_on", "2026-06-13"), ("progress", "works"), ("body_fr", "Fait."), ("spent", "2")];
    town.editor.upload(&format!("{ADMIN}/follow-up/{project}"), &step, &[]).await.assert_status(303);
    let id = town.activity;
    let heap = town
        .site
        .store
        .read(move |tx| {
            boxed(async move {
                let activity = parvis_civic::process::activity(tx, id).await?.expect("the budget");
                let mut heap = Heap::default();
                crate::export::tables(tx, &activity, &mut heap).await?;
                Ok::<_, parvis_civic::Error>(heap)
            })
        })
        .await
        .unwrap();
    let count = |name: &str| heap.rows.iter().filter(|(n, _)| *n == name).count();
    let counts = ["envelopes", "categories", "ideas", "projects", "origins", "mergers", "steps"]
        .map(|name| count(&format!("budget_{name}")));
    assert_eq!(counts, [2, 1, 2, 1, 1, 0, 1]);
    let all = heap.rows.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>().join("\n");
    for kept in ["Le verger du canal", "48050000", "1250000", "feasible", "2026-06-13", "MultiPolygon"] {
        assert!(all.contains(kept), "no {kept} in\n{all}");
    }
    for private in ["Espaces verts", "Entre nous", "Rue cachée", "Rue du brouillon"] {
        assert!(!all.contains(private), "{private} in\n{all}");
    }
}
