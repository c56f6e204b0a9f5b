//! A pool, its quotas and the seats to fill.

use std::collections::{BTreeMap, BTreeSet};

use crate::shape::{Class, Row, Shape};
use crate::spelling;

/// Someone who may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// What names them in the lottery: unique in the pool.
    pub id: String,
    /// Their value in each category of the pool, in its order.
    pub values: Vec<String>,
    /// Groups of which a panel takes one member at most (household, employer …), one for each grouping of the pool;
    /// `None`: alone.
    pub groups: Vec<Option<String>>,
    /// The line of the file they were read from (0: none).
    pub line: u64,
}

/// The people who may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pool {
    /// The categories that each person has a value in.
    pub categories: Vec<String>,
    /// The people.
    pub people: Vec<Person>,
}

/// How many seats the people of one value must have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quota {
    /// The category (`age`).
    pub category: String,
    /// The value (`18-24`).
    pub value: String,
    /// The fewest seats.
    pub min: u32,
    /// The most seats.
    pub max: u32,
    /// How far down `min` may be relaxed when the quotas cannot be met.
    pub min_flex: u32,
    /// How far up `max` may be relaxed when the quotas cannot be met.
    pub max_flex: u32,
    /// The line of the file it was read from (0: none).
    pub line: u64,
}

/// Why a pool and quotas cannot be drawn from, before any computation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// No quota was given.
    #[error("no quota: give at least one line category,feature,min,max")]
    NoQuota,
    /// No seat is to be filled.
    #[error("no seat to fill: the number of seats is at least 1")]
    NoSeat,
    /// A minimum is above its maximum.
    #[error("{}«{value}» of {category} asks for at least {min} and at most {max}: lower the minimum to {max} or raise the maximum to {min}", at(.line))]
    MinAboveMax {
        /// Line in the quotas.
        line: u64,
        /// Category.
        category: String,
        /// Value.
        value: String,
        /// Its minimum.
        min: u32,
        /// Its maximum.
        max: u32,
    },
    /// One value has two quotas (perhaps under two spellings).
    #[error("{}«{value}» of {category} is already on line {first} as «{first_value}»: keep one of the two lines", at(.line))]
    QuotaTwice {
        /// Line in the quotas.
        line: u64,
        /// Category.
        category: String,
        /// Value, as on this line.
        value: String,
        /// The other line.
        first: u64,
        /// The value, as on the other line.
        first_value: String,
    },
    /// The quotas speak of a category that the pool does not have.
    #[error("{}the pool has no column «{category}»{}", at(.line), hint(.nearest, .columns))]
    NoCategory {
        /// Line in the quotas.
        line: u64,
        /// Category.
        category: String,
        /// A column of the pool that looks like it.
        nearest: Option<String>,
        /// The categories that the pool has.
        columns: Vec<String>,
    },
    /// A person has no value in a category.
    #[error("{}{id} has no {category}: fill it in, or take the person out of the pool{}", at(.line), more(.others, "missing values"))]
    NoValue {
        /// Line in the pool.
        line: u64,
        /// Person.
        id: String,
        /// Category.
        category: String,
        /// How many more there are.
        others: usize,
    },
    /// A person's value has no quota.
    #[error("{}{id} has «{value}» in {category}, which the quotas do not have{}: {}", at(.line), more(.others, "such values"), add_line(.value, .nearest))]
    NoQuotaFor {
        /// Line in the pool.
        line: u64,
        /// Person.
        id: String,
        /// Category.
        category: String,
        /// Value.
        value: String,
        /// A value of the quotas that looks like it.
        nearest: Option<String>,
        /// How many more there are.
        others: usize,
    },
    /// Two people have the same id.
    #[error("{}the id «{id}» is already on line {first}: each person needs an id of their own", at(.line))]
    IdTwice {
        /// Line in the pool.
        line: u64,
        /// The id.
        id: String,
        /// The other line.
        first: u64,
    },
    /// A person has no id.
    #[error("{}this person has no id", at(.line))]
    NoId {
        /// Line in the pool.
        line: u64,
    },
    /// An accepted or refusing member (of a replacement) is not in the pool.
    #[error("«{id}» is not in the pool")]
    Unknown {
        /// The id.
        id: String,
    },
    /// A member accepted and is gone (in a replacement).
    #[error("«{id}» cannot both have accepted and be gone")]
    AcceptedAndGone {
        /// The id.
        id: String,
    },
    /// More people accepted than the panel has seats.
    #[error("{accepted} people accepted for {seats} seats")]
    TooManyAccepted {
        /// People.
        accepted: usize,
        /// Seats.
        seats: u32,
    },
}

