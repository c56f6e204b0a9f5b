//! Accounts over HTTP, as visitors, participants and administrators meet them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use parvis_civic::account::{self, Texts};
use parvis_core::{Access, Locale, Role};
use parvis_store::{Store, boxed, db_test, p};
use parvis_testkit::{Actor, Answer, TestSite, TestSiteBuilder};

const MINUTE: i64 = 60_000;

fn builder() -> TestSiteBuilder {
    let mut texts = vec![parvis_civic::SOURCE];
    texts.extend_from_slice(parvis_site::SOURCES);
    TestSite::builder().routes(parvis_site::routes(), &texts)
}

async fn site() -> TestSite {
    builder().build().await
}

/// The path of the link in the last mail to this address.
async fn link(site: &TestSite, to: &str) -> String {
    let mails = site.mails().await;
    let mail = mails.iter().rev().find(|m| m.to == to).expect("a mail to this address");
    let line = mail.text.lines().find(|l| l.starts_with("http")).expect("a link in the mail");
    line.strip_prefix("http://parvis.test").expect("a link to this site").to_owned()
}

async fn ask(actor: &Actor, email: &str, next: &str) -> Answer {
    actor.post("/sign-in", &[("email", email), ("next", next)]).await
}

#[db_test]
async fn a_newcomer_registers_by_mail_and_goes_on(db: Store) {
    let site = builder().store(db).build().await;
    let ana = site.visitor();
    ana.get("/sign-in?next=/account/contributions")
        .await
        .assert_status(200)
        .assert_says("Pas besoin de mot de passe");
    let sent = ask(&ana, "Ana@example.org", "/account/contributions").await;
    sent.assert_redirect("/sign-in/sent?next=/account/contributions");
    let page = ana.follow(sent).await;
    page.assert_says("quinze minutes");
    assert!(page.html.contains("Un message est parti pour ana@example.org."));
    let link = link(&site, "ana@example.org").await;
    // A program that checks mails opens the link; it stays good.
    site.visitor().get(&link).await.assert_status(200).assert_says("ana@example.org");
    let entered = ana.post(&link, &[]).await;
    entered.assert_redirect("/welcome?next=/account/contributions");
    assert!(entered.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    let welcome = ana.get("/welcome?next=/account/contributions").await;
    welcome.assert_status(200).assert_says("Une personne, un compte.");
    let refused = ana.post("/welcome", &[("pseudonym", ""), ("next", "/account")]).await;
    refused.assert_status(422);
    assert_eq!(refused.field_error("pseudonym").as_deref(), Some("Choisissez un pseudonyme."));
    assert!(refused.field_error("terms").is_some());
    let done = ana
        .post(
            "/welcome",
            &[("pseudonym", "Ana"), ("locale", "fr"), ("terms", "on"), ("next", "/account/contributions")],
        )
        .await;
    done.assert_redirect("/account/contributions");
    ana.follow(done).await.assert_status(200).assert_says("Vous n’avez rien écrit");
    ana.get("/account").await.assert_says("ana@example.org");
    // The same link again says so, and leads on.
    let again = site.visitor().post(&link, &[]).await;
    again.assert_status(410).assert_says("Un lien ne sert qu’une fois");
    assert_eq!(again.attr("main input[name=next]", "value"), ["/account/contributions"]);
    ana.get(&link).await.assert_redirect("/account/contributions");
    let left = ana.post("/sign-out", &[]).await;
    left.assert_redirect("/");
    ana.get("/account").await.assert_redirect("/sign-in?next=/account");
}

#[tokio::test]
async fn an_expired_link_offers_another_one() {
    let site = site().await;
    let ana = site.visitor();
    ask(&ana, "ana@example.org", "/account/data").await;
    let link = link(&site, "ana@example.org").await;
    site.clock.advance(15 * MINUTE);
    for answer in [ana.get(&link).await, ana.post(&link, &[]).await] {
        answer.assert_status(410).assert_says("Ce lien n’est plus valable");
        assert_eq!(answer.attr("main input[name=next]", "value"), ["/account/data"]);
    }
    site.english().get("/sign-in/0123abcd").await.assert_status(404).assert_says("This link is not valid");
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let site = site().await;
    site.write(|tx| {
        boxed(account::create_staff(tx, 0, None, "known@example.org", Role::Participant, Locale::Fr))
    })
    .await
    .unwrap();
    let pages = |email: &'static str| {
        let visitor = site.visitor();
        async move {
            let sent = ask(&visitor, email, "/").await;
            let page = visitor.get("/sign-in/sent").await;
            let wrong = visitor
                .post("/sign-in/password", &[("login", email), ("password", "some long password")])
                .await;
            let texts = [page.html, wrong.html].map(|h| {
                let cut = h.find("name=\"idem\"").unwrap_or(h.len());
                h[..cut].replace(email, "X")
            });
            (sent.status, sent.location, texts, wrong.status)
        }
    };
    assert_eq!(pages("known@example.org").await, pages("other@example.org").await);
    assert_eq!(site.mails().await.len(), 2);
}

