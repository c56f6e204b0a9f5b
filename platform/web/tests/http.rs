//! What every page does, through HTTP, as visitors meet it.
#![allow(missing_docs)]

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::Method;
use parvis_civic::settings;
use parvis_core::{Access, FieldErrors, Locale, Role};
use parvis_store::{Store, boxed, db_test};
use parvis_testkit::{Answer, NOON, TestSite, TestSiteBuilder};
use parvis_web::{Ctx, Form, Page, Rates, Routes, Source, Upload, WebError};
use serde::Deserialize;

const TEXTS: Source = Source {
    name: "test",
    fr: "test-title = Titre\ntest-send = Envoyer\ntest-home = Bonjour\ntest-empty = Écrivez un titre.\ntest-done = Fait : { $what }.\n",
    en: "test-title = Title\ntest-send = Send\ntest-home = Hello\ntest-empty = Write a title.\ntest-done = Done: { $what }.\n",
};

#[derive(Template)]
#[template(path = "page.html")]
struct TestPage {
    page: Page,
    words: String,
    title: String,
}

fn test_page(page: Page, words: impl Into<String>, title: impl Into<String>) -> TestPage {
    TestPage { page, words: words.into(), title: title.into() }
}

async fn home(cx: Ctx) -> Result<Response, WebError> {
    cx.cache_until(NOON + 30_000);
    let contact = cx.store().read(|tx| boxed(async move { settings::get(tx, "note").await })).await?;
    let page = cx.page(cx.t().get("test-home"));
    let words = format!("note={} t={}", contact.unwrap_or_default(), cx.now - NOON);
    Ok(cx.render(&test_page(page, words, "")))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    title: String,
}

async fn send(cx: Ctx, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    cx.me()?;
    let mut errors = FieldErrors::new();
    let title = errors.text("title", &sent.title, 1, 20, "test-empty");
    if !errors.is_empty() {
        let page = cx.page_with(cx.t().get("test-home"), &errors);
        return Ok(cx.render_invalid(&test_page(page, "", sent.title)));
    }
    let note = title.clone();
    cx.store().write(move |tx| boxed(async move { settings::put(tx, "note", &note).await })).await?;
    Ok(cx.redirect_with("/", "test-done", &[("what", &title)]))
}

async fn closed(_: Ctx, _: Form<Sent>) -> Result<Response, WebError> {
    Err(parvis_civic::Error::Closed.into())
}

async fn panics(_: Ctx) -> Result<Response, WebError> {
    panic!("the secret is 42")
}

async fn breaks(_: Ctx) -> Result<Response, WebError> {
    Err(WebError::internal("password=hunter2"))
}

async fn number(_: Ctx, Path(n): Path<i64>) -> Result<Response, WebError> {
    if n == 0 { Err(WebError::NotFound) } else { Ok(Response::new(n.to_string().into())) }
}

async fn file(_: Ctx, upload: Upload) -> Result<Response, WebError> {
    let size = upload.file("logo").map_or(0, |f| f.bytes.len());
    Ok(Response::new(format!("{}:{size}", upload.fields.get("alt")).into()))
}

async fn ok(_: Ctx) -> Result<Response, WebError> {
    Ok(Response::new("ok".into()))
}

fn routes() -> Routes {
    Routes::new()
        .get_cached("/", Access::Anyone, home)
        .post("/send", Access::Anyone, send)
        .post("/closed", Access::Participant, closed)
        .get("/panic", Access::Anyone, panics)
        .get("/breaks", Access::Anyone, breaks)
        .get("/n/{n}", Access::Anyone, number)
        .upload("/file", Access::Anyone, file)
        .get("/for/participant", Access::Participant, ok)
        .get("/for/moderator", Access::Moderator, ok)
        .get("/for/editor", Access::Editor, ok)
        .get("/for/staff", Access::Staff, ok)
        .get("/for/administrator", Access::Administrator, ok)
}

fn builder() -> TestSiteBuilder {
    TestSite::builder().routes(routes(), &[TEXTS])
}

async fn site() -> TestSite {
    builder().build().await
}

