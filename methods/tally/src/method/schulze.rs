//! Strongest paths (M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
//! single-winner election method", Social Choice and Welfare 36, 2011).

use crate::error::Error;
use crate::method::Counted;
use crate::method::pairwise::{Duels, layers};
use crate::outcome::Working;
use crate::rules::Rules;
use crate::tie::Ties;

pub(crate) fn schulze(duels: &Duels, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = duels.options;
    let (counted, rejected) = duels.turnout();
    let mut paths = vec![vec![0_u64; options]; options];
    let mut previous = vec![vec![None; options]; options];
    for a in 0..options {
        for b in 0..options {
            paths[a][b] = duels.strength(a, b, rules.strength);
            if paths[a][b] > 0 {
                previous[a][b] = Some(u16::try_from(a).map_err(|_| Error::TooManyOptions(options))?);
            }
        }
    }
    // Floyd and Warshall's widest paths.
    for through in 0..options {
        let (row, row_previous) = (paths[through].clone(), previous[through].clone());
        for from in 0..options {
            let to_through = paths[from][through];
            if from == through || to_through == 0 {
                continue;
            }
            for to in 0..options {
                let strength = to_through.min(row[to]);
                if to != from && strength > paths[from][to] {
                    paths[from][to] = strength;
                    previous[from][to] = row_previous[to];
                }
            }
        }
    }
    let ranking = layers(options, |a, b| paths[a][b] > paths[b][a])?;
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::Schulze { strength: rules.strength, pairwise: duels.shown(ties), paths, previous };
    Ok(Counted { counted, rejected, winners, ranking, working })
}