#[tokio::test]
async fn the_sixth_link_and_the_eleventh_password_wait() {
    let site = site().await;
    let visitor = site.visitor();
    for _ in 0..5 {
        assert_eq!(ask(&visitor, "ana@example.org", "/").await.status, 303);
    }
    ask(&visitor, "ana@example.org", "/").await.assert_status(429).assert_says("dans un quart d’heure");
    assert_eq!(ask(&visitor, "bo@example.org", "/").await.status, 303);
    let try_ = || {
        visitor.post("/sign-in/password", &[("login", "ana@example.org"), ("password", "wrong wrong wrong")])
    };
    for _ in 0..10 {
        let wrong = try_().await;
        wrong.assert_status(422);
        assert!(wrong.field_error("login").is_some());
    }
    try_().await.assert_status(429).assert_says("Patientez un quart d’heure");
}

#[tokio::test]
async fn mistakes_are_said_beside_their_fields_with_what_was_typed() {
    let site = site().await;
    let refused = ask(&site.visitor(), "pas une adresse", "/").await;
    refused.assert_status(422);
    assert!(refused.field_error("email").unwrap().contains("adresse électronique complète"));
    assert_eq!(refused.value("email").as_deref(), Some("pas une adresse"));
    assert_eq!(refused.select("title")[0], "Erreur : Se connecter – Ville d’essai");
    assert_eq!(refused.attr(".error-summary a", "href"), ["#email"]);
    let refused = site.english().post("/sign-in/password", &[]).await;
    refused.assert_status(422);
    assert_eq!(refused.attr(".error-summary a", "href"), ["#login", "#password"]);
    assert!(refused.html.contains("<details class=\"more\" open>"));
}

#[tokio::test]
async fn one_is_only_led_on_within_the_site() {
    let site = site().await;
    let ana = site.visitor();
    ask(&ana, "ana@example.org", "//evil.example/x").await;
    let link = link(&site, "ana@example.org").await;
    ana.post(&link, &[]).await.assert_redirect("/welcome?next=/");
    let page = ana.get("/sign-in?next=https://evil.example").await;
    page.assert_redirect("/account");
}

#[tokio::test]
async fn signing_in_makes_a_new_session_and_closes_the_old_one() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let before = ana.cookie("parvis").unwrap();
    let address = ana.me().email.clone().unwrap();
    ask(&ana, &address, "/account").await;
    let link = link(&site, &address).await;
    ana.post(&link, &[]).await.assert_redirect("/account");
    let after = ana.cookie("parvis").unwrap();
    assert_ne!(before, after);
    assert_eq!(after.len(), 64);
    let old = site.visitor();
    old.set_cookie("parvis", &before);
    old.get("/account").await.assert_redirect("/sign-in?next=/account");
}