#[tokio::test]
async fn every_answer_of_every_status_carries_the_security_headers() {
    let site = builder().config(|c| c.public_url = "https://parvis.test".into()).build().await;
    let ana = site.participant("Ana").await;
    let visitor = site.visitor();
    let cross = site.visitor().header("sec-fetch-site", "cross-site");
    let answers: Vec<(Answer, u16)> = vec![
        (visitor.get("/").await, 200),
        (visitor.get("/").await, 200),
        (visitor.get("/nothing").await, 404),
        (visitor.get("/panic").await, 500),
        (visitor.get("/for/participant").await, 303),
        (ana.get("/for/administrator").await, 403),
        (cross.post("/send", &[]).await, 403),
        (visitor.send(Method::TRACE, "/", None, "".into()).await, 405),
        (visitor.send(Method::PUT, "/", None, "".into()).await, 405),
        (visitor.post("/", &[]).await, 405),
        (visitor.get("/assets/none.css").await, 404),
        (visitor.get("/theme.css").await, 200),
        (visitor.get("/health").await, 200),
    ];
    for (answer, status) in &answers {
        answer.assert_status(*status);
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "strict-transport-security",
            "cache-control",
        ] {
            assert!(!answer.header(name).is_empty(), "{name} on a {status}");
        }
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
    }
}

