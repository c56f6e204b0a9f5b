//! The states through which an idea and a winning project go, and what became of a promise.

use jiff::civil::Date;

/// Where an idea stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Nobody has studied it yet.
    Received,
    /// A service studies it.
    Study,
    /// It can be put to the vote.
    Feasible,
    /// It cannot, for a public reason.
    Refused,
    /// Another idea took it in.
    Merged,
}

impl State {
    /// Every state, in the order of the path.
    pub(crate) const ALL: [Self; 5] =
        [Self::Received, Self::Study, Self::Feasible, Self::Refused, Self::Merged];

    /// Those that an editor sets.
    pub(crate) const SET: [Self; 4] = [Self::Received, Self::Study, Self::Feasible, Self::Refused];

    /// The name kept in the database.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Study => "study",
            Self::Feasible => "feasible",
            Self::Refused => "refused",
            Self::Merged => "merged",
        }
    }

    /// Reads `code()`.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The key of its name.
    pub(crate) fn key(self) -> String {
        format!("budget-state-{}", self.code())
    }

    /// The sign of its status.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Received => "soon",
            Self::Study => "open",
            Self::Feasible => "yes",
            Self::Refused => "no",
            Self::Merged => "info",
        }
    }

    /// Whether its reason and its cost are public.
    pub(crate) const fn is_decided(self) -> bool {
        matches!(self, Self::Feasible | Self::Refused)
    }

    /// Whether an editor may bring it to that state: a decision can be taken again, a merger cannot be undone, and an
    /// idea on the ballot stays feasible.
    pub(crate) const fn may_become(self, to: Self, has_project: bool) -> bool {
        match (self, to) {
            (Self::Merged, _) | (_, Self::Merged) => false,
            (_, Self::Feasible) => true,
            _ => !has_project,
        }
    }
}

/// How far a winning project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Being drawn, bought, authorised.
    Studies,
    /// Being made.
    Works,
    /// There.
    Delivered,
    /// Given up.
    Abandoned,
}

impl Progress {
    /// Every step, in order.
    pub(crate) const ALL: [Self; 4] = [Self::Studies, Self::Works, Self::Delivered, Self::Abandoned];

    /// The name kept in the database.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Studies => "studies",
            Self::Works => "works",
            Self::Delivered => "delivered",
            Self::Abandoned => "abandoned",
        }
    }

    /// Reads `code()`; none before the follow-up begins.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }

    /// The key of its name.
    pub(crate) fn key(self) -> String {
        format!("budget-progress-{}", self.code())
    }

    /// The sign of its status.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Studies => "soon",
            Self::Works => "open",
            Self::Delivered => "yes",
            Self::Abandoned => "no",
        }
    }
}

/// The days that were promised for a project, and the day it was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Promise {
    /// What was promised first: what the project is held to.
    pub(crate) first: Option<Date>,
    /// What is promised now.
    pub(crate) last: Option<Date>,
    /// The day it was delivered.
    pub(crate) delivered: Option<Date>,
    /// It was given up.
    pub(crate) is_abandoned: bool,
}

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No day was promised, and nothing is delivered.
    NoDate,
    /// The day has not come.
    Waits,
    /// The day has passed: so many days ago.
    Late(i64),
    /// Delivered by the first day promised, or without any.
    InTime,
    /// Delivered so many days after the first day promised.
    DeliveredLate(i64),
    /// Given up.
    Abandoned,
}

impl Promise {
    /// What became of it, seen from this day.
    pub(crate) fn outcome(&self, today: Date) -> Outcome {
        let after = |day: Date, promised: Date| {
            day.since(promised).map(|span| i64::from(span.get_days())).unwrap_or_default()
        };
        match (self.delivered, self.first) {
            _ if self.is_abandoned => Outcome::Abandoned,
            (Some(day), Some(first)) if day > first => Outcome::DeliveredLate(after(day, first)),
            (Some(_), _) => Outcome::InTime,
            (None, None) => Outcome::NoDate,
            (None, Some(first)) if today > first => Outcome::Late(after(today, first)),
            (None, Some(_)) => Outcome::Waits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_held_to_its_first_day() {
        let day = |text: &str| Some(text.parse().unwrap());
        let today = "2026-06-01".parse().unwrap();
        let none = Promise::default();
        assert_eq!(none.outcome(today), Outcome::NoDate);
        let promised = Promise { first: day("2026-06-01"), last: day("2026-06-01"), ..none };
        assert_eq!(promised.outcome(today), Outcome::Waits, "the day itself is not late");
        let late = Promise { first: day("2026-02-28"), last: day("2026-09-01"), ..none };
        assert_eq!(late.outcome(today), Outcome::Late(93));
        assert_eq!(Promise { delivered: day("2026-02-28"), ..late }.outcome(today), Outcome::InTime);
        assert_eq!(
            Promise { delivered: day("2026-03-01"), ..late }.outcome(today),
            Outcome::DeliveredLate(1)
        );
        assert_eq!(Promise { delivered: day("2026-03-01"), ..none }.outcome(today), Outcome::InTime);
        assert_eq!(Promise { is_abandoned: true, ..late }.outcome(today), Outcome::Abandoned);
    }

    #[test]
    fn each_state_leads_only_where_it_may() {
        for from in State::ALL {
            assert_eq!(State::parse(from.code()), Some(from));
            for to in State::ALL {
                let merged = from == State::Merged || to == State::Merged;
                assert_eq!(from.may_become(to, false), !merged, "{from:?} → {to:?}");
                assert_eq!(from.may_become(to, true), !merged && to == State::Feasible, "{from:?} → {to:?}");
            }
        }
        for progress in Progress::ALL {
            assert_eq!(Progress::parse(progress.code()), Some(progress));
        }
        assert_eq!(Progress::parse(""), None);
    }
}
