//! Whether the quotas can be met, by their own numbers and by the people who volunteered; and the smallest change that mends
//! them when not.

use parvis_i18n::T;
use parvis_sortition::{Invalid, NoRelaxation, Relaxation};

use crate::model::{Clash, Rules};
use crate::pool::{Files, Row, Unfit};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    /// Nothing contradicts the seats; nobody has volunteered yet.
    Plausible,
    /// A panel exists.
    Feasible,
    /// The quotas contradict the seats, or themselves.
    Clashes(Vec<Clash>),
    /// Fewer people than seats.
    TooFew {
        /// People, one a household.
        available: u32,
        /// Seats.
        seats: u32,
    },
    /// No panel meets all the quotas: the smallest change that can.
    Relax(Relaxation),
    /// Somebody's answers do not fit the categories any more.
    Answers {
        /// The pseudonym.
        id: String,
        /// The category.
        category: String,
        /// How many more there are.
        others: usize,
    },
    /// Stopped before it was known.
    Unknown,
}

impl Verdict {
    /// Whether a draw may begin.
    pub(crate) const fn is_feasible(&self) -> bool {
        matches!(self, Self::Feasible)
    }

    /// Whether something must be mended.
    pub(crate) const fn is_wrong(&self) -> bool {
        !matches!(self, Self::Plausible | Self::Feasible | Self::Unknown)
    }

    /// In words, one line a thing to mend.
    pub(crate) fn lines(&self, t: &T) -> Vec<String> {
        match self {
            Self::Plausible => vec![t.get("panel-check-plausible")],
            Self::Feasible => vec![t.get("panel-check-feasible")],
            Self::Unknown => vec![t.get("panel-check-unknown")],
            Self::Clashes(all) => all.iter().map(|c| clash(t, c)).collect(),
            Self::TooFew { available, seats } => {
                vec![t.with2(
                    "panel-check-few",
                    "available",
                    i64::from(*available),
                    "seats",
                    i64::from(*seats),
                )]
            }
            Self::Answers { id, category, others } => {
                vec![t.with3(
                    "panel-check-answers",
                    "id",
                    id.as_str(),
                    "category",
                    category.as_str(),
                    "others",
                    *others,
                )]
            }
            Self::Relax(relaxation) => {
                let head =
                    if relaxation.is_smallest { "panel-check-relax" } else { "panel-check-relax-some" };
                let mut lines = vec![t.get(head)];
                for c in &relaxation.changes {
                    let name = format!("{}, {}", c.quota.category, c.quota.value);
                    let people = i64::try_from(c.people).unwrap_or(i64::MAX);
                    let mut say = |key: &str, from: u32, to: u32| {
                        lines.push(t.with(
                            key,
                            &[
                                ("name", name.as_str().into()),
                                ("from", i64::from(from).into()),
                                ("to", i64::from(to).into()),
                                ("count", people.into()),
                            ],
                        ));
                    };
                    if c.suggested_min != c.quota.min {
                        say("panel-check-lower", c.quota.min, c.suggested_min);
                    }
                    if c.suggested_max != c.quota.max {
                        say("panel-check-raise", c.quota.max, c.suggested_max);
                    }
                }
                lines
            }
        }
    }
}

fn clash(t: &T, clash: &Clash) -> String {
    match clash {
        Clash::FewValues { category } => t.with1("panel-clash-values", "category", category.as_str()),
        Clash::MinAboveMax { category, value, min, max } => t.with3(
            "panel-clash-above",
            "name",
            format!("{category}, {value}"),
            "min",
            i64::from(*min),
            "max",
            i64::from(*max),
        ),
        Clash::MinSum { category, sum, seats } => t.with(
            "panel-clash-min",
            &[
                ("category", category.as_str().into()),
                ("sum", i64::from(*sum).into()),
                ("seats", i64::from(*seats).into()),
                ("count", i64::from(sum - seats).into()),
            ],
        ),
        Clash::MaxSum { category, sum, seats } => t.with(
            "panel-clash-max",
            &[
                ("category", category.as_str().into()),
                ("sum", i64::from(*sum).into()),
                ("seats", i64::from(*seats).into()),
                ("count", i64::from(seats - sum).into()),
            ],
        ),
    }
}

/// Checks rules against the people who volunteered so far. May be long: call it on a blocking thread; `go_on` is asked as
/// it works.
pub(crate) fn check(rules: &Rules, rows: &[Row], go_on: &mut dyn FnMut() -> bool) -> Verdict {
    let clashes = rules.clashes();
    if !clashes.is_empty() {
        return Verdict::Clashes(clashes);
    }
    if rows.is_empty() || rules.seats == 0 || rules.categories.is_empty() {
        return Verdict::Plausible;
    }
    let problem = match Files::new(rules, rows).problem(rules.seats, rules.households) {
        Ok(problem) => problem,
        Err(Unfit::Invalid(
            Invalid::NoValue { id, category, others, .. } | Invalid::NoQuotaFor { id, category, others, .. },
        )) => return Verdict::Answers { id, category, others },
        Err(_) => return Verdict::Unknown,
    };
    match problem.relaxation(&mut |_| go_on()) {
        Ok(r) if r.changes.is_empty() => Verdict::Feasible,
        Ok(r) => Verdict::Relax(r),
        Err(NoRelaxation::TooFewPeople { available, seats }) => Verdict::TooFew { available, seats },
        Err(NoRelaxation::Limits | NoRelaxation::Stopped) => Verdict::Unknown,
    }
}
