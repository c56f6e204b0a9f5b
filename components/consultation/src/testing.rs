//! A small town for the tests: one consultation under way, with a text in two sections.

use parvis_civic::Error;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Draft, Imported, Totals};
use parvis_civic::process::{self, ActivityDraft, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Locale, Localized, Millis};
use parvis_store::{Store, boxed, p};
use parvis_testkit::{Actor, Answer, NOON, TestSite};
use parvis_web::Routes;

use crate::model::{ARTICLE, Rules};
use crate::store;

/// The address of the consultation.
pub(crate) const BASE: &str = "/p/la-rue-du-port/l-avenir-de-la-rue";
/// The last millisecond before it closes, plus one.
pub(crate) const CLOSE: Millis = NOON + 20 * DAY;

/// The site and what stands in it.
pub(crate) struct Town {
    pub(crate) site: TestSite,
    pub(crate) activity: i64,
    /// Two sections: circulation, plantations.
    pub(crate) sections: [i64; 2],
    /// Two articles, one in each section.
    pub(crate) articles: [i64; 2],
    /// The editor who wrote them.
    pub(crate) editor: Actor,
}

/// The message that a page shows once.
pub(crate) fn flash(page: &Answer) -> String {
    page.select(".flash p").join(" ")
}

fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

impl Town {
    /// The consultation opened ten days ago and closes in twenty.
    pub(crate) async fn new(db: Store) -> Self {
        let site = TestSite::builder()
            .store(db)
            .tools(vec![crate::component()])
            .routes(Routes::new(), &[parvis_civic::SOURCE])
            .build()
            .await;
        let editor = site.editor().await;
        let who = editor.me().clone();
        let (activity, sections, articles) = site
            .write(move |tx| boxed(async move { build(tx, &who).await }))
            .await
            .expect("the town is built");
        Self { site, activity, sections, articles, editor }
    }

    /// A path below the consultation.
    pub(crate) fn to(&self, rest: &str) -> String {
        format!("{BASE}/{rest}")
    }

    /// The page of the first article.
    pub(crate) fn article(&self) -> String {
        self.to(&format!("c/{}", self.articles[0]))
    }

    /// Changes the rules.
    pub(crate) async fn rules(&self, change: impl FnOnce(&mut Rules)) {
        let mut rules = Rules::default();
        change(&mut rules);
        let (id, rules) = (self.activity, rules.to_json());
        self.site
            .write(move |tx| boxed(async move { store::set_rules(tx, id, &rules).await }))
            .await
            .expect("the rules are set");
    }

    /// A number that a query gives.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        self.site
            .store
            .read(move |tx| boxed(async move { tx.value::<i64>(sql, &p![]).await }))
            .await
            .expect("the query is right")
    }

    /// Somebody's argument on the first article; its id.
    pub(crate) async fn argue(&self, who: &Actor, side: &str, body: &str) -> i64 {
        let path = format!("{}/argue", self.article());
        who.post(&path, &[("side", side), ("body", body)]).await.assert_status(303);
        self.number("select max(id) from contribution").await
    }

    /// Somebody's published proposal; its id.
    pub(crate) async fn propose(&self, who: &Actor, title: &str, body: &str) -> i64 {
        let saved = who.post(&self.to("propose"), &[("title", title), ("body", body)]).await;
        let draft = saved.assert_status(303).location.clone().expect("where the draft is");
        who.post(&draft, &[("action", "publish")]).await.assert_status(303);
        self.number("select max(id) from contribution").await
    }

    /// An imported proposal with its totals; its id.
    pub(crate) async fn import(&self, title: &'static str, totals: Totals) -> i64 {
        let id = self.activity;
        self.site
            .write(move |tx| {
                boxed(async move {
                    let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                    let author =
                        contribution::imported_author(tx, NOON, "u1", "Ancienne", Locale::Fr).await?;
                    let imported = Imported {
                        kind: crate::model::PROPOSAL,
                        origin_key: title,
                        parent_id: None,
                        section_id: None,
                        side: None,
                        position: 1,
                        official: false,
                        author_id: author,
                        title,
                        body: "Un texte repris d’ailleurs,\navec ses <b>chevrons</b>.",
                        explanation: "",
                        extra: "{}",
                        lang: Locale::Fr,
                        published_at: NOON - 400 * DAY,
                        updated_at: NOON - 400 * DAY,
                        totals,
                        hidden: false,
                    };
                    Ok::<_, Error>(contribution::import(tx, NOON, &activity, &imported).await?.0)
                })
            })
            .await
            .expect("it is imported")
    }
}

async fn build(tx: &mut parvis_store::Tx<'_>, who: &Participant) -> Result<(i64, [i64; 2], [i64; 2]), Error> {
    let draft = ProcessDraft {
        title: both("La rue du Port", "Port Street"),
        summary: both("Refaire la rue avec ses habitants.", "Redoing the street with its people."),
        object: both(
            "Le plan de la rue est décidé ; pas son budget.",
            "The plan is decided, not the budget.",
        ),
        perimeter: both("Toute personne qui vit ou travaille ici.", "Anyone who lives or works here."),
        duplicates_rule: both("Un avis par personne et par texte.", "One opinion per person and text."),
        method_note: both("Tout est lu.", "Everything is read."),
        answer_due_at: Some(CLOSE + 31 * DAY),
        ..ProcessDraft::default()
    };
    let process = process::create(tx, NOON, &draft).await?;
    let phases = [
        ("S’informer", "Learn", NOON - 30 * DAY, NOON - 10 * DAY),
        ("Donner son avis", "Have your say", NOON - 10 * DAY, CLOSE),
        ("La réponse", "The answer", CLOSE, CLOSE + 30 * DAY),
    ];
    let mut ids = vec![];
    for (fr, en, starts_at, ends_at) in phases {
        let phase = PhaseDraft { title: both(fr, en), description: Localized::default(), starts_at, ends_at };
        ids.push(process::add_phase(tx, NOON, process.id, &phase).await?);
    }
    process::publish(tx, NOON, process.id).await?;
    let title = both("L’avenir de la rue", "The future of the street");
    let activity = process::add_activity(tx, NOON, process.id, "consultation", &title, Some(ids[1])).await?;
    let written = ActivityDraft {
        title,
        summary: both("Deux articles à discuter.", "Two articles to discuss."),
        phase_id: Some(ids[1]),
        rules: Rules::default().to_json(),
    };
    process::update_activity(tx, NOON, activity.id, &written).await?;
    let none = Localized::default();
    let first = store::add_section(tx, activity.id, None, &both("Circulation", "Traffic"), &none).await?;
    let second = store::add_section(tx, activity.id, None, &both("Plantations", "Planting"), &none).await?;
    let mut articles = vec![];
    for (section, title, body) in [
        (first, "Article 1 : la rue est à sens unique", "Les voitures roulent du port vers la place."),
        (second, "Article 2 : un arbre tous les huit mètres", "Des tilleuls et des micocouliers."),
    ] {
        let draft = Draft {
            kind: ARTICLE,
            section_id: Some(section),
            title: title.into(),
            body: body.into(),
            explanation: "Pour une rue plus calme.".into(),
            official: true,
            ..Draft::default()
        };
        let id = contribution::save_draft(tx, NOON - 10 * DAY, who, &activity, &draft, None).await?;
        contribution::publish(tx, NOON - 10 * DAY, who, id).await?;
        articles.push(id);
    }
    process::publish_activity(tx, NOON, activity.id).await?;
    Ok((activity.id, [first, second], [articles[0], articles[1]]))
}
