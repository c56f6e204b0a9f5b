//! Casting, twice, late, changed; sealed rules.

use parvis_civic::Error;
use parvis_store::{Store, boxed, db_test};
use serde_json::json;

use super::{CLOSE, Scene, TODAY, line, list, refusal};
use crate::code::Secret;
use crate::desk;
use crate::roll::{self, Standing};
use crate::rules::{Channel, Priority, RollKind, Rules};
use crate::seal::{self, Seal};
use crate::vote::{self, Cast, Slip};
use parvis_testkit::NOON;

#[db_test]
async fn one_ballot_a_person_and_the_same_form_twice_is_one(db: Store) {
    let s = Scene::new(db, list()).await;
    let ana = s.voter("Ana").await;
    let secret = Secret::random();
    assert!(matches!(s.cast_at(NOON, &ana, json!(["A"]), &secret).await, Ok(Cast::Recorded(_))));
    assert!(matches!(s.cast_at(NOON, &ana, json!(["A"]), &secret).await, Ok(Cast::Already)));
    assert_eq!(refusal(s.cast(&ana, json!(["B"])).await), "ballotbox-already-web");
    assert_eq!(s.number("select count(*) from ballotbox_ballot").await, 1);
    assert_eq!(s.number("select count(*) from ballotbox_signature").await, 1);
}

#[db_test]
async fn the_vote_opens_and_closes_to_the_millisecond(db: Store) {
    let s = Scene::new(db, list()).await;
    let (ana, bea, cyd) = (s.voter("Ana").await, s.voter("Béa").await, s.voter("Cyd").await);
    let opens = s.activity.phase.as_ref().unwrap().starts_at;
    let secret = Secret::random();
    assert_eq!(refusal(s.cast_at(opens - 1, &ana, json!(1), &secret).await), "closed");
    assert!(s.cast_at(opens, &ana, json!(1), &secret).await.is_ok());
    assert!(s.cast_at(CLOSE - 1, &bea, json!(1), &Secret::random()).await.is_ok());
    assert_eq!(refusal(s.cast_at(CLOSE, &cyd, json!(1), &Secret::random()).await), "closed");
    assert_eq!(s.number("select count(*) from ballotbox_ballot").await, 2);
}

#[db_test]
async fn who_is_on_no_line_votes_with_the_code_of_a_letter(db: Store) {
    let s = Scene::new(db, list()).await;
    let dan = s.site.participant("Dan").await;
    let eve = s.site.participant("Ève").await;
    s.roll(vec![line("1", "Dan", None), line("2", "Couple", Some("x@example.org"))]).await;
    assert_eq!(refusal(s.cast(&dan, json!(1)).await), "ballotbox-not-on-roll");
    let id = s.id();
    let letters = s.act(move |tx, _, _, _| boxed(async move { roll::letters(tx, id).await })).await.unwrap();
    assert_eq!(letters.len(), 2);
    let code = letters[0].1.to_string();
    let claim = |who: &parvis_testkit::Actor, typed: String| {
        let who = who.me().clone();
        s.act(move |tx, _, _, _| boxed(async move { roll::claim(tx, id, &who, &typed).await }))
    };
    let mut wrong: Vec<char> = code.chars().collect();
    wrong[0] = if wrong[0] == '3' { '4' } else { '3' };
    let wrong: String = wrong.into_iter().collect();
    assert_eq!(refusal(claim(&dan, wrong).await), "ballotbox-code-mistyped");
    assert_eq!(
        refusal(claim(&dan, crate::code::Code::random().to_string()).await),
        "ballotbox-letter-unknown"
    );
    claim(&dan, code.to_lowercase().replace('-', " ")).await.unwrap();
    claim(&dan, code.clone()).await.unwrap();
    assert_eq!(refusal(claim(&eve, code).await), "ballotbox-letter-taken");
    s.cast(&dan, json!(1)).await.unwrap();
}

#[db_test]
async fn age_and_territory_are_of_the_roll(db: Store) {
    let rules = Rules { min_age: Some(18), districts: vec!["Nord".into()], ..list() };
    let s = Scene::new(db, rules).await;
    let young = s.site.participant("Jeune").await;
    let far = s.site.participant("Loin").await;
    let mut a = line("1", "Jeune", young.me().email.as_deref());
    a.birth_date = Some("2008-06-02".into());
    let mut b = line("2", "Loin", far.me().email.as_deref());
    b.district = "Sud".into();
    s.roll(vec![a, b]).await;
    assert_eq!(refusal(s.cast(&young, json!(1)).await), "ballotbox-too-young");
    assert_eq!(refusal(s.cast(&far, json!(1)).await), "ballotbox-wrong-district");
}

