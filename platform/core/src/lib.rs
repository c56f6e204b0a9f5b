//! What every room of Parvis stands on: ids, the clock, languages, roles and field errors.
//!
//! Nothing here knows the web or a database.
#![doc = include_str!("../README.md")]

pub mod clock;
pub mod field;
pub mod locale;
pub mod role;
pub mod testing;

pub use clock::{Clock, FixedClock, Millis, SystemClock};
pub use field::{FieldError, FieldErrors};
pub use locale::{Locale, Localized};
pub use role::{Access, Role};
