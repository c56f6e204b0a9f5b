//! Budgets run through their pages, as people would.

mod bundle;
mod faces;
mod golden;
mod how;
mod life;
mod outside;
mod paper;

use parvis_civic::Error;
use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_store::{Store, boxed, p};
use parvis_testkit::{Actor, Answer, NOON, TestSite};

/// The address of the budget.
const BASE: &str = "/p/la-ville/le-budget";
const ADMIN: &str = "/admin/p/la-ville/le-budget";
/// The first millisecond after the vote.
const CLOSE: Millis = NOON + 7_200_000;

/// A town that is about to vote.
struct Town {
    site: TestSite,
    editor: Actor,
    activity: i64,
    /// The numbers of the envelopes, in order.
    envelopes: Vec<i64>,
}

/// An envelope: its name, its money in euros, whether it is everybody's, its projects with their cost in euros.
type Plan = (&'static str, i64, bool, &'static [(&'static str, i64)]);

/// One envelope of the whole town.
const ONE: &[Plan] =
    &[("Toute la ville", 1000, true, &[("Square", 600), ("Lampes", 300), ("Bancs", 200), ("Fontaine", 500)])];

/// Two districts, and the whole town.
const THREE: &[Plan] = &[
    ("Nord", 500, false, &[("Jeux", 300), ("Arbres", 200), ("Four", 400)]),
    ("Sud", 400, false, &[("Piste", 400), ("Haie", 100)]),
    ("Toute la ville", 1000, true, &[("Bus", 900), ("Marche", 100)]),
];

fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

/// Envelopes and projects, with codes from 1.
async fn fill(tx: &mut parvis_store::Tx<'_>, activity: i64, plan: &[Plan]) -> Result<Vec<i64>, Error> {
    let mut envelopes = vec![];
    let mut code = 0;
    for (position, (name, amount, everybody, projects)) in (1_i64..).zip(plan) {
        let id = tx
            .insert(
                "insert into budget_district (activity_id, position, name, amount, everybody)
                 values ($1, $2, $3, $4, $5) returning id",
                &p![
                    activity,
                    position,
                    both(name, &format!("{name} (en)")).to_json(),
                    amount * 100,
                    i64::from(*everybody)
                ],
            )
            .await?;
        for (title, cost) in *projects {
            code += 1;
            tx.exec(
                "insert into budget_project (activity_id, code, district_id, title, cost)
                 values ($1, $2, $3, $4, $5)",
                &p![
                    activity,
                    code.to_string(),
                    id,
                    both(title, &format!("{title} (en)")).to_json(),
                    cost * 100
                ],
            )
            .await?;
        }
        envelopes.push(id);
    }
    Ok(envelopes)
}

impl Town {
    /// A budget with these envelopes and projects, in a phase that opened yesterday; its rules are not chosen.
    async fn new(db: Store, plan: &'static [Plan]) -> Self {
        let site = TestSite::builder()
            .store(db)
            .migrations(parvis_ballotbox::MIGRATIONS)
            .tools(vec![crate::component()])
            .routes(
                parvis_admin::routes(),
                &[parvis_civic::SOURCE, parvis_ballotbox::SOURCE, parvis_admin::SOURCE],
            )
            .build()
            .await;
        let editor = site.editor().await;
        let (activity, envelopes) = site
            .write(move |tx| {
                boxed(async move {
                    let words = || both("…", "…");
                    let draft = ProcessDraft {
                        title: both("La ville", "The town"),
                        summary: words(),
                        object: words(),
                        perimeter: words(),
                        duplicates_rule: words(),
                        method_note: words(),
                        answer_due_at: Some(CLOSE + 31 * DAY),
                        ..ProcessDraft::default()
                    };
                    let made = process::create(tx, NOON, &draft).await?;
                    let phase = PhaseDraft {
                        title: both("Vote", "Vote"),
                        description: Localized::default(),
                        starts_at: NOON - DAY,
                        ends_at: CLOSE,
                    };
                    let phase = process::add_phase(tx, NOON, made.id, &phase).await?;
                    process::publish(tx, NOON, made.id).await?;
                    let title = both("Le budget", "The budget");
                    let activity =
                        process::add_activity(tx, NOON, made.id, "budget", &title, Some(phase)).await?;
                    let rules = crate::model::Rules::default().to_json();
                    crate::store::set_rules(tx, activity.id, &rules).await?;
                    let envelopes = fill(tx, activity.id, plan).await?;
                    Ok::<_, Error>((activity.id, envelopes))
                })
            })
            .await
            .expect("the town is built");
        Self { site, editor, activity, envelopes }
    }

    /// A budget that is open, under these rules.
    async fn open(db: Store, plan: &'static [Plan], rules: &[(&str, &str)]) -> Self {
        let town = Self::new(db, plan).await;
        town.rules(rules).await.assert_status(303);
        town.publish_activity().await.assert_status(303);
        town
    }

    async fn publish_activity(&self) -> Answer {
        let to = format!("/admin/activities/{}/publish", self.activity);
        self.editor.post(&to, &[]).await
    }

    /// Sends the form of the rules: approval, equal shares, unless said otherwise.
    async fn rules(&self, rules: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("face", "approve"),
            ("reach", "all"),
            ("least", "0"),
            ("points", "10"),
            ("minus", "1"),
            ("rule", "equal-shares"),
            ("satisfaction", "cost"),
            ("completion", "add1u"),
            ("ties", "by-votes"),
            ("roll", "accounts"),
            ("priority", "first"),
        ];
        for (name, value) in rules {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        self.editor.post(&format!("{ADMIN}/rules"), &form).await
    }

    /// Fills a ballot, confirms it, casts it. Gives the receipt.
    async fn vote(&self, who: &Actor, ballot: &[(&str, &str)]) -> String {
        let confirm = who.post(&format!("{BASE}/ballot"), ballot).await;
        let (secret, form) = confirmed(&confirm);
        let cast = who.post(&format!("{BASE}/cast"), &pairs(&form)).await;
        cast.assert_status(200).assert_says(&secret);
        secret
    }

    /// One voter a ballot: each is the list of the projects ticked.
    async fn approve(&self, ballots: &[&[&str]]) {
        for (n, codes) in ballots.iter().enumerate() {
            let who = self.site.participant(&format!("Votant {n}")).await;
            let ballot: Vec<_> = codes.iter().map(|c| ("approve", *c)).collect();
            self.vote(&who, &ballot).await;
        }
    }

    /// Closes the box and publishes the results.
    async fn publish(&self) {
        self.site.clock.set(CLOSE);
        self.editor.post(&format!("{ADMIN}/report"), &[]).await.assert_status(303);
        self.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(303);
    }

    /// The published results.
    async fn results(&self) -> crate::vote::count::Results {
        let answer = self.site.visitor().get(&format!("{BASE}/results.json")).await;
        serde_json::from_str(&answer.assert_status(200).html).expect("the published results")
    }
}

/// What the confirmation page sends on, and the receipt that it shows.
fn confirmed(page: &Answer) -> (String, Vec<(String, String)>) {
    page.assert_status(200);
    let form = "main form[action$=\"/cast\"] input[type=hidden]";
    let names = page.attr(form, "name");
    let form: Vec<_> = names.into_iter().zip(page.attr(form, "value")).collect();
    let secret = form.iter().find(|(n, _)| n == "secret").map(|(_, v)| v.clone()).expect("a receipt");
    (secret, form)
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
}
