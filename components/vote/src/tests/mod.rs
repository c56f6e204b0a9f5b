//! Votes run through their pages, as people would.

mod bundle;
mod dates;
mod faces;
mod letters;
mod life;
mod paper;
mod said;

use parvis_civic::Error;
use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_store::{Store, boxed};
use parvis_testkit::{Actor, Answer, NOON, TestSite};
use parvis_web::Routes;

/// The address of the vote.
const BASE: &str = "/p/la-place/le-nom-de-la-place";
const ADMIN: &str = "/admin/p/la-place/le-nom-de-la-place";
/// The first millisecond after the vote.
const CLOSE: Millis = NOON + 7_200_000;

/// A town that is about to vote.
struct Town {
    site: TestSite,
    editor: Actor,
    activity: i64,
}

fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

impl Town {
    /// A vote that nobody has prepared yet, in a phase that opened yesterday.
    async fn new(db: Store) -> Self {
        let site = TestSite::builder()
            .store(db)
            .migrations(parvis_ballotbox::MIGRATIONS)
            .tools(vec![crate::component()])
            .routes(
                parvis_admin::routes(),
                &[parvis_civic::SOURCE, parvis_ballotbox::SOURCE, parvis_admin::SOURCE],
            )
            .routes(Routes::new(), &[])
            .build()
            .await;
        let editor = site.editor().await;
        let activity = site
            .write(|tx| {
                boxed(async move {
                    let words = || both("…", "…");
                    let draft = ProcessDraft {
                        title: both("La place", "The square"),
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
                    let title = both("Le nom de la place", "The name of the square");
                    let activity =
                        process::add_activity(tx, NOON, made.id, "vote", &title, Some(phase)).await?;
                    let rules = crate::model::Rules::default().to_json();
                    crate::store::set_rules(tx, activity.id, &rules).await?;
                    Ok::<_, Error>(activity.id)
                })
            })
            .await
            .expect("the town is built");
        Self { site, editor, activity }
    }

    /// Three options, these rules, published. Gives the numbers of the options.
    async fn open(&self, rules: &[(&str, &str)]) -> Vec<i64> {
        for title in ["Place du Marché", "Place de la Paix", "Place des Tilleuls"] {
            let form = [("title_fr", title), ("title_en", "")];
            self.editor.upload(&format!("{ADMIN}/options/new"), &form, &[]).await.assert_status(303);
        }
        self.rules(rules).await.assert_status(303);
        let to = format!("/admin/activities/{}/publish", self.activity);
        self.editor.post(&to, &[]).await.assert_status(303);
        self.options().await
    }

    async fn options(&self) -> Vec<i64> {
        let id = self.activity;
        let read = self.site.store.read(move |tx| boxed(async move { crate::store::options(tx, id).await }));
        read.await.unwrap().into_iter().map(|o| o.id).collect()
    }

    /// Sends the form of the rules: approval, one seat, ties by the order, unless said otherwise.
    async fn rules(&self, rules: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("method", "approval"),
            ("seats", "1"),
            ("plus", "2"),
            ("minus", "1"),
            ("credits", "9"),
            ("max_grade", "5"),
            ("ties", "options"),
            ("roll", "accounts"),
            ("priority", "first"),
        ];
        for (name, value) in rules {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        self.editor.post(&format!("{ADMIN}/rules"), &form).await
    }

    /// [`Self::rules`], which owns what it sends.
    async fn rules_of(&self, rules: Vec<(&str, &str)>) -> Answer {
        self.rules(&rules).await
    }

    /// Fills a ballot, confirms it, casts it. Gives the receipt.
    async fn vote(&self, who: &Actor, ballot: &[(&str, &str)]) -> String {
        let confirm = who.post(&format!("{BASE}/ballot"), ballot).await;
        let (secret, form) = confirmed(&confirm);
        let cast = who.post(&format!("{BASE}/cast"), &pairs(&form)).await;
        cast.assert_status(200).assert_says(&secret);
        secret
    }

    /// Closes the box and publishes the results.
    async fn publish(&self) {
        self.site.clock.set(CLOSE);
        self.editor.post(&format!("{ADMIN}/report"), &[]).await.assert_status(303);
        self.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(303);
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
