//! The least that a durable write over HTTP costs: a form in, one row through the same store, a redirection out.
//! No session, no rules, no journal. What a vote does besides is measured against it.

use std::path::Path;

use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::post;
use parvis_store::{Error, Options, Store, Target, p};

/// Opens a store with one small table.
///
/// # Errors
/// The store.
pub async fn store(file: &Path) -> Result<Store> {
    let store = Store::open(&Target::Sqlite(file.to_owned()), Options::default()).await?;
    store
        .write(|tx| {
            Box::pin(async move {
                tx.script("create table bare (id integer primary key, person bigint, value bigint)").await
            })
        })
        .await?;
    Ok(store)
}

/// Inserts one row, durably.
///
/// # Errors
/// The store.
pub async fn insert(store: &Store, person: i64) -> Result<(), Error> {
    let sql = "insert into bare (person, value) values ($1, 1)";
    store.write(move |tx| Box::pin(async move { tx.exec(sql, &p![person]).await })).await?;
    Ok(())
}

/// Serves until it is killed.
///
/// # Errors
/// The store, or the network.
pub async fn serve(file: &Path) -> Result<()> {
    let store = store(file).await?;
    let router = Router::new().route("/", post(answer)).with_state(store);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn answer(State(store): State<Store>, body: String) -> impl IntoResponse {
    let person = i64::try_from(body.len()).unwrap_or_default();
    match insert(&store, person).await {
        Ok(()) => (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
