//! Ties: the order that breaks them, and the record of each.

use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::outcome::{Name, Tie, TieAbout, TieRule};
use crate::rules::TieBreak;

/// The order of the lot: options by the SHA-256 of `seed`, a line feed and their name, in increasing order of its
/// hexadecimal digits; the first is preferred. Anybody can draw it again with `printf '%s\n%s' SEED NAME | sha256sum`.
/// It depends on neither the order of the options nor on anything that was not public.
pub fn lot_order<'a, N: AsRef<str>>(seed: &str, options: &'a [N]) -> Vec<&'a str> {
    let mut drawn: Vec<(String, &str)> =
        options.iter().map(|name| (lot(seed, name.as_ref()), name.as_ref())).collect();
    drawn.sort();
    drawn.into_iter().map(|(_, name)| name).collect()
}

fn lot(seed: &str, name: &str) -> String {
    hex::encode(Sha256::new().chain_update(seed).chain_update(b"\n").chain_update(name).finalize())
}

/// The order that breaks ties, and the ties met so far.
#[derive(Debug)]
pub(crate) struct Ties {
    options: Vec<Name>,
    /// For each option, its place in the order; the lowest is preferred.
    place: Vec<usize>,
    rule: TieRule,
    open: bool,
    pub(crate) met: Vec<Tie>,
}

impl Ties {
    pub(crate) fn new(options: &[Name], by: &TieBreak) -> Result<Self, Error> {
        let listed: Vec<&str> = options.iter().map(AsRef::as_ref).collect();
        let (order, rule): (Vec<&str>, TieRule) = match by {
            TieBreak::Open | TieBreak::Options => (listed, TieRule::Options),
            TieBreak::Order { order } => (order.iter().map(String::as_str).collect(), TieRule::Order),
            TieBreak::Lot { seed } => (lot_order(seed, options), TieRule::Lot),
        };
        let mut place = vec![usize::MAX; options.len()];
        let number: std::collections::BTreeMap<&str, usize> =
            options.iter().enumerate().map(|(n, name)| (&**name, n)).collect();
        for (rank, name) in order.iter().enumerate() {
            match number.get(name) {
                Some(&n) if place[n] == usize::MAX => place[n] = rank,
                _ => return Err(Error::TieOrder((*name).to_owned())),
            }
        }
        if let Some(missing) = place.iter().position(|&p| p == usize::MAX) {
            return Err(Error::TieOrder(options[missing].to_string()));
        }
        Ok(Self { options: options.to_vec(), place, rule, open: matches!(by, TieBreak::Open), met: vec![] })
    }
    /// Whether ties for a seat are left as they are.
    pub(crate) fn open(&self) -> bool {
        self.open
    }

    pub(crate) fn place(&self, option: usize) -> usize {
        self.place[option]
    }

    pub(crate) fn rule(&self) -> TieRule {
        self.rule
    }

    pub(crate) fn name(&self, option: usize) -> Name {
        self.options[option].clone()
    }

    pub(crate) fn names(&self, options: &[usize]) -> Vec<Name> {
        options.iter().map(|&option| self.name(option)).collect()
    }

    pub(crate) fn record(
        &mut self,
        about: TieAbout,
        round: Option<usize>,
        tied: &[usize],
        resolved_by: TieRule,
        chosen: &[usize],
    ) {
        let mut tied = tied.to_vec();
        tied.sort_unstable();
        let tie = Tie { about, round, options: self.names(&tied), resolved_by, chosen: self.names(chosen) };
        self.met.push(tie);
    }

    /// The preferred of tied options, by the order alone; recorded when there are several.
    pub(crate) fn first(&mut self, about: TieAbout, round: Option<usize>, tied: &[usize]) -> Option<usize> {
        let chosen = tied.iter().copied().min_by_key(|&option| self.place[option])?;
        if tied.len() > 1 {
            self.record(about, round, tied, self.rule, &[chosen]);
        }
        Some(chosen)
    }

    /// The least preferred of tied options.
    pub(crate) fn last(&mut self, about: TieAbout, round: Option<usize>, tied: &[usize]) -> Option<usize> {
        let chosen = tied.iter().copied().max_by_key(|&option| self.place[option])?;
        if tied.len() > 1 {
            self.record(about, round, tied, self.rule, &[chosen]);
        }
        Some(chosen)
    }

    /// Fills seats from a ranking of groups. A group that is larger than the seats left is a tie for them: broken
    /// by the order, or left open, and then all of the group win.
    pub(crate) fn seat(&mut self, ranking: &[Vec<usize>], seats: usize) -> Vec<usize> {
        let mut winners = vec![];
        for group in ranking {
            let left = seats.saturating_sub(winners.len());
            if left == 0 {
                break;
            }
            let mut group = group.clone();
            if group.len() > left {
                if self.open {
                    self.record(TieAbout::Seat, None, &group, TieRule::Unresolved, &[]);
                } else {
                    group.sort_by_key(|&option| self.place[option]);
                    let chosen = group[..left].to_vec();
                    self.record(TieAbout::Seat, None, &group, self.rule, &chosen);
                    group = chosen;
                }
            }
            winners.extend(group);
        }
        winners
    }
}

/// Of tied options, those that had the fewest (or the most) in the most recent list where they differ.
pub(crate) fn earlier<K: Ord + Copy>(mut tied: Vec<usize>, history: &[Vec<K>], fewest: bool) -> Vec<usize> {
    for votes in history.iter().rev() {
        if tied.len() < 2 {
            break;
        }
        let held = tied.iter().map(|&option| votes[option]);
        let Some(extreme) = (if fewest { held.min() } else { held.max() }) else { break };
        tied.retain(|&option| votes[option] == extreme);
    }
    tied
}

/// Groups of options of equal key, the greatest key first; inside a group, by number.
pub(crate) fn groups<K: Ord>(
    options: impl Iterator<Item = usize>,
    key: impl Fn(usize) -> K,
) -> Vec<Vec<usize>> {
    let mut sorted: Vec<(K, usize)> = options.map(|option| (key(option), option)).collect();
    sorted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut groups: Vec<Vec<usize>> = vec![];
    let mut last: Option<K> = None;
    for (key, option) in sorted {
        match (groups.last_mut(), &last) {
            (Some(group), Some(last)) if *last == key => group.push(option),
            _ => groups.push(vec![option]),
        }
        last = Some(key);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lot_can_be_drawn_with_a_shell() {
        // for n in A B C; do printf '%s\n%s' 2026-11-25 $n | sha256sum; done → 854eb7…, 43d02f…, 6e831d…
        assert_eq!(lot_order("2026-11-25", &["A", "B", "C"]), ["B", "C", "A"]);
        assert_eq!(lot_order("2026-11-25", &["C", "B", "A"]), ["B", "C", "A"]);
        assert_ne!(lot_order("a", &["A", "B", "C", "D", "E"]), lot_order("b", &["A", "B", "C", "D", "E"]));
    }

    #[test]
    fn an_order_names_each_option_once() {
        let options: Vec<Name> = vec!["A".into(), "B".into()];
        let order = |names: &[&str]| TieBreak::Order { order: names.iter().map(|&n| n.to_owned()).collect() };
        assert!(Ties::new(&options, &order(&["B", "A"])).is_ok());
        for bad in [&["A"][..], &["A", "A"], &["A", "B", "C"]] {
            assert!(matches!(Ties::new(&options, &order(bad)), Err(Error::TieOrder(_))), "{bad:?}");
        }
    }
}
