//! What a vote and its results say of themselves.

use parvis_core::Locale;
use parvis_store::{Store, boxed, db_test};
use serde_json::Value;

use super::{ADMIN, BASE, CLOSE, Town};

impl Town {
    /// The results, as they were published.
    async fn published(&self) -> Value {
        let sql = "select results from activity where results is not null";
        let read = self.site.store.read(move |tx| boxed(async move { tx.value::<String>(sql, &[]).await }));
        serde_json::from_str(&read.await.unwrap()).unwrap()
    }
}

#[db_test]
async fn results_of_accounts_say_that_no_identity_was_verified(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[("desk", "on")]).await;
    let id = options[0].to_string();
    for name in ["Ana", "Béa"] {
        let who = town.site.participant(name).await;
        town.vote(&who, &[("approve", &id)]).await;
    }
    // One line, whom the desk wrote down, for two people who voted online: no share of it is one of the voters.
    let line = [("last_name", "Noël"), ("first_name", "Ève")];
    town.editor.post(&format!("{ADMIN}/desk/register"), &line).await.assert_status(200);
    let page = town.site.visitor().get(BASE).await;
    page.assert_says("2 personnes ont voté.");
    assert!(!page.text().contains('%'), "{}", page.text());
    town.publish().await;
    let to = format!("{BASE}/results");
    town.site.visitor().get(&to).await.assert_says("Identité non vérifiée");
    town.site.visitor().locale(Locale::En).get(&to).await.assert_says("Identity not verified");
    assert_eq!(town.published().await["identity"], "not-verified");
}

#[db_test]
async fn results_of_a_list_say_nothing_of_it_and_count_a_share(db: Store) {
    let town = Town::new(db).await;
    town.rules(&[("roll", "list")]).await.assert_status(303);
    let list = "nom;prenom\nMartin;Dan\nPetit;Léa\nRoux;Zoé\nNoir;Tom\n";
    let file = [("file", "liste.csv", "text/csv", list.as_bytes())];
    town.editor.upload(&format!("{ADMIN}/roll"), &[], &file).await.assert_status(303);
    let options = town.open(&[("roll", "list")]).await;
    let letters = town.editor.post(&format!("{ADMIN}/roll/letters"), &[]).await;
    let codes = letters.assert_status(200).select(".receipt-code");
    let dan = town.site.participant("Dan").await;
    dan.post(&format!("{BASE}/letter"), &[("letter", &codes[0])]).await.assert_status(303);
    town.vote(&dan, &[("approve", &options[0].to_string())]).await;
    town.site.visitor().get(BASE).await.assert_says("Une personne a voté. Participation : 25 % de la liste.");
    town.publish().await;
    assert_eq!(town.site.now(), CLOSE);
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    assert!(!page.text().contains("Identité"), "{}", page.text());
    assert_eq!(town.published().await["identity"], "listed");
}

#[db_test]
async fn what_was_chosen_of_the_method_is_said_on_the_page_and_on_the_results(db: Store) {
    let said = [
        ("majority-judgement", "blank", "exclude", "n’est jugée que par les personnes qui l’ont notée"),
        ("star", "blank", "worst", "reçoit la note la plus basse"),
        ("schulze", "strength", "winning-votes", "le nombre de bulletins qui préfèrent le gagnant"),
        ("minimax", "strength", "margins", "La force d’un duel est sa marge"),
        ("borda", "strength", "winning-votes", "laissées de côté ne reçoivent aucun point"),
    ];
    let town = Town::new(db).await;
    town.open(&[]).await;
    for (method, field, value, words) in said {
        town.rules(&[("method", method), (field, value)]).await.assert_status(303);
        town.site.visitor().get(BASE).await.assert_says(words);
        let form = town.editor.get(&format!("{ADMIN}/rules")).await;
        let kept = form.attr(&format!("input[name={field}][checked]"), "value");
        let expected = if method == "borda" { "margins" } else { value };
        assert_eq!(kept, [expected], "{method}");
    }
    // The last of them is voted by, and its results say the same.
    let id = town.options().await[0].to_string();
    let rank = format!("rank-{id}");
    let ana = town.site.participant("Ana").await;
    town.vote(&ana, &[(&rank, "1")]).await;
    town.publish().await;
    let to = format!("{BASE}/results");
    town.site.visitor().get(&to).await.assert_says("laissées de côté ne reçoivent aucun point");
    let english = town.site.visitor().locale(Locale::En).get(&to).await;
    english.assert_says("Options left out receive no point.");
}

#[db_test]
async fn the_limits_of_a_d21_ballot_are_proposed_in_words_and_checked(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let to = format!("{ADMIN}/rules");
    town.editor.get(&to).await.assert_says("Ici : 2 votes plus.");
    let d21 = |seats, plus, minus| {
        town.rules_of(vec![("method", "d21"), ("seats", seats), ("plus", plus), ("minus", minus)])
    };
    // Left empty, they are what is proposed; the ballot says them in the right number.
    d21("1", "", "").await.assert_status(303);
    let ballot = town.site.visitor().get(&format!("{BASE}/ballot")).await;
    ballot.assert_says("Au plus 2 votes plus et 1 vote moins ; il faut deux votes plus");
    let english = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/ballot")).await;
    english.assert_says("At most 2 plus votes and 1 minus vote; two plus votes");
    // One plus vote leaves no minus vote to give.
    d21("1", "1", "").await.assert_status(303);
    let ballot = town.site.visitor().get(&format!("{BASE}/ballot")).await;
    ballot.assert_says("Au plus 1 vote plus.");
    town.editor.get(&to).await.assert_says("plus de votes plus que d’options gagnantes");
    // What nobody could use, or would choose nothing, is refused beside its field.
    let refused = d21("1", "1", "1").await;
    let said = refused.assert_status(422).field_error("minus").unwrap();
    assert!(said.contains("votes moins, 0 au plus ici"), "{said}");
    let refused = d21("1", "3", "").await;
    let said = refused.assert_status(422).field_error("plus").unwrap();
    assert!(said.contains("ne choisit rien") && said.contains("2 au plus ici"), "{said}");
    assert_eq!(refused.value("plus").as_deref(), Some("3"));
}
