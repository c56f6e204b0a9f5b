//! From an idea to a project: studied with reasons, told, made into a project, sealed.

use parvis_civic::process::DAY;
use parvis_core::Locale;
use parvis_store::{Store, boxed, db_test, p};
use parvis_testkit::NOON;

use super::{ADMIN, BASE, CLOSE, END, TITLE, Town, VOTE};

#[db_test]
async fn a_budget_opens_once_there_is_money(db: Store) {
    let town = Town::empty(db).await;
    let page = town.editor.get(ADMIN).await;
    page.assert_status(200).assert_says("Fixez au moins une enveloppe");
    let to = format!("/admin/activities/{}/publish", town.activity);
    assert_ne!(town.editor.post(&to, &[]).await.status, 303);
    town.site.visitor().get(BASE).await.assert_status(404);
    let wrong = [("name_fr", ""), ("amount", "0"), ("outline", "{}")];
    let page = town.editor.upload(&format!("{ADMIN}/envelopes/new"), &wrong, &[]).await;
    page.assert_status(422);
    for field in ["name_fr", "amount", "outline"] {
        assert!(page.field_error(field).is_some(), "{field}");
    }
    let file = ("outline_file", "nord.geojson", "application/geo+json", super::NORTH.as_bytes());
    let form = [("name_fr", "Nord"), ("amount", "50 000"), ("idem", "e1")];
    for _ in 0..2 {
        town.editor.upload(&format!("{ADMIN}/envelopes/new"), &form, &[file]).await.assert_status(303);
    }
    assert_eq!(town.number("select count(*) from budget_district", vec![]).await, 1, "sent twice, made once");
    town.editor.get(&format!("{ADMIN}/envelopes")).await.assert_says("contour sur la carte");
    // Ideas end before the vote opens.
    let vote = town.phases[1].to_string();
    let page = town.rules(&[("phase", &vote), ("most", "0"), ("edit_hours", "-1"), ("ceiling", "x")]).await;
    page.assert_status(422);
    for field in ["phase", "most", "edit_hours", "ceiling"] {
        assert!(page.field_error(field).is_some(), "{field}");
    }
    town.rules(&[]).await.assert_status(303);
    town.editor.get(ADMIN).await.assert_says("<Publier le budget>");
    town.editor.post(&to, &[]).await.assert_status(303);
    let page = town.site.visitor().get(BASE).await;
    page.assert_says("50 000 €").assert_says("[Déposer une idée]").assert_says("Vous êtes ici");
}

#[db_test]
async fn the_overview_leads_to_what_can_be_done_now(db: Store) {
    let mut town = Town::open(db).await;
    let here = |page: &parvis_testkit::Answer| page.select("li[aria-current=step] .step-title").join(" ");
    let main = |page: &parvis_testkit::Answer| page.select("main .actions > a.button").join(" ");
    let visitor = town.site.visitor();
    let page = visitor.get(BASE).await;
    assert_eq!((here(&page), main(&page)), ("Les idées".into(), "Déposer une idée".into()));
    town.site.clock.set(CLOSE);
    let page = visitor.get(BASE).await;
    assert_eq!((here(&page), main(&page)), ("L’étude par les services".into(), "Voir les idées".into()));
    town.site.clock.set(VOTE);
    let page = visitor.get(BASE).await;
    assert_eq!((here(&page), main(&page)), ("Le vote".into(), "Voter".into()));
    assert_eq!(page.attr("main a.button", "href"), [format!("{BASE}/ballot")]);
    town.site.clock.set(END);
    assert_eq!(here(&visitor.get(BASE).await), "Les résultats");
    town.count().await;
    let page = town.site.english().get(BASE).await;
    assert_eq!((here(&page), main(&page)), ("Delivery".into(), "See the results".into()));
}