impl Invalid {
    /// Whether the quotas are at fault, rather than the pool.
    pub fn is_of_quotas(&self) -> bool {
        matches!(
            self,
            Invalid::NoQuota
                | Invalid::MinAboveMax { .. }
                | Invalid::QuotaTwice { .. }
                | Invalid::NoCategory { .. }
        )
    }
}

fn at(line: &u64) -> String {
    if *line == 0 { String::new() } else { format!("line {line}: ") }
}

fn hint(nearest: &Option<String>, columns: &[String]) -> String {
    match nearest {
        Some(n) => format!(": did you mean «{n}»? Write both the same way"),
        None if columns.is_empty() => String::new(),
        None => format!(": its categories are {}", spelling::listed(columns)),
    }
}

/// Both mends of a value without a quota: which one is right, the program cannot know.
fn add_line(value: &str, nearest: &Option<String>) -> String {
    match nearest {
        Some(n) => {
            format!("did you mean «{n}»? Write both the same way, or add a line for «{value}» to the quotas")
        }
        None => "add a line for it to the quotas, or correct the pool".to_owned(),
    }
}

fn more(others: &usize, what: &str) -> String {
    if *others == 0 { String::new() } else { format!(" (and {others} more {what})") }
}

/// What is drawn from: checked, and ready to compute with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pool: Pool,
    quotas: Vec<Quota>,
    seats: u32,
    /// For each quota, the column of the pool and the people concerned.
    pub(crate) concerned: Vec<Vec<usize>>,
    pub(crate) shape: Shape,
    pub(crate) compositions: Vec<Composition>,
    /// How many of the shape's rows (from the first) are seats and quotas; the others are households and groups.
    pub(crate) quota_rows: usize,
    /// The number of each person's household within its composition.
    pub(crate) home: Vec<Option<usize>>,
}

/// Households that have the same members, in the sense of the quotas.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Composition {
    /// The people of each household.
    pub(crate) households: Vec<Vec<usize>>,
}

impl Problem {
    /// Checks a pool, quotas and a number of seats. Columns of the pool without a quota are left aside.
    ///
    /// # Errors
    /// The first thing that must be mended.
    pub fn new(pool: Pool, quotas: Vec<Quota>, seats: u32) -> Result<Problem, Invalid> {
        if seats == 0 {
            return Err(Invalid::NoSeat);
        }
        check_quotas(&quotas, &pool.categories)?;
        check_ids(&pool.people)?;
        let mut by_category: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for (q, quota) in quotas.iter().enumerate() {
            by_category.entry(&quota.category).or_default().insert(&quota.value, q);
        }
        let mut concerned = vec![vec![]; quotas.len()];
        // The numbers of each person's quotas: what makes people alike.
        let mut kinds: Vec<Vec<usize>> = vec![vec![]; pool.people.len()];
        for (column, category) in pool.categories.iter().enumerate() {
            let Some(values) = by_category.get(category.as_str()) else { continue };
            for (p, person) in pool.people.iter().enumerate() {
                let value = person.values.get(column).map_or("", String::as_str);
                let Some(&q) = values.get(value) else {
                    return Err(bad_value(&pool, column, values));
                };
                concerned[q].push(p);
                kinds[p].push(q);
            }
        }
        let (shape, compositions, quota_rows) = shape(&pool.people, &quotas, &concerned, &kinds, seats);
        let mut home = vec![None; pool.people.len()];
        for composition in &compositions {
            for (number, household) in composition.households.iter().enumerate() {
                for &p in household {
                    home[p] = Some(number);
                }
            }
        }
        Ok(Problem { pool, quotas, seats, concerned, shape, compositions, quota_rows, home })
    }

