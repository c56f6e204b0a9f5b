//! Duels added up or compared one by one: Copeland and minimax.

use std::cmp::Reverse;

use crate::error::Error;
use crate::method::Counted;
use crate::method::pairwise::Duels;
use crate::outcome::{Working, Worst};
use crate::rules::{Rules, Strength};
use crate::tie::{Ties, groups};

/// A duel won is worth two points, a draw one (A. H. Copeland, 1951, with ½ for a draw).
pub(crate) fn copeland(duels: &Duels, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = duels.options;
    let (counted, rejected) = duels.turnout();
    let (mut wins, mut draws) = (vec![0_u64; options], vec![0_u64; options]);
    for a in 0..options {
        for b in (0..options).filter(|&b| b != a) {
            wins[a] += u64::from(duels.wins(a, b));
            draws[a] += u64::from(duels.at(a, b) == duels.at(b, a));
        }
    }
    let points: Vec<u64> = wins.iter().zip(&draws).map(|(wins, draws)| 2 * wins + draws).collect();
    let ranking = groups(0..options, |option| points[option]);
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::Copeland { pairwise: duels.shown(ties), wins, draws, points };
    Ok(Counted { counted, rejected, winners, ranking, working })
}

/// The option whose worst defeat is the mildest (P. B. Simpson, 1969; G. H. Kramer, 1977).
pub(crate) fn minimax(duels: &Duels, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = duels.options;
    let (counted, rejected) = duels.turnout();
    let integer = |n: u64| i64::try_from(n).map_err(|_| Error::TooLarge);
    let mut worst = vec![];
    for a in 0..options {
        let mut found: Option<(i64, Vec<usize>)> = None;
        for b in (0..options).filter(|&b| b != a) {
            let defeat = match rules.strength {
                Strength::Margins => integer(duels.at(b, a))? - integer(duels.at(a, b))?,
                Strength::WinningVotes => integer(duels.strength(b, a, rules.strength))?,
            };
            match &mut found {
                Some((most, against)) if *most == defeat => against.push(b),
                Some((most, _)) if *most > defeat => {}
                _ => found = Some((defeat, vec![b])),
            }
        }
        let (strength, against) = found.unwrap_or_default();
        worst.push(Worst { strength, against: ties.names(&against) });
    }
    let ranking = groups(0..options, |option| Reverse(worst[option].strength));
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::Minimax { strength: rules.strength, pairwise: duels.shown(ties), worst };
    Ok(Counted { counted, rejected, winners, ranking, working })
}
