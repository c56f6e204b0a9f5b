//! The first run over HTTP.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use parvis_civic::settings;
use parvis_core::{Locale, Role};
use parvis_site::account::setup;
use parvis_store::boxed;
use parvis_testkit::TestSite;
use tower::ServiceExt as _;

async fn site(public_url: &str) -> (TestSite, Router) {
    let url = public_url.to_owned();
    let site = TestSite::builder()
        .routes(parvis_site::routes(), parvis_site::SOURCES)
        .config(move |c| c.public_url = url)
        .settings(|s| *s = settings::Settings::default())
        .build()
        .await;
    let peer: std::net::SocketAddr = "127.0.0.1:40000".parse().unwrap();
    let router = setup::gate(&site.site, site.router.clone()).layer(MockConnectInfo(peer));
    (site, router)
}

async fn get(router: &Router, path: &str) -> (StatusCode, String, String) {
    send(router, Request::get(path), "localhost:3000", "").await
}

async fn post(router: &Router, host: &str, body: &str) -> (StatusCode, String, String) {
    let request = Request::post("/setup")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    send(router, request, host, body).await
}

async fn send(
    router: &Router,
    request: http::request::Builder,
    host: &str,
    body: &str,
) -> (StatusCode, String, String) {
    let request = request.header("host", host).header("accept-language", "fr");
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response: Response<Body> = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let location =
        response.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, location, String::from_utf8(body.to_vec()).unwrap())
}

const ANSWERS: &str =
    "name=Ville+de+Saint-Florent&languages=fr-en&email=Maire%40sf.example&colour=%2323457a&accent=";

#[tokio::test]
async fn four_answers_make_the_site_and_its_administrator() {
    let (site, router) = site("http://localhost:3000").await;
    for path in ["/", "/sign-in", "/p/x", "/admin"] {
        let (status, location, _) = get(&router, path).await;
        assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/setup"), "{path}");
    }
    assert_eq!(get(&router, "/health").await.0, StatusCode::OK);
    let (status, _, page) = get(&router, "/setup").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Quatre questions") && !page.contains("name=\"code\""));
    let (status, _, page) = post(&router, "localhost:3000", "accent=%23ffd000&email=x").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "languages", "email", "accent"] {
        assert!(page.contains(&format!("href=\"#{field}\"")), "{field}");
    }
    assert!(page.contains("La plus proche qui convient est #"));
    let (status, location, _) = post(&router, "localhost:3000", ANSWERS).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/admin"));
    let made = site.store.read(|tx| boxed(settings::load(tx))).await.unwrap();
    assert!(made.ready);
    assert_eq!((made.name.fr.as_str(), made.accent.as_str()), ("Ville de Saint-Florent", "#23457a"));
    assert_eq!(made.locales, [Locale::Fr, Locale::En]);
    let found = site.store.read(|tx| boxed(parvis_civic::account::manage::by_email(tx, "maire@sf.example")));
    let admin = found.await.unwrap().unwrap();
    assert_eq!((admin.role, admin.pseudonym.as_str()), (Role::Administrator, "Ville de Saint-Florent"));
    // From now on the pages are there, and this one is not.
    assert_eq!(get(&router, "/sign-in").await.0, StatusCode::OK);
    assert_eq!(get(&router, "/setup").await.1, "/");
    let (_, location, _) = post(&router, "localhost:3000", ANSWERS).await;
    assert_eq!(location, "/", "a second time makes nothing");
}

#[tokio::test]
async fn who_is_not_at_the_machine_needs_the_code() {
    let (site, router) = site("http://localhost:3000").await;
    let refused = |page: &str| page.contains("id=\"code-error\"");
    // Another name (a rebinding attack), a proxy.
    let (status, _, page) = post(&router, "evil.example:3000", ANSWERS).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && refused(&page));
    let proxied = Request::get("/setup").header("x-forwarded-for", "9.9.9.9");
    assert!(send(&router, proxied, "localhost:3000", "").await.2.contains("name=\"code\""));
    let code = site.write(|tx| boxed(setup::issue_code(tx))).await.unwrap();
    assert_eq!(code.len(), 14, "{code}");
    let wrong = format!("{ANSWERS}&code=aaaa-bbbb-cccc");
    assert!(refused(&post(&router, "sf.example", &wrong).await.2));
    let (_, location, _) =
        post(&router, "sf.example", &format!("{ANSWERS}&code={}", code.to_uppercase())).await;
    assert_eq!(location, "/admin");
}

#[tokio::test]
async fn a_site_meant_for_others_always_asks_for_the_code() {
    let (_site, router) = site("https://participer.sf.example").await;
    assert!(get(&router, "/setup").await.2.contains("name=\"code\""));
}
