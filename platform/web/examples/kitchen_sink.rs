//! Every piece of the look on one page, for eyes: `cargo run -p parvis-web --example kitchen_sink -- 3999`.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use askama::Template;
use axum::response::Response;
use parvis_civic::process::Phase;
use parvis_civic::text::{Piece, diff};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_testkit::TestSite;
use parvis_web::ui::{Choice, Pager};
use parvis_web::{Ctx, Page, Routes, Source, WebError, serve};

const TEXTS: Source = Source {
    name: "sink",
    fr: "sink-title = Titre de votre proposition\nsink-title-hint = Une phrase qui dit l’essentiel.\nsink-body = Texte proposé\nsink-side = Votre position\nsink-section = Partie du texte\nsink-when = Fermeture\nsink-agree = J’ai lu la charte\nsink-file = Photo\nsink-done = Votre proposition est publiée.\nsink-empty = Écrivez un titre.\n",
    en: "sink-title = Title of your proposal\nsink-title-hint = One sentence that says the essential.\nsink-body = Proposed text\nsink-side = Your position\nsink-section = Part of the text\nsink-when = Closing\nsink-agree = I read the charter\nsink-file = Picture\nsink-done = Your proposal is published.\nsink-empty = Write a title.\n",
};

#[derive(Template)]
#[template(path = "kitchen_sink.html")]
struct Sink {
    page: Page,
    now: i64,
    phases: Vec<Phase>,
    pieces: Vec<Piece>,
    pager: Pager,
    days: Vec<(String, i64)>,
    choices: Vec<Choice>,
}

fn sink(cx: &Ctx, page: Page) -> Sink {
    let day = 86_400_000;
    let phase = |id, fr: &str, from: i64, to: i64| Phase {
        id,
        process_id: 1,
        position: id,
        title: Localized::new(fr, fr),
        description: Localized::default(),
        starts_at: cx.now + from * day,
        ends_at: cx.now + to * day,
    };
    Sink {
        page: page.nav("processes").crumb("Démarches", "/processes").crumb("La place du Marché", "/p/place"),
        now: cx.now,
        phases: vec![
            phase(1, "Information", -20, -10),
            phase(2, "Consultation", -10, 10),
            phase(3, "Synthèse", 10, 30),
            phase(4, "Réponses de la mairie", 30, 60),
        ],
        pieces: diff(
            "L’auteur dispose du droit de mettre à disposition son écrit après un délai de douze mois.",
            "L’auteur dispose du droit de mettre son écrit à disposition après un délai de six mois, gratuitement.",
        ),
        pager: Pager::new(cx, 696, 15),
        days: (0..30).map(|i| (format!("{} juin", i + 1), (i * 37) % 90 + 4)).collect(),
        choices: vec![
            Choice::new("for", "Pour").hint("Vous êtes d’accord avec le texte."),
            Choice::new("mixed", "Mitigé"),
            Choice::new("against", "Contre"),
        ],
    }
}

async fn show(cx: Ctx) -> Result<Response, WebError> {
    let page = cx.page("Que doit devenir la place du Marché ?");
    Ok(cx.render(&sink(&cx, page)))
}

async fn send(cx: Ctx) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    errors.add("title", "sink-empty");
    errors.add("side", "core-choose");
    errors.add("agree", "core-required");
    let page = cx.page_with("Que doit devenir la place du Marché ?", &errors);
    Ok(cx.render_invalid(&sink(&cx, page)))
}

async fn done(cx: Ctx) -> Result<Response, WebError> {
    Ok(cx.redirect_with("/", "sink-done", &[]))
}

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|p| p.parse().ok()).unwrap_or(3999);
    let routes = Routes::new()
        .get_cached("/", Access::Anyone, show)
        .get("/errors", Access::Anyone, send)
        .post("/sink", Access::Participant, done);
    let accent = std::env::args().nth(2).unwrap_or_else(|| "#1f5f5b".into());
    let site = TestSite::builder()
        .routes(routes, &[TEXTS])
        .config(|c| c.demo = true)
        .settings(|s| {
            s.name = Localized::new("Saint-Aubin-les-Sources", "Saint-Aubin-les-Sources");
            s.accent = accent;
        })
        .build()
        .await;
    let ana = site.participant("Ana des Tilleuls").await;
    println!("http://127.0.0.1:{port}/ (cookie parvis={})", ana.cookie("parvis").unwrap_or_default());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    serve(site.router.clone(), listener, async { tokio::signal::ctrl_c().await.unwrap() }).await.unwrap();
}