    /// The pool.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The columns of the pool that no quota is about: they count for nothing in the draw.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let is_used = |c: &str| self.quotas.iter().any(|q| q.category == c);
        self.pool.categories.iter().map(String::as_str).filter(move |c| !is_used(c))
    }

    /// The quotas.
    pub fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    /// The number of seats.
    pub fn seats(&self) -> u32 {
        self.seats
    }

    /// How many kinds of people there are for the quotas (people of one kind get the same probability).
    pub fn kinds(&self) -> usize {
        self.shape.classes.len()
    }

    /// The most people that a panel could have, households taken into account.
    pub fn available(&self) -> u32 {
        let alone: usize =
            self.shape.classes.iter().filter(|c| c.composition.is_none()).map(|c| c.members.len()).sum();
        let households: usize = self.compositions.iter().map(|c| c.households.len()).sum();
        u32::try_from(alone + households).unwrap_or(u32::MAX)
    }

    /// Whether these people (places in the pool) make a feasible panel.
    pub fn admits(&self, panel: &[usize]) -> bool {
        let inside: BTreeSet<usize> = panel.iter().copied().collect();
        let mut groups = BTreeSet::new();
        inside.len() == panel.len()
            && u32::try_from(panel.len()) == Ok(self.seats)
            && self.quotas.iter().zip(&self.concerned).all(|(quota, people)| {
                let seats = people.iter().filter(|p| inside.contains(p)).count();
                u32::try_from(seats).is_ok_and(|s| (quota.min..=quota.max).contains(&s))
            })
            && panel.iter().all(|&p| {
                let groupings = self.pool.people[p].groups.iter().enumerate();
                groupings
                    .into_iter()
                    .all(|(g, group)| group.as_ref().is_none_or(|name| groups.insert((g, name.as_str()))))
            })
    }

    /// The class of each person, and the probability of each from that of its class.
    pub(crate) fn by_person(&self, by_class: &[f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.pool.people.len()];
        for (class, &x) in self.shape.classes.iter().zip(by_class) {
            for &p in &class.members {
                all[p] = x;
            }
        }
        all
    }
}

fn check_quotas(quotas: &[Quota], categories: &[String]) -> Result<(), Invalid> {
    if quotas.is_empty() {
        return Err(Invalid::NoQuota);
    }
    let mut seen: BTreeMap<(String, String), &Quota> = BTreeMap::new();
    for quota in quotas {
        let Quota { line, category, value, min, max, .. } = quota.clone();
        if min > max {
            return Err(Invalid::MinAboveMax { line, category, value, min, max });
        }
        if !categories.contains(&category) {
            let nearest = spelling::nearest(&category, categories.iter().map(String::as_str));
            return Err(Invalid::NoCategory { line, category, nearest, columns: categories.to_vec() });
        }
        let key = (category.clone(), spelling::fold(&value));
        if let Some(first) = seen.insert(key, quota) {
            let (first, first_value) = (first.line, first.value.clone());
            return Err(Invalid::QuotaTwice { line, category, value, first, first_value });
        }
    }
    Ok(())
}

fn check_ids(people: &[Person]) -> Result<(), Invalid> {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for person in people {
        if person.id.is_empty() {
            return Err(Invalid::NoId { line: person.line });
        }
        if let Some(first) = seen.insert(&person.id, person.line) {
            return Err(Invalid::IdTwice { line: person.line, id: person.id.clone(), first });
        }
    }
    Ok(())
}

/// The first person whose value in this column has no quota, and how many more there are.
fn bad_value(pool: &Pool, column: usize, values: &BTreeMap<&str, usize>) -> Invalid {
    let category = pool.categories[column].clone();
    let value = |p: &Person| p.values.get(column).cloned().unwrap_or_default();
    let mut bad = pool.people.iter().filter(|p| !values.contains_key(value(p).as_str()));
    let Some(first) = bad.next() else { return Invalid::NoQuota };
    let (line, id, bad_value) = (first.line, first.id.clone(), value(first));
    let others = bad.filter(|p| value(p).is_empty() == bad_value.is_empty()).count();
    if bad_value.is_empty() {
        return Invalid::NoValue { line, id, category, others };
    }
    let nearest = spelling::nearest(&bad_value, values.keys().copied());
    Invalid::NoQuotaFor { line, id, category, value: bad_value, nearest, others }
}

/// Who must not be with whom: for each person, the set of people tied to them by groups, and whether all of that set
/// exclude each other.
fn ties(people: &[Person]) -> (Vec<usize>, BTreeMap<usize, bool>) {
    let mut groups: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate() {
        for (g, group) in person.groups.iter().enumerate() {
            if let Some(name) = group {
                groups.entry((g, name)).or_default().push(p);
            }
        }
    }
    let mut root: Vec<usize> = (0..people.len()).collect();
    fn find(root: &mut [usize], mut p: usize) -> usize {
        while root[p] != p {
            root[p] = root[root[p]];
            p = root[p];
        }
        p
    }
    for members in groups.values() {
        for &p in members {
            let (a, b) = (find(&mut root, members[0]), find(&mut root, p));
            root[a.max(b)] = a.min(b);
        }
    }
    let roots: Vec<usize> = (0..people.len()).map(|p| find(&mut root, p)).collect();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for r in &roots {
        *sizes.entry(*r).or_default() += 1;
    }
    let mut whole: BTreeMap<usize, bool> = sizes.keys().map(|r| (*r, sizes[r] == 1)).collect();
    for members in groups.values() {
        let r = roots[members[0]];
        if members.len() == sizes[&r] {
            whole.insert(r, true);
        }
    }
    (roots, whole)
}