#[db_test]
async fn a_ballot_is_replaced_by_whoever_holds_its_receipt(db: Store) {
    let s = Scene::new(db, list()).await;
    let (ana, bea) = (s.voter("Ana").await, s.voter("Béa").await);
    let secret = s.cast(&ana, json!(["A"])).await.unwrap();
    s.cast(&bea, json!(["A"])).await.unwrap();
    let replace = |secret: Secret, now: i64| {
        let who = ana.me().clone();
        s.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                let Standing::Signed(right, Channel::Web) =
                    roll::standing(tx, &activity, &rules, &who, TODAY).await?
                else {
                    return Err(Error::NotFound);
                };
                let slip = Slip { ballot: &json!(["B"]), secret: &secret };
                vote::replace(tx, now, &seal, &right, &slip).await
            })
        })
    };
    assert_eq!(refusal(replace(Secret::random(), NOON).await), "ballotbox-receipt-unknown");
    assert_eq!(refusal(replace(secret.clone(), CLOSE).await), "closed");
    assert!(matches!(replace(secret.clone(), NOON).await, Ok(Cast::Recorded(_))));
    assert!(matches!(replace(secret.clone(), NOON).await, Ok(Cast::Already)));
    let id = s.id();
    let kept = secret.clone();
    let found = s
        .act(move |tx, _, _, _| boxed(async move { vote::find(tx, id, &kept).await }))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.ballot, json!(["B"]));
    assert!(found.leaf.is_some(), "its last leaf is found by the receipt");
    assert_eq!(s.number("select count(*) from ballotbox_ballot").await, 2);
}

#[db_test]
async fn rules_that_forbid_changes_are_kept(db: Store) {
    let s = Scene::new(db, Rules { changeable: false, ..list() }).await;
    let ana = s.voter("Ana").await;
    let secret = s.cast(&ana, json!(["A"])).await.unwrap();
    let who = ana.me().clone();
    let refused = s
        .act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                let standing = roll::standing(tx, &activity, &rules, &who, TODAY).await?;
                let Standing::Signed(right, _) = standing else { return Err(Error::NotFound) };
                vote::replace(tx, NOON, &seal, &right, &Slip { ballot: &json!(["B"]), secret: &secret }).await
            })
        })
        .await;
    assert_eq!(refusal(refused), "ballotbox-not-changeable");
}

#[db_test]
async fn the_first_vote_seals_and_the_refusal_of_a_change_is_journaled(db: Store) {
    let mut s = Scene::new(db, list()).await;
    let (ana, bea) = (s.voter("Ana").await, s.voter("Béa").await);
    let id = s.id();
    let may = |what: &'static str| {
        s.act(move |tx, _, _, _| boxed(async move { seal::may_change(tx, NOON, id, what).await }))
    };
    assert!(may("options").await.unwrap());
    s.cast(&ana, json!(1)).await.unwrap();
    assert!(!may("options").await.unwrap());
    let kinds = s.kinds().await;
    let of = |kind: &str| kinds.iter().filter(|k| *k == kind).count();
    assert_eq!((of("rules-sealed"), of("ballot-cast"), of("rules-change-refused")), (1, 1, 1));
    let more = vec![line("99", "Tard", None)];
    let import =
        s.act(move |tx, _, _, _| boxed(async move { roll::import(tx, id, &more, false).await })).await;
    assert_eq!(refusal(import), "ballotbox-sealed");
    // Whatever changed behind its back, a box takes no ballot under other rules.
    s.content = json!({ "options": ["A", "B", "C"] });
    assert_eq!(refusal(s.cast(&bea, json!(1)).await), "ballotbox-rules-changed");
    assert_eq!(s.number("select count(*) from ballotbox_signature").await, 1);
}