#[db_test]
async fn an_idea_is_studied_and_its_author_is_told(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo) =
        (town.site.participant("Ana").await, town.site.participant("Bo").await.locale(Locale::En));
    let id = town.deposit(&ana, TITLE, &[]).await;
    let page = format!("{BASE}/ideas/{id}");
    bo.post(&format!("{page}/follow"), &[("on", "1")]).await.assert_status(303);
    town.editor.get(ADMIN).await.assert_says("Une idée à étudier");

    // Each mistake beside its field; the ceiling is that of the envelope.
    let south = town.envelope(2).await;
    for (form, field, words) in [
        (vec![("state", "")], "state", "Choisissez un état"),
        (vec![("state", "merged")], "state", "Choisissez un état"),
        (vec![("state", "refused")], "reason_fr", "Dites pourquoi"),
        (vec![("state", "feasible")], "cost", "Écrivez un coût"),
        (
            vec![("state", "feasible"), ("cost", "30 000,01"), ("district", &south)],
            "cost",
            "limite : 30 000 €",
        ),
        (vec![("state", "study"), ("cost", "x")], "cost", "un montant en euros"),
    ] {
        let page = town.study(id, &form).await;
        page.assert_status(422).assert_says(words);
        assert!(page.field_error(field).is_some(), "{field}");
    }
    town.rules(&[("ceiling", "10 000")]).await.assert_status(303);
    let over = town.study(id, &[("state", "feasible"), ("cost", "10 001"), ("district", &south)]).await;
    over.assert_status(422).assert_says("limite : 10 000 €");

    // Given to a service, with a note: nobody else reads either.
    let form = [("state", "study"), ("service", "Espaces verts")];
    town.study(id, &form).await.assert_status(303);
    let moderator = town.site.moderator().await;
    let note = [("note", "Terrain pollué ? À vérifier."), ("idem", "n1")];
    for _ in 0..2 {
        moderator.post(&format!("{ADMIN}/ideas/{id}/notes"), &note).await.assert_status(303);
    }
    let staff = town.editor.get(&format!("{ADMIN}/ideas/{id}")).await;
    staff.assert_says("Terrain pollué").assert_says("Espaces verts");
    assert_eq!(staff.select("#notes ~ ul li").len(), 1, "sent twice, written once");
    let seen = town.site.visitor().get(&page).await;
    assert!(!seen.html.contains("Espaces verts") && !seen.html.contains("pollué"), "{}", seen.text());
    seen.assert_says("À l’étude");

    // Refused, with a public reason in both languages; then taken again.
    let form = [
        ("state", "refused"),
        ("service", "Espaces verts"),
        ("reason_fr", "Le terrain est pollué."),
        ("reason_en", "The ground is polluted."),
    ];
    town.study(id, &form).await.assert_status(303);
    town.site.visitor().get(&page).await.assert_says("Non retenue").assert_says("Le terrain est pollué.");
    town.site.english().get(&page).await.assert_says("Not accepted").assert_says("The ground is polluted.");
    let mails = town.mails(&ana).await;
    assert_eq!(mails.len(), 2, "under study, refused");
    let refused = mails.iter().find(|m| m.text.contains("Elle n’est pas retenue.")).expect("she is told");
    assert!(refused.text.contains("Le terrain est pollué.") && !refused.text.contains("Espaces verts"));
    let told = town.mails(&bo).await;
    assert!(told[0].text.contains(&page), "{}", told[0].text);
    let leaves = "select count(*) from journal_entry where kind = 'idea-studied' and ref_id = $1";
    assert_eq!(town.number(leaves, p![id].to_vec()).await, 2);
    // The service alone changes nothing that the public reads: no leaf, no mail.
    let mut again = form.to_vec();
    again[1].1 = "Voirie";
    town.study(id, &again).await.assert_status(303);
    assert_eq!(town.number(leaves, p![id].to_vec()).await, 2);
}

