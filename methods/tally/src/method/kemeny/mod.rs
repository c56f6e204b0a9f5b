//! The ranking with the fewest disagreements (J. Kemeny, 1959; H. P. Young and A. Levenglick, 1978), exactly or not at
//! all.
//!
//! Options that do not beat one another in a circle are ranked by their duels (the components of the majority relation
//! keep their order in every best ranking), so only the circles have to be searched. A circle of up to `LIMIT` options
//! always is. For a larger one, a lower bound (`bound`) first shows which duels every best ranking keeps; what is left
//! is searched unless it is too much, and then the count is refused rather than approximated.

mod bound;
mod search;

use crate::error::Error;
use crate::method::Counted;
use crate::method::pairwise::Duels;
use crate::outcome::{TieAbout, TieRule, Working};
use crate::rules::Rules;
use crate::tie::Ties;

/// A circle of so many options is always searched to the end. Larger ones usually are too.
pub const LIMIT: usize = 20;

pub(crate) fn kemeny(duels: &Duels, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = duels.options;
    let (counted, rejected) = duels.turnout();
    let components = components(duels);
    let mut best = vec![];
    for component in &components {
        let mut members = component.clone();
        // The search prefers the first of its list.
        members.sort_by_key(|&option| ties.place(option));
        best.push(search::best(duels, members)?);
    }
    // Between components, every best ranking puts above whoever wins the duel, and nothing else is asked.
    let mut component_of = vec![0; options];
    for (number, component) in components.iter().enumerate() {
        component.iter().for_each(|&option| component_of[option] = number);
    }
    let outsiders = |option: usize| {
        let of = &component_of;
        (0..options).filter(move |&other| of[other] != of[option] && duels.wins(other, option))
    };
    let mut firsts: Vec<usize> = best.iter().flat_map(|component| component.firsts.iter().copied()).collect();
    firsts.retain(|&option| outsiders(option).next().is_none());
    // Among the options that may come next, the one that the order of ties prefers.
    let mut order: Vec<usize> = vec![];
    let mut placed = vec![false; options];
    let mut next_of = vec![0; best.len()];
    let mut unique = best.iter().all(|component| component.unique);
    while order.len() < options {
        let heads =
            best.iter().zip(&next_of).filter_map(|(component, &next)| component.order.get(next).copied());
        let free: Vec<usize> = heads.filter(|&head| outsiders(head).all(|other| placed[other])).collect();
        let Some(&next) = free.iter().min_by_key(|&&option| ties.place(option)) else { break };
        unique &= free.len() == 1;
        order.push(next);
        placed[next] = true;
        next_of[component_of[next]] += 1;
    }
    let mut disagreements = 0_u64;
    for (place, &above) in order.iter().enumerate() {
        for &below in &order[place + 1..] {
            disagreements = disagreements.checked_add(duels.at(below, above)).ok_or(Error::TooLarge)?;
        }
    }
    let mut winners: Vec<usize> = order.iter().copied().take(rules.seats).collect();
    if rules.seats == 1 && firsts.len() > 1 {
        firsts.sort_unstable();
        if ties.open() {
            ties.record(TieAbout::Seat, None, &firsts, TieRule::Unresolved, &[]);
            winners = firsts;
        } else {
            ties.record(TieAbout::Seat, None, &firsts, ties.rule(), &winners);
        }
    } else if !unique {
        let all: Vec<usize> = (0..options).collect();
        ties.record(TieAbout::BestRanking, None, &all, ties.rule(), &order);
    }
    let cycles = components.iter().filter(|c| c.len() > 1).map(|c| ties.names(c)).collect();
    let working = Working::Kemeny {
        pairwise: duels.shown(ties),
        order: ties.names(&order),
        disagreements,
        unique,
        cycles,
    };
    let ranking = order.into_iter().map(|option| vec![option]).collect();
    Ok(Counted { counted, rejected, winners, ranking, working })
}

/// The strongly connected components of "beats", each in increasing order: Kosaraju's two walks, without recursion.
fn components(duels: &Duels) -> Vec<Vec<usize>> {
    let options = duels.options;
    let mut finished = vec![];
    let mut seen = vec![false; options];
    for start in 0..options {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut walk = vec![(start, 0)];
        while let Some((at, next)) = walk.last_mut() {
            let at = *at;
            match (*next..options).find(|&to| !seen[to] && duels.wins(at, to)) {
                Some(to) => {
                    *next = to + 1;
                    seen[to] = true;
                    walk.push((to, 0));
                }
                None => {
                    finished.push(at);
                    walk.pop();
                }
            }
        }
    }
    let mut found = vec![false; options];
    let mut components = vec![];
    for &start in finished.iter().rev() {
        if found[start] {
            continue;
        }
        found[start] = true;
        let mut component = vec![];
        let mut walk = vec![start];
        while let Some(at) = walk.pop() {
            component.push(at);
            for from in (0..options).filter(|&from| duels.wins(from, at)) {
                if !found[from] {
                    found[from] = true;
                    walk.push(from);
                }
            }
        }
        component.sort_unstable();
        components.push(component);
    }
    components
}