#[db_test]
async fn the_second_channel_is_refused_with_a_clear_reason(db: Store) {
    let s = Scene::new(db, list()).await;
    let ana = s.site.participant("Ana").await;
    let lines = vec![line("1", "Ana", ana.me().email.as_deref()), line("2", "Bob", None)];
    let ids = s.roll(lines).await;
    s.cast(&ana, json!(1)).await.unwrap();
    assert_eq!(refusal(s.sign_paper(ids[0]).await), "ballotbox-already-web");
    assert_eq!(refusal(s.sign_desk(ids[0]).await), "ballotbox-already-web");
    s.sign_paper(ids[1]).await.unwrap();
    assert_eq!(refusal(s.sign_desk(ids[1]).await), "ballotbox-already-paper");
    assert_eq!(refusal(s.sign_paper(ids[1]).await), "ballotbox-already-paper");
}

#[db_test]
async fn paper_replaces_the_web_where_the_rules_say_so(db: Store) {
    let s = Scene::new(db, Rules { priority: Priority::Paper, ..list() }).await;
    let ana = s.site.participant("Ana").await;
    let ids = s.roll(vec![line("1", "Ana", ana.me().email.as_deref())]).await;
    let secret = s.cast(&ana, json!(["A"])).await.unwrap();
    let instead = |receipt: String| {
        let voter = ids[0];
        s.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                desk::paper_instead(tx, NOON, &seal, voter, &receipt).await
            })
        })
    };
    assert_eq!(refusal(instead(Secret::random().to_string()).await), "ballotbox-receipt-unknown");
    instead(secret.to_string()).await.unwrap();
    assert_eq!(s.number("select count(*) from ballotbox_ballot").await, 0);
    assert_eq!(s.number("select count(*) from ballotbox_signature where channel = 'paper'").await, 1);
    assert_eq!(refusal(s.cast(&ana, json!(["A"])).await), "ballotbox-already-paper");
}

#[db_test]
async fn accounts_vote_and_the_desk_cannot_sign_the_same_address_again(db: Store) {
    let rules = Rules { roll: RollKind::Accounts, paper: true, desk: true, ..Rules::default() };
    let s = Scene::new(db, rules).await;
    let (ana, bob) = (s.site.participant("Ana").await, s.site.participant("Bob").await);
    s.cast(&ana, json!(1)).await.unwrap();
    let id = s.id();
    let register = |line: roll::Line| {
        s.act(move |tx, _, rules, _| boxed(async move { roll::register(tx, id, &rules, &line).await }))
    };
    let of_ana = register(line("1", "Ana", ana.me().email.as_deref())).await.unwrap();
    assert_eq!(refusal(s.sign_paper(of_ana).await), "ballotbox-already-web");
    let of_bob = register(line("2", "Bob", bob.me().email.as_deref())).await.unwrap();
    s.sign_desk(of_bob).await.unwrap();
    assert_eq!(refusal(s.cast(&bob, json!(1)).await), "ballotbox-already-desk");
}

#[db_test]
async fn a_desk_code_votes_once_and_can_be_given_back(db: Store) {
    let s = Scene::new(db, list()).await;
    let ids = s.roll(vec![line("1", "Ana", None), line("2", "Bob", None)]).await;
    let code = s.sign_desk(ids[0]).await.unwrap();
    let cast = |typed: String, secret: Secret| {
        s.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                let slip = Slip { ballot: &json!(["A"]), secret: &secret };
                vote::cast_with_pass(tx, NOON, &seal, &typed, &slip).await
            })
        })
    };
    let secret = Secret::random();
    assert_eq!(refusal(cast("0000 0000".into(), secret.clone()).await), "ballotbox-code-shape");
    assert!(matches!(cast(code.to_string(), secret.clone()).await, Ok(Cast::Recorded(_))));
    assert!(matches!(cast(code.to_string(), secret).await, Ok(Cast::Already)));
    assert_eq!(refusal(cast(code.to_string(), Secret::random()).await), "ballotbox-pass-used");
    let other = s.sign_desk(ids[1]).await.unwrap();
    let back = |voter: i64, typed: String| {
        s.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                desk::take_back(tx, NOON, &seal, voter, &typed).await
            })
        })
    };
    assert_eq!(refusal(back(ids[1], code.to_string()).await), "ballotbox-pass-used");
    back(ids[1], other.to_string()).await.unwrap();
    assert_eq!(refusal(cast(other.to_string(), Secret::random()).await), "ballotbox-pass-returned");
    s.sign_paper(ids[1]).await.unwrap();
}