#[db_test]
async fn a_project_is_made_of_ideas_and_sealed_with_the_first_vote(db: Store) {
    let mut town = Town::open(db).await;
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let idea = town.deposit(&ana, TITLE, &[("latitude", "48.05"), ("longitude", "2.05")]).await;
    let other = town.deposit(&bo, "Une fontaine sur la place", &[]).await;
    let new = format!("{ADMIN}/projects/new");
    let id = town.project(idea).await;
    // An idea that is not feasible, a cost above the envelope, no name: refused.
    let (south, unstudied) = (town.envelope(2).await, other.to_string());
    let wrong = [("title_fr", ""), ("cost", "30 001"), ("district", &south), ("ideas", &unstudied)];
    let page = town.editor.upload(&new, &wrong, &[]).await;
    page.assert_status(422);
    for field in ["title_fr", "cost", "ideas"] {
        assert!(page.field_error(field).is_some(), "{field}: {}", page.text());
    }
    // From nothing, with a picture that says what it shows.
    let picture = png();
    let file = ("picture", "a.png", "image/png", &picture[..]);
    let form = [("title_fr", "Fontaine"), ("cost", "9 000"), ("district", &south), ("idem", "p1")];
    let page = town.editor.upload(&new, &form, &[file]).await;
    page.assert_status(422);
    assert!(page.field_error("alt_fr").is_some());
    let broken = ("picture", "a.png", "image/png", &b"not a picture"[..]);
    assert!(
        town.editor.upload(&new, &form, &[broken]).await.assert_status(422).field_error("picture").is_some()
    );
    let mut form = form.to_vec();
    form.push(("alt_fr", "Une fontaine"));
    for _ in 0..2 {
        town.editor.upload(&new, &form, &[file]).await.assert_status(303);
    }
    let count = "select count(*) from budget_project";
    assert_eq!(town.number(count, vec![]).await, 2, "sent twice, made once");
    let fountain = town.number("select max(id) from budget_project", vec![]).await;
    let seen = town.site.visitor().get(&format!("{BASE}/projects/{fountain}/picture")).await;
    seen.assert_status(200);
    assert_eq!(seen.header("content-type"), "image/jpeg");

    // The page, in both languages; the idea leads to its project, which can no longer be refused or withdrawn.
    let path = format!("{BASE}/projects/{id}");
    let numbered = |text: String| {
        text.replace(&format!("/ideas/{idea}"), "/ideas/ID")
            .replace(&format!("/projects/{id}"), "/projects/ID")
    };
    let fr = town.site.visitor().get(&path).await;
    let en = town.site.english().get(&path).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!("project_fr", numbered(fr.text()));
        insta::assert_snapshot!("project_en", numbered(en.text()));
    }
    town.site.visitor().get(&format!("{BASE}/ideas/{idea}")).await.assert_says("[Le verger du canal]");
    town.study(idea, &[("state", "refused"), ("reason_fr", "Non.")]).await.assert_status(409);
    ana.post(&format!("{BASE}/ideas/{idea}/withdraw"), &[]).await.assert_status(409);
    // An envelope cannot shrink below its projects, nor go while they are in it.
    let small = [("name_fr", "Sud"), ("amount", "10 000")];
    let page = town.editor.upload(&format!("{ADMIN}/envelopes/{south}"), &small, &[]).await;
    page.assert_status(422).assert_says("12 500 €");
    town.editor.post(&format!("{ADMIN}/envelopes/{south}/delete"), &[]).await.assert_status(409);

    // A number is given once: a project made after one was removed takes the next.
    town.editor.post(&format!("{ADMIN}/projects/{fountain}/delete"), &[]).await.assert_status(303);
    form[3].1 = "p2";
    town.editor.upload(&new, &form, &[]).await.assert_status(303);
    let code = "select max(cast(code as bigint)) from budget_project";
    assert_eq!(town.number(code, vec![]).await, 3);

    // Somebody votes: envelopes and projects no longer change, and the journal says that somebody tried.
    town.later(VOTE).await;
    let activity = town.activity;
    town.site
        .write(move |tx| {
            boxed(async move {
                tx.exec(
                    "insert into ballotbox (activity_id, seal, seal_sha256, roll_salt)
                     values ($1, '{}', 'aa', 'bb')
                     on conflict (activity_id) do update set seal = excluded.seal,
                        seal_sha256 = excluded.seal_sha256, roll_salt = excluded.roll_salt",
                    &p![activity],
                )
                .await?;
                Ok::<_, parvis_civic::Error>(())
            })
        })
        .await
        .unwrap();
    let form = [("title_fr", "Autre"), ("cost", "1"), ("district", &south)];
    for path in [format!("{ADMIN}/projects/{id}"), new] {
        let refused = town.editor.upload(&path, &form, &[]).await;
        refused.assert_status(409).assert_says("scellés");
    }
    town.editor.post(&format!("{ADMIN}/projects/{id}/delete"), &[]).await.assert_status(409);
    let envelope = [("name_fr", "Sud"), ("amount", "60 000")];
    town.editor.upload(&format!("{ADMIN}/envelopes/{south}"), &envelope, &[]).await.assert_status(409);
    let tried = "select count(*) from journal_entry where kind = 'rules-change-refused'";
    assert_eq!(town.number(tried, vec![]).await, 4);
}

/// A picture of one pixel.
fn png() -> Vec<u8> {
    const HEX: &str = "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de000\
                       0000c49444154789c63886b8c0200027a013aff2d3f2c0000000049454e44ae426082";
    let digits: Vec<u8> =
        HEX.bytes().filter_map(|b| char::from(b).to_digit(16)).map(|d| u8::try_from(d).unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}

#[db_test]
async fn the_list_of_projects_keeps_the_order_that_was_drawn(db: Store) {
    let town = Town::open(db).await;
    let south = town.envelope(2).await;
    for n in 0..12 {
        let title = format!("Projet numéro {n}");
        let form = [("title_fr", title.as_str()), ("cost", "100"), ("district", &south)];
        town.editor.upload(&format!("{ADMIN}/projects/new"), &form, &[]).await.assert_status(303);
    }
    let titles = |page: &parvis_testkit::Answer| page.select(".card h3");
    let visitor = town.site.visitor();
    let list = format!("{BASE}/projects");
    let seeded = visitor.get(&format!("{list}?seed=7")).await;
    assert_eq!(titles(&seeded).len(), 12);
    assert_eq!(titles(&visitor.get(&format!("{list}?seed=7")).await), titles(&seeded));
    assert_ne!(titles(&visitor.get(&format!("{list}?seed=8")).await), titles(&seeded));
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let hers = titles(&ana.get(&list).await);
    assert_eq!(titles(&ana.get(&list).await), hers, "whoever has an account keeps their order");
    assert_ne!(titles(&bo.get(&list).await), hers);
    let north = town.envelope(1).await;
    visitor.get(&format!("{list}?district={north}")).await.assert_says("Rien ne répond à ces choix.");
    town.site.clock.set(NOON + DAY);
}
