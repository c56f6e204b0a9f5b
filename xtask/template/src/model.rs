//! What may be done, and when: no web, no database.

/// The name of this component in the database and in the code.
pub const NAME: &str = "sample";

/// What a participant does with their support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// They support.
    Support,
    /// They take their support back.
    TakeBack,
}

/// What the button does for somebody who supports already, or not yet; none when the activity is not open.
pub fn act(open: bool, supports: bool) -> Option<Act> {
    match (open, supports) {
        (false, _) => None,
        (true, false) => Some(Act::Support),
        (true, true) => Some(Act::TakeBack),
    }
}
