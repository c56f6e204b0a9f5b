//! Ballots of one kind read as another, where that takes no guess about what people meant.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::profile::{Ballots, Kind, Profile, Ranking, Votes, grouped};
use crate::rules::{Blank, Rules};

/// How a method read the ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// As they were cast.
    AsCast,
    /// Derived: the order of the grades, the grades from `threshold` on as approvals …
    Derived,
}

/// The profile as the method of the rules reads it.
///
/// - rankings are read from grades, approvals, plus and minus votes and points, whose order they keep;
/// - approvals from grades (from `threshold` on) and from plus votes;
/// - grades from approvals (0, 1) and from plus and minus votes (0, 1, 2).
///
/// # Errors
/// `Error::WrongKind` for the rest.
pub(crate) fn read_as<'a>(profile: &'a Profile, rules: &Rules) -> Result<(Cow<'a, Profile>, Reading), Error> {
    let kind = rules.method.kind();
    if profile.kind() == kind || (kind == Kind::Graded && profile.kind() == Kind::Merits) {
        return Ok((Cow::Borrowed(profile), Reading::AsCast));
    }
    let options = profile.options().len();
    let ballots = match (profile.ballots(), kind) {
        (Ballots::Graded(ballots), Kind::Ranked) => {
            let blank = match rules.blank {
                Blank::Worst => Some(0),
                Blank::Grade(grade) => Some(grade),
                Blank::Exclude | Blank::Median => None,
            };
            // A ballot of blanks alone orders nothing.
            let of = |b: &Vec<Option<u32>>| {
                let any = b.iter().any(Option::is_some);
                Ranking::by_value(b.iter().map(|grade| grade.or(blank).filter(|_| any)))
            };
            ranked(ballots, of)?
        }
        (Ballots::Approval(ballots), Kind::Ranked) => {
            ranked(ballots, |b| Ranking::by_value((0..options).map(|o| has(b, o).then_some(0))))?
        }
        (Ballots::PlusMinus(ballots), Kind::Ranked) => ranked(ballots, |(plus, minus)| {
            let any = !plus.is_empty() || !minus.is_empty();
            Ranking::by_value(
                (0..options).map(|o| any.then_some(i8::from(has(plus, o)) - i8::from(has(minus, o)))),
            )
        })?,
        (Ballots::Points(ballots), Kind::Ranked) => ranked(ballots, |b| {
            let any = b.iter().any(|&v| v != 0);
            Ranking::by_value(b.iter().map(|&v| any.then_some(v)))
        })?,
        (Ballots::Graded(ballots), Kind::Approval) => {
            let Some(threshold) = rules.threshold else {
                return Err(Error::MissingRule {
                    method: rules.method,
                    rule: "a threshold on graded ballots",
                });
            };
            let of = |b: &Vec<Option<u32>>| -> Vec<u16> {
                (0_u16..).zip(b).filter(|(_, g)| g.is_some_and(|g| g >= threshold)).map(|(o, _)| o).collect()
            };
            Ballots::Approval(grouped(ballots.iter().map(|(b, n)| (of(b), *n)).collect())?)
        }
        (Ballots::PlusMinus(ballots), Kind::Approval) => {
            Ballots::Approval(grouped(ballots.iter().map(|((plus, _), n)| (plus.clone(), *n)).collect())?)
        }
        (Ballots::Approval(ballots), Kind::Graded) => {
            let of = |b: &Vec<u16>| (0..options).map(|o| Some(u32::from(has(b, o)))).collect();
            Ballots::Graded(grouped(ballots.iter().map(|(b, n)| (of(b), *n)).collect())?)
        }
        (Ballots::PlusMinus(ballots), Kind::Graded) => {
            let of = |plus: &[u16], minus: &[u16]| {
                (0..options).map(|o| Some(1 + u32::from(has(plus, o)) - u32::from(has(minus, o)))).collect()
            };
            Ballots::Graded(grouped(ballots.iter().map(|((p, m), n)| (of(p, m), *n)).collect())?)
        }
        _ => return Err(Error::WrongKind { method: rules.method, kind: profile.kind(), needs: kind }),
    };
    Ok((Cow::Owned(profile.derived(ballots)), Reading::Derived))
}

fn has(set: &[u16], option: usize) -> bool {
    u16::try_from(option).is_ok_and(|option| set.binary_search(&option).is_ok())
}

fn ranked<B>(ballots: &Votes<B>, of: impl Fn(&B) -> Ranking) -> Result<Ballots, Error> {
    Ok(Ballots::Ranked(grouped(ballots.iter().map(|(b, n)| (of(b), *n)).collect())?))
}
