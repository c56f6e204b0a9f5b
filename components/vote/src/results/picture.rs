//! The picture of a result: a bar for each option, from the best to the last, and the table that says the same.

use parvis_i18n::T;
use parvis_tally::{Exact, Outcome, Working};

use super::Names;
use crate::ballot::grade;
use crate::count::Results;

/// The picture and its table.
pub(crate) struct Picture {
    pub(crate) caption: String,
    pub(crate) summary: String,
    pub(crate) unit: String,
    pub(crate) bars: Vec<Bar>,
    pub(crate) rows: Vec<Row>,
    /// The width of the drawing, in its own units.
    pub(crate) width: i64,
    /// Where half of the votes is, for the methods that look for a majority.
    pub(crate) line: Option<i64>,
}

/// One bar.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) width: i64,
}

/// One line of the table.
pub(crate) struct Row {
    pub(crate) rank: String,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) is_winner: bool,
}

/// The width of the drawing.
const WIDE: i64 = 1000;

/// What is drawn: a figure for each option in the order of the outcome's list, its words, and the largest possible.
struct Measure {
    unit: &'static str,
    values: Vec<i128>,
    words: Vec<String>,
    /// What a full bar is; 0: the largest value.
    full: i128,
    half: bool,
}

/// A ratio in words: whole, or as it is.
pub(crate) fn exact(t: &T, value: Exact) -> String {
    if value.denominator() == 1 {
        i64::try_from(value.numerator()).map_or_else(|_| value.numerator().to_string(), |n| t.number(n))
    } else {
        format!("{}/{}", value.numerator(), value.denominator())
    }
}

/// Votes kept in units of a fraction, with two decimals.
pub(crate) fn units(t: &T, votes: u64, unit: u64) -> String {
    let unit = unit.max(1);
    let (whole, rest) = (votes / unit, u128::from(votes % unit) * 100 / u128::from(unit));
    if rest == 0 {
        return t.number(whole);
    }
    let sign = if t.locale == parvis_core::Locale::Fr { "," } else { "." };
    format!("{}{sign}{rest:02}", t.number(whole))
}

fn ratios(t: &T, unit: &'static str, values: &[Exact], full: i128, half: bool) -> Measure {
    // Bars need one scale: thousandths are finer than a pixel.
    let scaled = values.iter().map(|v| v.numerator().saturating_mul(1000) / v.denominator().max(1));
    Measure {
        unit,
        values: scaled.collect(),
        words: values.iter().map(|v| exact(t, *v)).collect(),
        full: full.saturating_mul(1000),
        half,
    }
}

fn counts(t: &T, unit: &'static str, values: &[u64], full: i128) -> Measure {
    Measure {
        unit,
        values: values.iter().map(|v| i128::from(*v)).collect(),
        words: values.iter().map(|v| t.number(*v)).collect(),
        full,
        half: false,
    }
}

fn signed(t: &T, unit: &'static str, values: &[i64]) -> Measure {
    Measure {
        unit,
        values: values.iter().map(|v| i128::from(*v)).collect(),
        words: values.iter().map(|v| t.number(*v)).collect(),
        full: 0,
        half: false,
    }
}

/// Duels won by each option.
pub(crate) fn wins(counts: &[Vec<u64>]) -> Vec<u64> {
    let n = counts.len();
    let won = |a: usize| (0..n).filter(|b| *b != a && counts[a][*b] > counts[*b][a]).count();
    (0..n).map(|a| u64::try_from(won(a)).unwrap_or(u64::MAX)).collect()
}