/// What makes people exchangeable: their quotas, their kind of household, and their id when they are alone of their kind.
type Alike<'a> = (&'a [usize], Option<usize>, Option<&'a str>);

fn shape(
    people: &[Person],
    quotas: &[Quota],
    concerned: &[Vec<usize>],
    kinds: &[Vec<usize>],
    seats: u32,
) -> (Shape, Vec<Composition>, usize) {
    let (roots, whole) = ties(people);
    let mut tied: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (p, r) in roots.iter().enumerate() {
        tied.entry(*r).or_default().push(p);
    }
    // Households by what their members are.
    let mut compositions: BTreeMap<Vec<&[usize]>, Composition> = BTreeMap::new();
    for (r, members) in &tied {
        if members.len() > 1 && whole[r] {
            let mut key: Vec<&[usize]> = members.iter().map(|&p| kinds[p].as_slice()).collect();
            key.sort_unstable();
            compositions.entry(key).or_default().households.push(members.clone());
        }
    }
    let mut home: Vec<Option<usize>> = vec![None; people.len()];
    for (c, composition) in compositions.values().enumerate() {
        for &p in composition.households.iter().flatten() {
            home[p] = Some(c);
        }
    }
    let compositions: Vec<Composition> = compositions.into_values().collect();
    // Someone tied in a way that is not a household (they exclude two people who do not exclude each other) is a class
    // of one.
    let mut classes: BTreeMap<Alike<'_>, Vec<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate() {
        let alone = (!whole[&roots[p]]).then_some(person.id.as_str());
        classes.entry((&kinds[p], home[p], alone)).or_default().push(p);
    }
    let mut of = vec![0; people.len()];
    let mut shape = Shape { seats, classes: vec![], rows: vec![] };
    for ((_, composition, _), mut members) in classes {
        // The order of the file gives nobody an advantage: members stand in the order of the hashes of their ids.
        members.sort_by_cached_key(|&p| crate::random::digest(&people[p].id));
        for &p in &members {
            of[p] = shape.classes.len();
        }
        let most = composition.map_or(members.len(), |c| members.len().min(compositions[c].households.len()));
        let most = u32::try_from(most).unwrap_or(u32::MAX).min(seats);
        shape.classes.push(Class { members, most, composition });
    }
    let all = (0..shape.classes.len()).collect();
    shape.rows.push(Row { low: seats, high: seats, classes: all });
    for (quota, people) in quotas.iter().zip(concerned) {
        let classes: BTreeSet<usize> = people.iter().map(|&p| of[p]).collect();
        let (low, high) = (quota.min, quota.max.min(seats));
        let most: u64 = classes.iter().map(|&c| u64::from(shape.classes[c].most)).sum();
        if low > 0 || u64::from(high) < most.min(u64::from(seats)) {
            // A minimum above the seats: a row that no panel satisfies.
            shape.rows.push(Row { low, high: high.max(low), classes: classes.into_iter().collect() });
        }
    }
    let quota_rows = shape.rows.len();
    for (c, composition) in compositions.iter().enumerate() {
        let classes: Vec<usize> =
            (0..shape.classes.len()).filter(|&t| shape.classes[t].composition == Some(c)).collect();
        let high = u32::try_from(composition.households.len()).unwrap_or(u32::MAX);
        if classes.len() > 1 && high < seats.saturating_mul(2) {
            shape.rows.push(Row { low: 0, high, classes });
        }
    }
    let mut groups: BTreeMap<(usize, &str), BTreeSet<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate().filter(|(p, _)| !whole[&roots[*p]]) {
        for (g, group) in person.groups.iter().enumerate() {
            if let Some(name) = group {
                groups.entry((g, name)).or_default().insert(of[p]);
            }
        }
    }
    for classes in groups.into_values().filter(|c| c.len() > 1) {
        shape.rows.push(Row { low: 0, high: 1, classes: classes.into_iter().collect() });
    }
    (shape, compositions, quota_rows)
}
