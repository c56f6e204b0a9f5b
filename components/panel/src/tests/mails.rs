//! Mails to those who are drawn and to those who are replaced; the rules that they and the announcement state.

use parvis_core::Locale;
use parvis_ops::mail;
use parvis_store::{Store, boxed, db_test};

use super::{ADMIN, BASE, CLOSE, Town};
use crate::mails::KIND;

impl Town {
    /// The mails of panels in the outbox, oldest first: to, language, subject, text.
    async fn mails(&self) -> Vec<mail::Entry> {
        let read = self
            .site
            .store
            .read(|tx| boxed(async move { mail::list(tx, &mail::Filter::default(), 500, 0).await }));
        let mut all: Vec<_> = read.await.unwrap().items.into_iter().filter(|m| m.kind == KIND).collect();
        all.sort_by_key(|m| m.id);
        all
    }
}

#[db_test]
async fn those_who_are_drawn_or_replaced_are_written_to_in_their_language(db: Store) {
    let town = Town::new(db).await;
    for (field, value) in [("answer_days", "0"), ("answer_days", "61"), ("limit", "9"), ("limit", "201")] {
        let refused = town.rules(&[(field, value)]).await;
        assert!(refused.assert_status(422).field_error(field).is_some(), "{field} {value}");
    }
    town.open(&[("answer_days", "10"), ("limit", "30")]).await;
    // Six people under 40 for four seats, three of each language; the others have no address.
    let (fr, en) = (town.site.visitor(), town.site.visitor().locale(Locale::En));
    for n in 0..6 {
        let (name, contact) = (format!("Jeune {n}"), format!("jeune{n}@example.org"));
        let form = [
            ("code", ""),
            ("name", name.as_str()),
            ("contact", contact.as_str()),
            ("answer-1", "moins de 40 ans"),
            ("answer-2", if n < 3 { "Femme" } else { "Homme" }),
            ("consent", "on"),
        ];
        let who = if n % 2 == 0 { &fr } else { &en };
        who.post(&format!("{BASE}/join/answer"), &form).await.assert_status(200);
    }
    town.volunteers(0, 24).await;
    town.announce().await;
    let leaf = town.leaves("sortition-announced").await.remove(0);
    assert!(leaf.contains("\"seconds\":30"), "{leaf}");
    fr.get(&format!("{BASE}/draw/1")).await.assert_says("30 secondes au plus");
    assert!(town.mails().await.is_empty());
    town.draw("1", "3 5 1").await.assert_status(303);
    let drawn = town.drawn().await;
    let mut seated: Vec<_> =
        drawn.iter().filter(|p| p.contact.contains('@')).map(|p| (p.contact.clone(), p.locale)).collect();
    seated.sort_unstable();
    let first = town.mails().await;
    let mut to: Vec<_> = first.iter().map(|m| (m.to.clone(), m.locale)).collect();
    to.sort_unstable();
    assert_eq!((to.len(), &to), (4, &seated));
    let plain = |m: &mail::Entry| format!("{}\n{}", m.subject, m.text).replace(['\u{a0}', '\u{202f}'], " ");
    for m in &first {
        let person = drawn.iter().find(|p| p.contact == m.to).unwrap();
        let words = match m.locale {
            Locale::Fr => [
                "Vous êtes tiré au sort : Le panel",
                "10 personnes",
                "avant le 11 juin 2026",
                "31 décembre 2026",
            ],
            Locale::En => ["You are drawn: The panel", "10 people", "before", "will be erased"],
        };
        for words in words.iter().chain(&[
            person.name.as_str(),
            &person.pseudonym,
            "http://parvis.test/p/le-climat/le-panel/draw/1",
        ]) {
            assert!(plain(m).contains(words), "{words}: {}", plain(m));
        }
    }
    assert!(first.iter().any(|m| m.locale == Locale::Fr) && first.iter().any(|m| m.locale == Locale::En));
    // A seed that is refused writes to nobody; declining neither.
    town.draw("1", "6 6 6").await.assert_status(409);
    let declines = drawn.iter().find(|p| p.contact.contains('@') && p.locale == Locale::Fr).unwrap();
    for person in &drawn {
        let seat = if person.id == declines.id { "declined" } else { "accepted" };
        town.seat(person, seat).await.assert_status(303);
    }
    assert_eq!(town.mails().await.len(), 4);
    // The one who takes the seat is told, and the one who left it.
    town.announce().await;
    town.draw("2", "4 2").await.assert_status(303);
    let second = town.mails().await.split_off(4);
    let replaced = second.iter().find(|m| m.to == declines.contact).unwrap();
    assert_eq!(
        (second.len(), replaced.subject.as_str()),
        (2, "Votre place est donnée à une autre personne\u{a0}: Le panel")
    );
    let next = second.iter().find(|m| m.to != declines.contact).unwrap();
    assert!(!seated.iter().any(|(to, _)| *to == next.to) && next.text.contains("/draw/2"), "{}", next.text);

    // The names go, and the mails with them.
    town.site.clock.set(CLOSE + 400 * parvis_civic::process::DAY);
    crate::work::erase_due(&town.site.store, town.site.now()).await.unwrap();
    assert!(town.mails().await.iter().all(|m| m.to.is_empty() && m.text.is_empty()));
    let later = town.site.editor().await;
    later.get(&format!("{ADMIN}/draw")).await.assert_status(200);
}