#[tokio::test]
async fn a_password_is_chosen_used_changed_and_removed() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let address = ana.me().email.clone().unwrap();
    let weak = ana.post("/account/password", &[("new-password", "motdepasse123")]).await;
    weak.assert_status(422);
    assert!(weak.field_error("new-password").unwrap().contains("trop facile"));
    let other = {
        // Another browser of the same person.
        let other = site.visitor();
        ask(&other, &address, "/").await;
        other.post(&link(&site, &address).await, &[]).await;
        other
    };
    ana.post("/account/password", &[("new-password", "trois petits chats")])
        .await
        .assert_redirect("/account");
    ana.get("/account").await.assert_says("Vous pouvez entrer avec un mot de passe");
    other.get("/account").await.assert_redirect("/sign-in?next=/account");
    let fields = [("login", address.as_str()), ("password", "trois petits chats"), ("next", "/account/data")];
    other.post("/sign-in/password", &fields).await.assert_redirect("/account/data");
    let refused = ana
        .post("/account/password", &[("password", "not this one"), ("new-password", "quatre petits chats")])
        .await;
    refused.assert_status(422);
    assert_eq!(refused.field_error("password").as_deref(), Some("Ce n’est pas votre mot de passe actuel."));
    ana.post("/account/password/remove", &[("password", "trois petits chats")])
        .await
        .assert_redirect("/account");
    other.post("/sign-in/password", &fields).await.assert_status(422);
    let subjects: Vec<_> = site.mails().await.into_iter().filter(|m| m.kind == "account").collect();
    assert_eq!(subjects.len(), 2, "each change is told");
}

#[tokio::test]
async fn the_profile_is_changed_and_a_hostile_pseudonym_is_only_text() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    site.participant("Bo").await;
    let refused =
        ana.post("/account/profile", &[("pseudonym", "<script>alert(1)</script>"), ("locale", "en")]).await;
    refused.assert_status(422);
    assert!(!refused.html.contains("<script>alert"));
    assert_eq!(refused.value("pseudonym").as_deref(), Some("<script>alert(1)</script>"));
    let refused = ana.post("/account/profile", &[("pseudonym", "bó"), ("locale", "fr")]).await;
    assert!(refused.field_error("pseudonym").unwrap().contains("bó 2"));
    ana.post("/account/profile", &[("pseudonym", "Ana Lys"), ("locale", "en")])
        .await
        .assert_redirect("/account");
    let page = ana.get("/account").await;
    page.assert_says("My account");
    assert_eq!(page.select("a.who"), ["Mon compte : Ana Lys".replace("Mon compte :", "My account:")]);
    ana.post("/account/notifications", &[("follows", "on")]).await.assert_redirect("/account");
    assert_eq!(ana.get("/account").await.attr("input[type=checkbox][checked]", "name"), ["follows"]);
    // Names that came another way (an import) are shown as text, too.
    let id = ana.id();
    site.write::<_, parvis_store::Error, _>(move |tx| {
        boxed(async move {
            tx.exec(
                "update participant set pseudonym = '<img src=x onerror=alert(1)>' where id = $1",
                &p![id],
            )
            .await
        })
    })
    .await
    .unwrap();
    let page = ana.get("/account").await;
    assert!(!page.html.contains("<img"), "{}", page.html);
}

#[tokio::test]
async fn an_address_is_changed_by_a_link_sent_to_the_new_one() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let old = ana.me().email.clone().unwrap();
    ana.post("/account/email", &[("new-email", &old)]).await.assert_status(422);
    ana.post("/account/email", &[("new-email", "ana2@example.org")]).await.assert_redirect("/account");
    let link = link(&site, "ana2@example.org").await;
    ana.get("/account").await.assert_says(&old);
    site.visitor().get(&link).await.assert_status(200).assert_says("ana2@example.org");
    ana.post(&link, &[]).await.assert_redirect("/account");
    ana.get("/account").await.assert_says("Votre adresse : ana2@example.org");
    assert!(site.mails().await.iter().any(|m| m.to == old && m.subject.contains("a changé")));
    ana.post(&link, &[]).await.assert_status(410);
}

