//! Ranked pairs (T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare
//! 4, 1987): the strongest duels are kept first, and one that contradicts those already kept is left out.

use crate::error::Error;
use crate::method::Counted;
use crate::method::pairwise::{Duels, layers};
use crate::outcome::{Edge, TieAbout, Working};
use crate::rules::Rules;
use crate::tie::Ties;

pub(crate) fn ranked_pairs(duels: &Duels, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = duels.options;
    let (counted, rejected) = duels.turnout();
    let mut edges = vec![];
    for a in 0..options {
        for b in 0..options {
            let strength = duels.strength(a, b, rules.strength);
            if strength > 0 {
                edges.push((strength, duels.at(b, a), a, b));
            }
        }
    }
    // The strongest first; of two as strong, the one with fewer ballots against; then the order of the winners, then
    // of the losers.
    edges.sort_by(|a, b| {
        b.0.cmp(&a.0)
            .then(a.1.cmp(&b.1))
            .then(ties.place(a.2).cmp(&ties.place(b.2)))
            .then(ties.place(a.3).cmp(&ties.place(b.3)))
    });
    let mut reach = Reach::new(options);
    let mut shown = vec![];
    let equal_strength = edges.windows(2).any(|pair| pair[0].0 == pair[1].0);
    for class in edges.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        // Their order matters only where one of them is left out because of another.
        let possible: Vec<bool> = class.iter().map(|&(_, _, a, b)| !reach.has(b, a)).collect();
        let mut mattered = false;
        for (&(strength, opposition, winner, loser), possible) in class.iter().zip(possible) {
            let locked = !reach.has(loser, winner);
            mattered |= possible && !locked;
            if locked {
                reach.add(winner, loser);
            }
            shown.push(Edge {
                winner: ties.name(winner),
                loser: ties.name(loser),
                strength,
                opposition,
                locked,
            });
        }
        if mattered {
            let mut tied: Vec<usize> = class.iter().flat_map(|&(_, _, a, b)| [a, b]).collect();
            tied.sort_unstable();
            tied.dedup();
            ties.record(TieAbout::Duels, None, &tied, ties.rule(), &[]);
        }
    }
    let ranking = layers(options, |a, b| reach.has(a, b))?;
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::RankedPairs {
        strength: rules.strength,
        pairwise: duels.shown(ties),
        edges: shown,
        equal_strength,
    };
    Ok(Counted { counted, rejected, winners, ranking, working })
}

/// Who stands above whom, through any number of duels kept: one row of bits an option.
struct Reach {
    words: usize,
    bits: Vec<u64>,
}

impl Reach {
    fn new(options: usize) -> Self {
        let words = options.div_ceil(64);
        Self { words, bits: vec![0; words * options] }
    }

    fn has(&self, from: usize, to: usize) -> bool {
        self.bits[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }

    fn add(&mut self, from: usize, to: usize) {
        if self.has(from, to) {
            return;
        }
        let mut new = self.bits[to * self.words..(to + 1) * self.words].to_vec();
        new[to / 64] |= 1 << (to % 64);
        for above in 0..self.bits.len() / self.words {
            if above == from || self.has(above, from) {
                let row = &mut self.bits[above * self.words..(above + 1) * self.words];
                row.iter_mut().zip(&new).for_each(|(bits, new)| *bits |= new);
            }
        }
    }
}
