//! Serving on a real socket: a clean end, many requests on one connection.
#![allow(missing_docs)]

use std::time::Duration;

use axum::response::Response;
use parvis_core::Access;
use parvis_testkit::TestSite;
use parvis_web::{Ctx, Routes, WebError, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

async fn slow(_: Ctx) -> Result<Response, WebError> {
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(Response::new("late but whole".into()))
}

#[tokio::test]
async fn what_is_under_way_ends_before_the_service_does() {
    let site =
        TestSite::builder().routes(Routes::new().get("/slow", Access::Anyone, slow), &[]).build().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let service = tokio::spawn(serve(site.router.clone(), listener, async {
        let _ = stopped.await;
    }));
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /slow HTTP/1.1\r\nhost: parvis.test\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.send(()).unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.ends_with("late but whole"), "{answer}");
    tokio::time::timeout(Duration::from_secs(5), service).await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn health_answers_on_a_socket() {
    let site = TestSite::new(vec![]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = tokio::spawn(serve(site.router.clone(), listener, std::future::pending()));
    let mut client = TcpStream::connect(address).await.unwrap();
    let request = b"GET /health HTTP/1.1\r\nhost: parvis.test\r\n\r\n";
    client.write_all(request).await.unwrap();
    client
        .write_all(b"GET /health HTTP/1.1\r\nhost: parvis.test\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert_eq!(answer.matches("{\"ok\":true}").count(), 2, "{answer}");
    service.abort();
}
