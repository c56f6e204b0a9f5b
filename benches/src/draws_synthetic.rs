//! Pools of the sizes of the private pools of the article's table (same people, seats and number of categories), made here
//! from a fixed stream of chance: volunteers who do not look like the population, quotas that do.

use parvis_sortition::{Chance, Problem};

/// What can be made.
pub(crate) const NAMES: [&str; 6] = [
    "example_large_2000_200",
    "like_sf_e_1727_110",
    "like_sf_e_1727_110_wide",
    "like_sf_e_1727_110_alike",
    "like_nexus_342_170",
    "like_obf_321_30",
];

/// The pool of a name.
pub(crate) fn pool(name: &str) -> Option<Problem> {
    match name {
        "example_large_2000_200" => example_large(),
        "like_sf_e_1727_110" => make(name, 1727, 110, 7, 5, 1),
        "like_sf_e_1727_110_wide" => make(name, 1727, 110, 7, 5, 3),
        // As many kinds of people as the article has, or about.
        "like_sf_e_1727_110_alike" => make(name, 1727, 110, 7, 3, 1),
        "like_nexus_342_170" => make(name, 342, 170, 5, 5, 2),
        "like_obf_321_30" => make(name, 321, 30, 8, 5, 2),
        _ => None,
    }
}

/// The public large example of the article: 2,000 people, 200 seats, two categories of two values.
fn example_large() -> Option<Problem> {
    let people: Vec<Vec<usize>> = (0..2000)
        .map(|n| match n % 4 {
            0 => vec![0, 0],
            1 => vec![0, 1],
            _ => vec![1, 1],
        })
        .collect();
    let quotas = vec![vec![(99, 200), (99, 200)], vec![(50, 200), (99, 200)]];
    super::draws::problem(&people, &quotas, 200).ok()
}

/// `values`: a category has two values at least, and this many less one more at most. `width`: seats between a minimum and
/// its maximum.
fn make(
    name: &str,
    people: usize,
    seats: u32,
    categories: usize,
    values: u64,
    width: u32,
) -> Option<Problem> {
    let mut chance = Chance::new(name);
    // For each category, how likely each value is in the population and among volunteers.
    let mut shares: Vec<Vec<(u64, u64)>> = vec![];
    for _ in 0..categories {
        let values = 2 + chance.below(values);
        shares.push((0..values).map(|_| (50 + chance.below(100), 30 + chance.below(170))).collect());
    }
    let pool: Vec<Vec<usize>> = (0..people)
        .map(|_| shares.iter().map(|of| pick(&mut chance, of.iter().map(|s| s.1))).collect())
        .collect();
    // The quotas are those of one panel that looks like the population, and a little room.
    let mut panel = vec![];
    let mut left: Vec<usize> = (0..people).collect();
    while u32::try_from(panel.len()).ok()? < seats {
        let weights: Vec<u64> = left
            .iter()
            .map(|&p| {
                let like = pool[p].iter().zip(&shares).map(|(&v, of)| 100 * of[v].0 / of[v].1);
                like.fold(1_000_000_u64, |w, x| w * x.clamp(20, 500) / 100).max(1)
            })
            .collect();
        panel.push(left.remove(pick(&mut chance, weights.into_iter())));
    }
    let quotas: Vec<Vec<(u32, u32)>> = shares
        .iter()
        .enumerate()
        .map(|(c, of)| {
            let seats = |v: usize| panel.iter().filter(|&&p| pool[p][c] == v).count();
            let quota = |v: usize| {
                let have = u32::try_from(seats(v)).unwrap_or(0);
                let min = have.saturating_sub(width / 2);
                (min, min + width)
            };
            (0..of.len()).map(quota).collect()
        })
        .collect();
    super::draws::problem(&pool, &quotas, seats).ok()
}

/// A place, each as likely as its weight says.
fn pick(chance: &mut Chance, weights: impl Iterator<Item = u64> + Clone) -> usize {
    let mut left = chance.below(weights.clone().sum());
    for (place, weight) in weights.enumerate() {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return place,
        }
    }
    0
}