#[tokio::test]
async fn a_reader_gets_no_cookie_and_no_inline_code() {
    let site = site().await;
    for path in ["/", "/nothing", "/n/0", "/theme.css", "/?lang=en"] {
        let answer = site.visitor().get(path).await;
        assert_eq!(answer.header("set-cookie"), "", "{path}");
        for inline in ["<style", "style=\"", "onclick", "javascript:"] {
            assert!(!answer.html.contains(inline), "{inline} in {path}");
        }
        for script in answer.attr("script", "src") {
            assert!(script.starts_with("/assets/"), "{script}");
        }
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let answer = ana.clone().header("sec-fetch-site", "cross-site").post("/send", &[("title", "x")]).await;
    answer.assert_status(403).assert_says("vient d’un autre site");
    let other = ana.clone().header("sec-fetch-site", "cross-site").header("origin", "https://evil.example");
    other.post("/send", &[("title", "x")]).await.assert_status(403);
    let own = ana.clone().header("sec-fetch-site", "cross-site").header("origin", "http://parvis.test");
    own.post("/send", &[("title", "x")]).await.assert_redirect("/");
    ana.post("/send", &[("title", "x")]).await.assert_redirect("/");
}

#[tokio::test]
async fn the_language_is_the_address_then_the_choice_then_the_account_then_the_browser_then_the_site() {
    let site = site().await;
    let hello = |a: Answer| a.select("h1").join("");
    assert_eq!(hello(site.visitor().get("/").await), "Bonjour");
    assert_eq!(hello(site.english().get("/").await), "Hello");
    let german = site.visitor().header("accept-language", "de");
    assert_eq!(hello(german.get("/").await), "Bonjour");
    assert_eq!(hello(german.get("/?lang=en").await), "Hello");
    german.post("/language", &[("lang", "en"), ("next", "/?page=2")]).await.assert_redirect("/?page=2");
    assert_eq!(hello(german.get("/").await), "Hello");
    assert_eq!(hello(german.get("/?lang=fr").await), "Bonjour");
    german.post("/language", &[("lang", "fr"), ("next", "//evil.example")]).await.assert_redirect("/");
    let ana = site.participant("Ana").await.header("accept-language", "en");
    assert_eq!(hello(ana.get("/").await), "Bonjour", "the account's language comes before the browser's");
    let answer = site.english().get("/").await;
    assert_eq!(answer.attr("html", "lang"), ["en"]);
    assert_eq!(answer.header("content-language"), "en");
    assert!(answer.header("vary").contains("cookie"));
    assert_eq!(answer.attr("link[rel=alternate]", "href")[0], "http://parvis.test/?lang=fr");
}

#[tokio::test]
async fn pages_follow_the_languages_that_the_site_offers() {
    let site = builder().settings(|s| s.locales = vec![Locale::Fr]).build().await;
    let answer = site.english().get("/?lang=en").await;
    assert_eq!(answer.attr("html", "lang"), ["fr"]);
    assert!(!answer.html.contains("action=\"/language\""));
}

#[db_test]
async fn a_kept_page_is_never_stale_after_a_write(db: Store) {
    let site = builder().store(db).build().await;
    let (reader, ana) = (site.visitor(), site.participant("Ana").await);
    let first = reader.get("/").await;
    first.assert_says("note= t=0");
    site.clock.advance(10);
    reader.get("/").await.assert_says("note= t=0");
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    let again = reader.clone().header("if-none-match", &tag).get("/").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    for n in 0..5 {
        let note = format!("n{n}");
        ana.post("/send", &[("title", &note)]).await.assert_redirect("/");
        reader.get("/").await.assert_says(&format!("note={note}"));
    }
    let changed = reader.clone().header("if-none-match", &tag).get("/").await;
    assert_eq!(changed.status, 200);
    // The settings are part of what is kept.
    site.change_settings(|s| s.name = parvis_core::Localized::new("Autre nom", "Other name")).await;
    assert_eq!(reader.get("/").await.select(".brand")[0], "Autre nom");
}

#[tokio::test]
async fn a_kept_page_ends_when_a_phase_does() {
    let site = site().await;
    let reader = site.visitor();
    reader.get("/").await.assert_says("t=0");
    site.clock.set(NOON + 29_999);
    reader.get("/").await.assert_says("t=0");
    site.clock.set(NOON + 30_000);
    reader.get("/").await.assert_says("t=30000");
    site.clock.set(NOON + 30_001);
    reader.get("/").await.assert_says("t=30001");
}

#[tokio::test]
async fn kept_pages_are_apart_by_language_and_encoding_and_never_for_people_with_an_account() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    assert_eq!(ana.get("/").await.select(".who").len(), 1);
    let reader = site.visitor().get("/").await;
    assert!(reader.html.contains("Se connecter"));
    assert!(!reader.html.contains("Ana"));
    let zipped = site.visitor().header("accept-encoding", "gzip, br").get("/").await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert_eq!(&zipped.body[..2], [0x1f, 0x8b]);
    let again = site.visitor().header("accept-encoding", "gzip, br").get("/").await;
    assert_eq!((again.header("content-encoding"), again.body == zipped.body), ("gzip", true));
    assert_eq!(site.visitor().get("/").await.header("content-encoding"), "");
    assert_eq!(ana.get("/").await.header("cache-control"), "private, no-store");
    let head = site.visitor().send(Method::HEAD, "/", None, "".into()).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    let mails = ana.clone().header("accept-encoding", "gzip").get("/").await;
    assert_eq!(mails.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn an_unknown_page_helps_in_the_language_of_the_visitor() {
    let site = site().await;
    let answer = site.visitor().get("/rien/du/tout").await;
    insta::assert_snapshot!(answer.assert_status(404).text(), @r##"
    # Cette page n’existe pas
    L’adresse est peut-être mal recopiée, ou la page a été retirée.
    Cherchez avec quelques mots, ou repartez d’une de ces pages.
    Rechercher sur le site
    {q: }
    <Rechercher>
    - [Retourner à l’accueil](/)
    - [Voir toutes les démarches](/processes)
    - [Plan du site](/site-map)
    - [Nous écrire](/contact)
    Code 404.
    "##);
    site.english().get("/n/abc").await.assert_status(404).assert_says("This page does not exist");
    site.english().get("/p/none/none").await.assert_status(404).assert_says("Search this site");
}

#[tokio::test]
async fn each_role_opens_its_doors() {
    let site = site().await;
    let people = [
        (site.visitor(), None),
        (site.participant("Ana").await, Some(Role::Participant)),
        (site.moderator().await, Some(Role::Moderator)),
        (site.editor().await, Some(Role::Editor)),
        (site.admin().await, Some(Role::Administrator)),
    ];
    for (method, path, access) in routes().table() {
        if method != Method::GET || !path.starts_with("/for/") {
            continue;
        }
        for (who, role) in &people {
            let expected = match (access.allows(*role), role) {
                (true, _) => 200,
                (false, None) => 303,
                (false, Some(_)) => 403,
            };
            let answer = who.get(&path).await;
            assert_eq!(answer.status, expected, "{path} for {role:?}");
            if expected == 303 {
                answer.assert_redirect(&format!("/sign-in?next={path}"));
            }
        }
    }
}

#[tokio::test]
async fn a_session_ends_with_its_time_and_a_role_with_its_change() {
    let site = site().await;
    let ana = site.person("Ana", Role::Moderator).await;
    ana.get("/for/moderator").await.assert_status(200);
    let id = ana.id();
    site.write(move |tx| {
        boxed(async move {
            tx.exec("update participant set role = 'participant' where id = $1", &parvis_store::p![id]).await
        })
    })
    .await
    .unwrap();
    ana.get("/for/moderator").await.assert_status(403);
    site.clock.advance(40 * 86_400_000);
    ana.get("/for/participant").await.assert_status(303);
}

#[tokio::test]
async fn what_a_signed_out_person_sends_waits_for_them() {
    let site = site().await;
    let reader = site.visitor();
    let fields = [("title", "Une <idée> de place"), ("about", "Voter pour la place"), ("idem", "k1")];
    let answer = reader.post("/closed", &fields).await;
    assert_eq!(answer.status, 303);
    let next = answer.location.unwrap();
    let kept = next.strip_prefix("/sign-in?next=").unwrap().to_owned();
    assert!(kept.starts_with("/kept/"), "{kept}");
    // They sign in: the same browser has a session now.
    let ana = site.participant("Ana").await;
    ana.set_cookie("parvis-kept", &reader.cookie("parvis-kept").unwrap());
    let offered = ana.get(&kept).await;
    insta::assert_snapshot!(offered.assert_status(200).text(), @r##"
    # Confirmer votre envoi
    Avant de vous connecter, vous alliez envoyer ceci. Rien n’est enregistré tant que vous n’avez pas confirmé.
    Voter pour la place
    Titre
    {text: Une <idée> de place}
    <Confirmer> [Ne pas envoyer](/)
    "##);
    assert_eq!(
        offered.attr("form[action=\"/closed\"] input", "value"),
        ["Une <idée> de place", "Voter pour la place", "k1"]
    );
    // Somebody else's browser shows the text but sends nothing.
    let other = site.participant("Basile").await.get(&kept).await;
    assert!(other.attr("form[action=\"/closed\"]", "action").is_empty());
    other.assert_says("Une <idée> de place");
    site.clock.advance(3_600_000);
    ana.get(&kept).await.assert_status(404);
}

#[tokio::test]
async fn a_refused_form_gives_its_text_back() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let answer = ana.post("/closed", &[("title", "Mon long texte & le reste")]).await;
    insta::assert_snapshot!(answer.assert_status(409).text(), @r##"
    # C’est fermé
    Cette étape n’est pas ouverte en ce moment : rien n’a été enregistré.
    Votre texte n’est pas perdu : il est ci-dessous, vous pouvez le copier.
    ## Votre texte
    Copiez-le si vous voulez le garder.
    Titre
    {text: Mon long texte & le reste}
    - [Retourner à l’accueil](/)
    - [Voir toutes les démarches](/processes)
    - [Plan du site](/site-map)
    - [Nous écrire](/contact)
    Code 409.
    "##);
}

#[tokio::test]
async fn mistakes_are_summed_up_and_stand_beside_their_fields() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let answer = ana.post("/send", &[("title", "  ")]).await;
    answer.assert_status(422);
    assert_eq!(answer.field_error("title").as_deref(), Some("Écrivez un titre."));
    assert_eq!(answer.attr("#error-summary a", "href"), ["#title"]);
    assert!(answer.select("title")[0].starts_with("Erreur : Bonjour"), "{:?}", answer.select("title"));
    let long = "x".repeat(21);
    let answer = ana.clone().locale(Locale::En).post("/send", &[("title", &long)]).await;
    assert_eq!(answer.field_error("title").as_deref(), Some("Write 20 characters at most (there are 21)."));
    assert_eq!(answer.value("title").unwrap(), long);
}

#[tokio::test]
async fn a_message_is_shown_once() {
    let site = site().await;
    let ana = site.participant("Ana").await;
    let answer = ana.post("/send", &[("title", "l’idée <b>")]).await;
    let shown = ana.follow(answer).await;
    assert_eq!(shown.select(".flash"), ["Fait : l’idée <b>."]);
    assert!(ana.get("/").await.select(".flash").is_empty());
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let site = site().await;
    let large = "x".repeat(1_100_000);
    let answer = site.participant("Ana").await.post("/send", &[("title", &large)]).await;
    answer.assert_status(413).assert_says("C’est trop volumineux");
    let bytes = vec![7; 2_000_000];
    let file = [("logo", "l.png", "image/png", bytes.as_slice())];
    let answer = site.visitor().upload("/file", &[("alt", " Blason ")], &file).await;
    assert_eq!((answer.status, answer.html.as_str()), (200, "Blason:2000000"));
    let bytes = vec![7; 11_000_000];
    let file = [("logo", "l.png", "image/png", bytes.as_slice())];
    site.visitor().upload("/file", &[], &file).await.assert_status(413);
}

#[tokio::test]
async fn our_mistakes_show_a_reference_and_nothing_else() {
    let site = site().await;
    for path in ["/panic", "/breaks"] {
        let answer = site.english().get(path).await;
        answer.assert_status(500).assert_says("The site made a mistake").assert_says("give this reference");
        for secret in ["42", "hunter2", "panic"] {
            assert!(!answer.text().contains(secret), "{secret} in {path}");
        }
    }
    site.visitor().get("/").await.assert_status(200);
}

#[tokio::test]
async fn a_flood_waits_and_loses_nothing() {
    let rates = Rates { writes_per_participant: 3, ..Rates::unlimited() };
    let site = builder().config(|c| c.rates = rates).build().await;
    let (ana, basile) = (site.participant("Ana").await, site.participant("Basile").await);
    for _ in 0..3 {
        ana.post("/send", &[("title", "x")]).await.assert_redirect("/");
    }
    let answer = ana.post("/send", &[("title", "Mon idée")]).await;
    answer
        .assert_status(429)
        .assert_says("Patientez")
        .assert_says("Envoyer à nouveau")
        .assert_says("Mon idée");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
    basile.post("/send", &[("title", "x")]).await.assert_redirect("/");
}

#[tokio::test]
async fn figures_are_for_this_machine_and_for_whoever_holds_the_token() {
    let site = builder().config(|c| c.metrics_token = Some("t0k".into())).build().await;
    let elsewhere = site.visitor().header("x-forwarded-for", "1.2.3.4");
    elsewhere.get("/metrics").await.assert_status(404);
    elsewhere.clone().header("authorization", "Bearer t0k").get("/metrics").await.assert_status(200);
    site.visitor().get("/metrics").await.assert_status(200);
}

#[tokio::test]
async fn the_logo_and_the_accessibility_stand_on_every_page() {
    let site = site().await;
    let reader = site.visitor();
    reader.get("/logo").await.assert_status(404);
    assert!(reader.get("/").await.html.contains("Accessibilité\u{a0}: non conforme"));
    site.change_settings(|s| {
        let alt = parvis_core::Localized::new("Blason", "Arms");
        s.logo = Some(settings::Logo { media_type: "image/png".into(), data: "iVBORw==".into(), alt });
        s.audit = Some(settings::Audit { rate_hundredths: 7_350, ..settings::Audit::default() });
    })
    .await;
    assert_eq!(reader.get("/logo").await.header("content-type"), "image/png");
    let page = reader.get("/").await;
    assert_eq!(page.attr(".brand img", "alt"), ["Blason"]);
    assert!(page.html.contains("Accessibilité\u{a0}: partiellement conforme"));
}

#[tokio::test]
async fn static_files_never_change_under_their_address() {
    let site = site().await;
    let page = site.visitor().get("/").await;
    for href in page.attr("link[rel=stylesheet]", "href").iter().chain(&page.attr("script", "src")) {
        let answer = site.visitor().get(href).await;
        answer.assert_status(200);
        assert!(answer.header("cache-control").contains("immutable"), "{href}");
        assert!(!answer.header("etag").is_empty(), "{href} is kept");
    }
    let css = parvis_web::assets::path("app.css");
    assert!(site.visitor().get(css).await.body.len() < 32_000, "the style sheet stays light");
    let html = page.body.len();
    assert!(html < 12_000, "an empty page weighs {html} bytes");
}
