#![doc = include_str!("../README.md")]

mod backup;
mod check;
mod error;
mod guard;
mod lite;
mod migrate;
mod pg;
pub mod search;
mod store;
pub mod testing;
mod tx;
mod value;

use std::pin::Pin;

pub use check::Finding;
pub use error::{Cause, Error};
pub use migrate::Migrations;
pub use parvis_store_macros::db_test;
pub use store::{Engine, Options, Store, Target, Token};
pub use tx::Tx;
pub use value::{FromVal, Row, Val};

/// What a closure given to [`Store::write`] returns.
pub type Fut<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Puts a future in the box that [`Store::write`] and [`Store::read`] want:
/// `store.read(move |tx| boxed(async move { tx.one(SQL, &p![id]).await?.get("title") }))`.
pub fn boxed<'a, T>(f: impl Future<Output = T> + Send + 'a) -> Fut<'a, T> {
    Box::pin(f)
}

// The code that `#[db_test]` makes says `::parvis_store`, also in this crate's own tests.
#[cfg(test)]
extern crate self as parvis_store;
