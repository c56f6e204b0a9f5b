//! Transparency: what lets any citizen check a published result without trusting the site that published it.
//!
//! This crate is pure: it reads no file, opens no connection, asks no clock and draws no random number.
//! Everything it needs is an argument, so the same code runs in the site, in `parvis verify` on a laptop, and in
//! a test that flips every byte.
//!
//! The rooms, from the smallest brick to the whole:
//!
//! | module | what it does | source |
//! |---|---|---|
//! | [`canonical`] | one byte string for one JSON value | RFC 8785, integers only |
//! | [`commitment`] | a salted hash that stands in the journal for a personal datum | |
//! | [`merkle`] | the tree over the journal, its proofs and their verification | RFC 6962 §2.1, RFC 9162 §2.1.3–2.1.4 |
//! | [`note`] | a text signed with Ed25519 | C2SP signed-note |
//! | [`checkpoint`] | the signed head of the journal: origin, size, root | C2SP tlog-checkpoint |
//! | [`tile`] | the tree cut in files that can be cached for ever | C2SP tlog-tiles |
//! | [`receipt`] | the proof a person keeps that their act is in the journal | |
//! | [`bundle`] | the format-level checks of an open-data bundle | |
//!
//! The `README.md` of this folder says in plain words what all this promises and what it does not prove.

pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod commitment;
pub mod encode;
pub mod merkle;
pub mod note;
pub mod receipt;
pub mod tile;

pub use encode::Hash;