#[tokio::test]
async fn sessions_are_listed_and_closed_by_their_owner() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let address = ana.me().email.clone().unwrap();
    let phone =
        site.visitor().header("user-agent", "Mozilla/5.0 (iPhone; like Mac OS X) Version/18 Safari/604.1");
    ask(&phone, &address, "/").await;
    phone.post(&link(&site, &address).await, &[]).await;
    phone.get("/account").await.assert_status(200);
    let page = ana.get("/account").await;
    page.assert_says("Safari, iPhone").assert_says("Cette session");
    let sessions = page.attr("input[name=session]", "value");
    assert_eq!(sessions.len(), 1, "not one's own");
    let bo = site.participant("Bo").await;
    bo.post("/account/sessions", &[("session", &sessions[0])]).await.assert_redirect("/account#sessions");
    phone.get("/account").await.assert_status(200);
    ana.post("/account/sessions", &[("session", &sessions[0])]).await;
    phone.get("/account").await.assert_redirect("/sign-in?next=/account");
    ana.get("/account").await.assert_status(200);
}

#[db_test]
async fn a_person_takes_their_data_away_and_is_erased(db: Store) {
    let site = builder().store(db).build().await;
    let ana = site.participant("Ana").await;
    let address = ana.me().email.clone().unwrap();
    let data = ana.get("/account/data").await;
    assert!(data.header("content-disposition").starts_with("attachment"));
    let json: serde_json::Value = serde_json::from_str(&data.html).unwrap();
    assert_eq!(json["account"]["pseudonym"], "Ana");
    ana.get("/account/erase").await.assert_status(200).assert_says("Vos votes restent comptés");
    ana.post("/account/erase", &[]).await.assert_redirect("/account");
    let link = link(&site, &address).await;
    ana.get(&link).await.assert_status(200).assert_says("EFFACER");
    let refused = ana.post(&link, &[("word", "oui")]).await;
    refused.assert_status(422);
    assert!(refused.field_error("texts").is_some() && refused.field_error("word").is_some());
    let done = ana.post(&link, &[("word", "effacer"), ("texts", "withdraw")]).await;
    done.assert_redirect("/");
    assert_eq!(ana.cookie("parvis"), None);
    let id = ana.id();
    let left = site.store.read(move |tx| boxed(account::find(tx, id))).await.unwrap().unwrap();
    assert_eq!((left.email, left.status), (None, account::Status::Erased));
    assert!(site.mails().await.iter().all(|m| m.to != address && !m.text.contains("Ana")));
    // Every job of a blanked mail ends well.
    site.run_jobs().await;
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let site = site().await;
    let admin = site.admin().await;
    let address = admin.me().email.clone().unwrap();
    admin.post("/account/erase", &[]).await;
    let link = link(&site, &address).await;
    let refused = admin.post(&link, &[("word", "EFFACER"), ("texts", "keep")]).await;
    refused.assert_status(409).assert_says("nommez d’abord une autre personne");
    admin.get("/account").await.assert_status(200);
}

#[tokio::test]
async fn a_suspended_person_reads_why_and_keeps_their_rights() {
    let site = site().await;
    site.admin().await;
    let ana = site.participant("Ana").await;
    let (id, address) = (ana.id(), ana.me().email.clone().unwrap());
    site.write(move |tx| boxed(account::suspend(tx, 0, None, id, "spam"))).await.unwrap();
    ana.get("/account").await.assert_redirect("/sign-in?next=/account");
    ask(&ana, &address, "/account").await;
    ana.post(&link(&site, &address).await, &[]).await.assert_redirect("/account");
    ana.get("/account").await.assert_says("Votre compte est suspendu");
    ana.get("/account/data").await.assert_status(200);
    site.write(move |tx| boxed(account::erase(tx, 0, id, Texts::Keep))).await.unwrap();
    ana.get("/account").await.assert_redirect("/sign-in?next=/account");
}

#[tokio::test]
async fn one_click_stops_notifications() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let id = ana.id();
    let url = site
        .write(move |tx| boxed(account::profile::unsubscribe_url(tx, "http://parvis.test", id)))
        .await
        .unwrap();
    site.visitor().get(&url).await.assert_status(200).assert_says("décisions de modération");
    // As a mail program does it: no session, no page visited before, no header of a browser.
    let program = site.visitor().header("sec-fetch-site", "none");
    program
        .post(&url, &[("List-Unsubscribe", "One-Click")])
        .await
        .assert_status(200)
        .assert_says("ne recevrez plus");
    let found = site.store.read(move |tx| boxed(account::find(tx, id))).await.unwrap().unwrap();
    assert!(!found.notify_replies && !found.notify_follows);
    site.visitor().get("/unsubscribe/1-abc").await.assert_status(404);
}

