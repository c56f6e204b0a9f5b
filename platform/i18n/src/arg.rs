//! What a message can be given: texts and whole numbers.

use std::borrow::Cow;

/// An argument of a message. Numbers choose the plural and are written as the language writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A whole number.
    Number(i64),
    /// A text, inserted as it is.
    Text(Cow<'a, str>),
}

/// A whole number, however a template hands it over (by value or behind references).
pub trait Int {
    /// Its value; what does not fit is brought to the nearest end.
    fn int(self) -> i64;
}

macro_rules! integers {
    ($($t:ty),*) => { $(
        impl Int for $t {
            fn int(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
        impl From<$t> for Arg<'_> {
            fn from(n: $t) -> Self {
                Self::Number(n.int())
            }
        }
        impl From<&$t> for Arg<'_> {
            fn from(n: &$t) -> Self {
                Self::Number((*n).int())
            }
        }
        impl From<&&$t> for Arg<'_> {
            fn from(n: &&$t) -> Self {
                Self::Number((**n).int())
            }
        }
    )* };
}
integers!(i32, u32, i64, u64, usize);

impl<N: Int + Copy> Int for &N {
    fn int(self) -> i64 {
        (*self).int()
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}
impl<'a> From<&&'a str> for Arg<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text((*text).into())
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}
impl<'a> From<&&'a String> for Arg<'a> {
    fn from(text: &&'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}
