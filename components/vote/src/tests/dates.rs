//! The dates of a vote: free before its first ballot, then sealed but for a closing that moves with its reason.

use parvis_core::{Locale, Millis};
use parvis_store::{Store, boxed, db_test};

use super::{ADMIN, BASE, CLOSE, Town};

const PHASE: &str = "/admin/phases/1/edit";

impl Town {
    async fn number(&self, sql: &'static str) -> i64 {
        let read = self.site.store.read(move |tx| boxed(async move { tx.value::<i64>(sql, &[]).await }));
        read.await.unwrap()
    }

    async fn leaves(&self) -> (i64, i64) {
        (
            self.number("select count(*) from journal_entry where kind = 'rules-change-refused'").await,
            self.number("select count(*) from journal_entry where kind = 'closing-moved'").await,
        )
    }

    /// Sends the form of the phase as it stands, but for these fields.
    async fn dates(&self, changes: &[(&str, &str)]) -> parvis_testkit::Answer {
        let form = self.editor.get(PHASE).await;
        let stand = ["phase_title_fr", "phase_title_en", "starts_at", "ends_at"];
        let stand = stand.map(|name| (name, form.value(name).unwrap_or_default()));
        let mut sent: Vec<_> = stand.iter().map(|(n, v)| (*n, v.as_str())).collect();
        for (name, value) in changes {
            sent.retain(|(n, _)| n != name);
            sent.push((name, value));
        }
        self.editor.post(PHASE, &sent).await
    }

    /// What the control `name` of the phase holds, so many hours later the same day.
    async fn later(&self, name: &str, hours: u32) -> String {
        let held = self.editor.get(PHASE).await.value(name).unwrap_or_default();
        let hour: u32 = held[11..13].parse().unwrap();
        format!("{}{:02}{}", &held[..11], hour + hours, &held[13..])
    }

    async fn closes(&self) -> Millis {
        self.number("select ends_at from phase").await
    }
}

#[db_test]
async fn the_dates_of_a_vote_that_has_begun_move_only_with_a_reason(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[]).await;
    // Nobody has voted: dates move as they like, and no reason is asked.
    assert!(town.editor.get(PHASE).await.value("closing_reason_fr").is_none());
    let hour = town.later("ends_at", 1).await;
    town.dates(&[("ends_at", &hour)]).await.assert_status(303);
    assert_eq!(town.closes().await, CLOSE + 3_600_000);
    assert_eq!(town.leaves().await, (0, 0));

    let ana = town.site.participant("Ana").await;
    town.vote(&ana, &[("approve", &options[0].to_string())]).await;
    town.editor.get(PHASE).await.assert_says("Son ouverture ne change plus");

    // The opening never moves.
    let opening = town.later("starts_at", 1).await;
    let refused = town.dates(&[("starts_at", &opening)]).await;
    let said = refused.assert_status(422).field_error("starts_at").unwrap();
    assert!(said.contains("son ouverture ne change plus"), "{said}");
    assert_eq!(town.leaves().await, (1, 0));
    // The closing does not without a reason, and what was typed is kept.
    let later = town.later("ends_at", 1).await;
    for reason in ["", "   trop    "] {
        let refused = town.dates(&[("ends_at", &later), ("closing_reason_fr", reason)]).await;
        let said = refused.assert_status(422).field_error("closing_reason_fr").unwrap();
        assert!(said.contains("10 caractères au moins"), "{said}");
        assert_eq!(refused.value("ends_at"), Some(later.clone()));
    }
    assert_eq!((town.closes().await, town.leaves().await), (CLOSE + 3_600_000, (1, 0)));
    // Its name does.
    town.dates(&[("phase_title_fr", "Le vote")]).await.assert_status(303);
    assert_eq!(town.leaves().await, (1, 0));
    // With a reason, it moves, and everybody reads why.
    let (fr, en) = ("Le site est resté fermé de 10 h à 12 h.", "The site was down from 10 to 12.");
    let moved = [("ends_at", &*later), ("closing_reason_fr", fr), ("closing_reason_en", en)];
    town.dates(&moved).await.assert_status(303);
    assert_eq!((town.closes().await, town.leaves().await), (CLOSE + 7_200_000, (1, 1)));
    let page = town.site.visitor().get(BASE).await;
    assert_eq!(
        page.select(".notice-warning"),
        [
            "La clôture a été déplacée du lundi 1er juin 2026 à 15 h au lundi 1er juin 2026 à 16 h, le lundi 1er juin 2026 à 12 h : Le site est resté fermé de 10 h à 12 h."
        ]
    );
    let english = town.site.visitor().locale(Locale::En).get(BASE).await;
    assert_eq!(
        english.select(".notice-warning"),
        [
            "The closing was moved from Monday 1 June 2026 at 3 pm to Monday 1 June 2026 at 4 pm, on Monday 1 June 2026 at 12 pm: The site was down from 10 to 12."
        ]
    );
    town.editor.get(&format!("{ADMIN}/report")).await.assert_says(fr);

    // The vote stays in its phase, which stays.
    let edit = format!("/admin/activities/{}/edit", town.activity);
    let elsewhere =
        [("title_fr", "Le nom de la place"), ("title_en", "The name of the square"), ("phase", "")];
    let refused = town.editor.post(&edit, &elsewhere).await;
    assert!(refused.assert_status(422).field_error("phase").unwrap().contains("reste dans son étape"));
    let removed = town.editor.post("/admin/phases/1/remove", &[]).await;
    removed.assert_status(422).assert_says("elle ne peut plus être supprimée");
    assert_eq!(town.leaves().await, (3, 1));

    // Once the box is closed, the closing is what it was.
    town.site.clock.set(CLOSE + 7_200_000);
    town.editor.post(&format!("{ADMIN}/report"), &[]).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(303);
    town.site.visitor().get(&format!("{BASE}/results")).await.assert_says(fr);
    let later = town.later("ends_at", 1).await;
    let again = [("ends_at", &*later), ("closing_reason_fr", fr)];
    let refused = town.dates(&again).await;
    assert!(refused.assert_status(422).field_error("ends_at").unwrap().contains("L’urne d’un vote"));
    assert_eq!(town.leaves().await, (4, 1));
}

#[db_test]
async fn a_vote_that_opens_again_takes_ballots_and_closes_in_the_journal_once_more(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[]).await;
    let id = options[0].to_string();
    let [ana, bea] = [town.site.participant("Ana").await, town.site.participant("Béa").await];
    town.vote(&ana, &[("approve", &id)]).await;
    town.site.clock.set(CLOSE + 60_000);
    let record = || async {
        let now = town.site.now();
        town.site
            .write(move |tx| boxed(async move { parvis_civic::process::record_moments(tx, now).await }))
            .await
            .unwrap()
    };
    assert_eq!(record().await, 2, "the opening and the closing are in the journal");
    bea.post(&format!("{BASE}/ballot"), &[("approve", &id)]).await.assert_status(409);
    let later = town.later("ends_at", 1).await;
    let moved = [("ends_at", &*later), ("closing_reason_fr", "Le site était en panne.")];
    town.dates(&moved).await.assert_status(303);
    town.vote(&bea, &[("approve", &id)]).await;
    town.site.clock.set(CLOSE + 3_600_000);
    assert_eq!(record().await, 1, "it closed once more");
}