#[tokio::test]
async fn a_demonstration_is_entered_with_one_click_and_no_other_site_is() {
    let demo = builder().config(|c| c.demo = true).build().await;
    let page = demo.english().get("/sign-in").await;
    page.assert_says("Sign in as a moderator");
    for role in Role::ALL {
        let form = format!("form[action='/demo/sign-in/{}']", role.code());
        assert_eq!(page.attr(&form, "method"), ["post"], "{}", role.code());
    }
    for role in Role::ALL {
        let visitor = demo.visitor();
        let path = format!("/demo/sign-in/{}", role.code());
        let to = if role == Role::Participant { "/" } else { "/admin" };
        visitor.post(&path, &[]).await.assert_redirect(to);
        visitor.get("/account").await.assert_status(200);
        demo.visitor().post(&path, &[]).await.assert_redirect(to);
    }
    let ana = demo.participant("Ana").await;
    let address = ana.me().email.clone().unwrap();
    demo.write(move |tx| {
        boxed(async move { parvis_site::account::demo::appoint(tx, Role::Participant, &address).await })
    })
    .await
    .unwrap();
    let visitor = demo.visitor();
    visitor.post("/demo/sign-in/participant", &[("next", "/account")]).await.assert_redirect("/account");
    assert_eq!(visitor.get("/account").await.value("pseudonym").as_deref(), Some("Ana"));
    demo.visitor().post("/demo/sign-in/god", &[]).await.assert_status(404);
    let site = site().await;
    site.visitor().post("/demo/sign-in/administrator", &[]).await.assert_status(404);
    assert!(!site.visitor().get("/sign-in").await.html.contains("/demo/"));
}

#[tokio::test]
async fn each_route_lets_in_whom_it_says() {
    let site = site().await;
    for (method, path, access) in parvis_site::account::routes().table() {
        if access != Access::Participant {
            continue;
        }
        let visitor = site.visitor();
        let answer = if method == http::Method::GET {
            visitor.get(&path).await
        } else {
            visitor.post(&path, &[]).await
        };
        assert_eq!(answer.status, 303, "{method} {path}");
        assert!(answer.location.unwrap().starts_with("/sign-in"), "{method} {path}");
    }
}

#[tokio::test]
async fn a_post_from_another_site_does_nothing() {
    let site = site().await;
    let ana = site.participant("Ana").await.header("sec-fetch-site", "cross-site");
    ana.post("/account/profile", &[("pseudonym", "Eve")]).await.assert_status(403);
    ana.post("/sign-out", &[]).await.assert_status(403);
}

#[tokio::test]
async fn every_page_has_one_heading_and_fields_with_labels_in_both_languages() {
    let site = builder().config(|c| c.demo = true).build().await;
    for locale in Locale::ALL {
        let ana = site.participant("Ana").await.locale(locale);
        let visitor = site.visitor().locale(locale);
        for (actor, path) in [
            (&visitor, "/sign-in"),
            (&visitor, "/sign-in/sent"),
            (&visitor, "/sign-in/none"),
            (&ana, "/account"),
            (&ana, "/account/contributions"),
            (&ana, "/account/erase"),
        ] {
            let page = actor.get(path).await;
            assert_eq!(page.select("h1").len(), 1, "{path}");
            assert_eq!(page.attr("html", "lang"), [locale.code()], "{path}");
            let labelled = page.attr("label", "for");
            for id in page.attr("main input:not([type=hidden])", "id") {
                assert!(labelled.contains(&id), "{path}: {id} has no label");
            }
            let mut ids = page.attr("[id]", "id");
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: an id stands twice");
            assert!(!page.html.contains('['), "{path}: {}", page.text());
        }
    }
}
