//! Who may do what.

use serde::{Deserialize, Serialize};

/// What a participant is on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Takes part.
    #[default]
    Participant,
    /// Also reads flags, hides with reasons and decides appeals.
    Moderator,
    /// Also writes processes, activities and official answers.
    Editor,
    /// Everything, settings and roles included.
    Administrator,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Participant, Self::Moderator, Self::Editor, Self::Administrator];

    /// The name kept in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Moderator => "moderator",
            Self::Editor => "editor",
            Self::Administrator => "administrator",
        }
    }

    /// Reads `code()`.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// What a route asks of its visitor. It stands where the route is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, without an account.
    Anyone,
    /// Any signed-in participant.
    Participant,
    /// Moderators and administrators.
    Moderator,
    /// Editors and administrators.
    Editor,
    /// Moderators, editors and administrators: pages of the administration common to all.
    Staff,
    /// Administrators only.
    Administrator,
}

impl Access {
    /// Whether a visitor with `role` (`None`: not signed in) may pass.
    pub const fn allows(self, role: Option<Role>) -> bool {
        match (self, role) {
            (Self::Anyone, _) | (_, Some(Role::Administrator)) => true,
            (_, None) => false,
            (Self::Participant, Some(_)) => true,
            (Self::Moderator, Some(r)) => matches!(r, Role::Moderator),
            (Self::Editor, Some(r)) => matches!(r, Role::Editor),
            (Self::Staff, Some(r)) => matches!(r, Role::Moderator | Role::Editor),
            (Self::Administrator, Some(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_access_lets_in_exactly_its_roles() {
        let table = [
            (Access::Anyone, [true, true, true, true, true]),
            (Access::Participant, [false, true, true, true, true]),
            (Access::Moderator, [false, false, true, false, true]),
            (Access::Editor, [false, false, false, true, true]),
            (Access::Staff, [false, false, true, true, true]),
            (Access::Administrator, [false, false, false, false, true]),
        ];
        for (access, expected) in table {
            let visitors = std::iter::once(None).chain(Role::ALL.into_iter().map(Some));
            let got: Vec<_> = visitors.map(|r| access.allows(r)).collect();
            assert_eq!(got, expected, "{access:?}");
        }
    }
}
