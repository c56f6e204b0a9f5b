//! Letters that were lost, or badly printed: their codes stop working, and others are made.

use parvis_store::{Store, boxed, db_test};
use parvis_testkit::Actor;

use super::{ADMIN, BASE, CLOSE, Town};

const ROLL: &str = "/admin/p/la-place/le-nom-de-la-place/roll";

impl Town {
    async fn list(&self) -> Vec<i64> {
        self.rules(&[("roll", "list")]).await.assert_status(303);
        let list = "nom;prenom\nMartin;Dan\nPetit;Léa\nRoux;Zoé\n";
        let file = [("file", "liste.csv", "text/csv", list.as_bytes())];
        self.editor.upload(ROLL, &[], &file).await.assert_status(303);
        self.open(&[("roll", "list"), ("desk", "on"), ("paper", "on")]).await
    }

    async fn letters(&self) -> Vec<String> {
        let page = self.editor.post(&format!("{ROLL}/letters"), &[]).await;
        page.assert_status(200).select(".receipt-code")
    }

    async fn cancel(&self, voter: &str) -> u16 {
        self.editor.post(&format!("{ROLL}/letters/cancel"), &[("voter", voter)]).await.status
    }

    /// The journal's counts of cancelled codes.
    async fn cancelled(&self) -> Vec<String> {
        let sql = "select leaf from journal_entry where kind = 'letters-cancelled' order by id";
        let read = self.site.store.read(move |tx| boxed(async move { tx.query(sql, &[]).await }));
        let rows = read.await.unwrap();
        rows.iter().map(|r| r.at::<String>(0).unwrap()).collect()
    }
}

async fn typed(who: &Actor, code: &str) -> String {
    let answer = who.post(&format!("{BASE}/letter"), &[("letter", code)]).await;
    answer.field_error("letter").unwrap_or_default()
}

#[db_test]
async fn a_failed_print_is_cancelled_and_printed_again(db: Store) {
    let town = Town::new(db).await;
    town.list().await;
    let [dan, lea] = [town.site.participant("Dan").await, town.site.participant("Léa").await];
    let first = town.letters().await;
    assert_eq!((first.len(), town.letters().await.len()), (3, 0));
    assert_eq!(typed(&dan, &first[0]).await, "");
    // Dan's code has served: it is not cancelled with the two others.
    town.editor.get(ROLL).await.assert_says("Le dernier tirage compte 2 codes qui n’ont pas servi.");
    assert_eq!(town.cancel("").await, 303);
    let said = typed(&lea, &first[1]).await;
    assert!(said.contains("Ce code a été annulé"), "{said}");
    assert_eq!(town.cancel("").await, 409, "there is nothing left to cancel");
    let second = town.letters().await;
    assert_eq!(second.len(), 2);
    assert_eq!(typed(&lea, &second[0]).await, "");
    let leaves = town.cancelled().await;
    assert!(leaves.len() == 1 && leaves[0].contains("\"letters\":2"), "{leaves:?}");
    assert!(!leaves[0].contains("Petit"), "no name: {leaves:?}");
}

#[db_test]
async fn the_letter_of_a_line_is_cancelled_unless_the_line_has_signed(db: Store) {
    let town = Town::new(db).await;
    let options = town.list().await;
    let codes = town.letters().await;
    let ids =
        town.editor.get(ROLL).await.attr("form[action$=\"/letters/cancel\"] input[name=voter]", "value");
    assert_eq!(ids.len(), 3);
    // Lines are listed by name, as the letters are: Martin, Petit, Roux.
    assert_eq!(town.cancel(&ids[1]).await, 303);
    let zoe = town.site.participant("Zoé").await;
    assert!(typed(&zoe, &codes[1]).await.contains("annulé"));
    // Zoé votes on paper, at the desk: her letter was not used, and stays.
    let signed = [("voter", &*ids[2]), ("action", "paper"), ("q", "roux")];
    town.editor.post(&format!("{ADMIN}/desk"), &signed).await.assert_status(200);
    assert_eq!(town.cancel(&ids[2]).await, 409);
    let page = town.editor.get(ROLL).await;
    assert_eq!(page.attr("form[action$=\"/letters/cancel\"] input[name=voter]", "value"), [ids[0].clone()]);
    // Whoever has voted with theirs keeps it, too.
    let dan = town.site.participant("Dan").await;
    assert_eq!(typed(&dan, &codes[0]).await, "");
    town.vote(&dan, &[("approve", &options[0].to_string())]).await;
    assert_eq!(town.cancel(&ids[0]).await, 409);
    assert_eq!(town.cancelled().await.len(), 1);
    // Nothing is cancelled once the box is closed.
    let last = town.letters().await;
    assert_eq!(last.len(), 1);
    town.site.clock.set(CLOSE);
    town.editor.post(&format!("{ADMIN}/report"), &[]).await.assert_status(303);
    assert_eq!(town.cancel(&ids[1]).await, 409);
}