fn measure(t: &T, outcome: &Outcome) -> Option<Measure> {
    let ballots = i128::from(outcome.counted);
    let duels = i128::try_from(outcome.options.len().saturating_sub(1)).unwrap_or(1);
    Some(match &outcome.working {
        Working::Plurality { votes } => ratios(t, "vote-unit-votes", votes, ballots, false),
        Working::TwoRound { first, .. } => ratios(t, "vote-unit-first-round", first, ballots, true),
        Working::Approval { approvals, .. } => counts(t, "vote-unit-approvals", approvals, ballots),
        Working::PlusMinus { net, .. } => signed(t, "vote-unit-net", net),
        Working::Score { sum, .. } | Working::Star { sum, .. } => counts(t, "vote-unit-score", sum, 0),
        Working::Borda { points, .. } => ratios(t, "vote-unit-points", points, 0, false),
        Working::MajorityJudgement { merits, grades, .. } => {
            // A median, and the share above it: enough to draw the order, the words say the rest.
            let values = merits.iter().map(|m| {
                let graded = i128::from(m.graded.max(1));
                let gauge = if m.gauge.ends_with('+') { i128::from(m.above) } else { -i128::from(m.below) };
                m.median.map_or(0, |g| i128::from(g) * 2000 + 1000 + gauge * 1000 / graded)
            });
            let words = merits.iter().map(|m| {
                m.median.map_or_else(String::new, |g| {
                    let sign = if m.gauge.ends_with('+') { "+" } else { "−" };
                    format!("{} {sign}", grade(t, outcome.method, g))
                })
            });
            Measure {
                unit: "vote-unit-merit",
                values: values.collect(),
                words: words.collect(),
                full: i128::try_from(*grades).unwrap_or(1) * 2000,
                half: false,
            }
        }
        Working::Irv { rounds } => {
            let last: Vec<Exact> = (0..outcome.options.len())
                .map(|i| {
                    rounds.iter().rev().find_map(|r| r.votes.get(i).copied().flatten()).unwrap_or(Exact::ZERO)
                })
                .collect();
            ratios(t, "vote-unit-last-round", &last, ballots, true)
        }
        Working::Schulze { pairwise, .. }
        | Working::RankedPairs { pairwise, .. }
        | Working::Minimax { pairwise, .. }
        | Working::Kemeny { pairwise, .. }
        | Working::Copeland { pairwise, .. } => counts(t, "vote-unit-duels", &wins(&pairwise.counts), duels),
        Working::StvScottish { stages, unit, .. } | Working::StvMeek { stages, unit } => {
            let best: Vec<u64> = (0..outcome.options.len())
                .map(|i| stages.iter().filter_map(|s| s.votes.get(i)).copied().max().unwrap_or(0))
                .collect();
            Measure {
                unit: "vote-unit-most-votes",
                values: best.iter().map(|v| i128::from(*v)).collect(),
                words: best.iter().map(|v| units(t, *v, *unit)).collect(),
                full: 0,
                half: false,
            }
        }
        Working::Quadratic { votes, .. } => signed(t, "vote-unit-votes", votes),
        _ => return None,
    })
}

impl Picture {
    /// The picture of a result; none when nobody voted.
    pub(crate) fn of(t: &T, results: &Results) -> Option<Self> {
        let outcome = results.outcome.as_ref()?;
        let names = Names::new(results, t.locale);
        let measure = measure(t, outcome)?;
        let most = measure.values.iter().copied().max().unwrap_or(0).max(1);
        let full = if measure.full > 0 { measure.full.max(most) } else { most };
        let place = |name: &str| outcome.options.iter().position(|o| &**o == name);
        let mut bars: Vec<Bar> = vec![];
        let mut rows = vec![];
        let mut rank = 1_usize;
        for group in &outcome.ranking {
            for name in group {
                let Some(at) = place(name) else { continue };
                let value = measure.values.get(at).copied().unwrap_or(0).max(0);
                let words = measure.words.get(at).cloned().unwrap_or_default();
                let label = format!("{} : {words}", names.of(name));
                let width = i64::try_from(value * i128::from(WIDE) / full).unwrap_or(0);
                bars.push(Bar { label, width });
                let is_winner = outcome.winners.contains(name);
                rows.push(Row { rank: rank.to_string(), name: names.of(name), value: words, is_winner });
            }
            rank += group.len();
        }
        let unit = t.get(measure.unit);
        let said: Vec<String> = rows.iter().map(|r| format!("{} : {}", r.name, r.value)).collect();
        Some(Self {
            caption: t.with1("vote-picture", "unit", unit.as_str()),
            summary: said.join(", "),
            unit,
            width: WIDE,
            line: measure.half.then_some(WIDE / 2),
            bars,
            rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duels_are_won_by_more_ballots() {
        assert_eq!(wins(&[vec![0, 5, 3], vec![2, 0, 3], vec![4, 3, 0]]), [1, 0, 1]);
    }
}
