//! Discussion tables: a panel split into small groups, session after session, each as varied as the panel, so that people
//! meet as many others as possible.
//!
//! Each session starts from a few shuffles by the seed and exchanges two people as long as that makes the plan better. Better
//! is counted in integers: for each value of each category, how far the people of a table are from the panel's share;
//! for each pair at a table, how often they have already met. The result depends on the seed and on the order of the
//! panel alone.

use crate::random::Chance;

/// What one earlier meeting weighs, beside a value that is one person off at a table of the mean size.
const AGAIN: i64 = 1;

/// Shuffles tried for each session; the best is kept.
const SHUFFLES: usize = 12;

/// A plan of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For each session, for each table, the people (places in the panel), ascending.
    pub sessions: Vec<Vec<Vec<usize>>>,
    /// How many pairs of people met 0, 1, 2 … times.
    pub meetings: Vec<usize>,
    /// How far, at most, the people of one value at one table are from the panel's share, in thousandths of a person.
    pub imbalance: u32,
}

/// Splits a panel into `tables` tables for each of `sessions` sessions. `values`: for each person, their value in each
/// category (as many as wanted; none is a split by meetings alone).
pub fn tables(values: &[Vec<String>], tables: usize, sessions: usize, seed: &str) -> Plan {
    let n = values.len();
    let tables = tables.clamp(1, n.max(1));
    let kinds = kinds(values);
    let all = kinds.iter().flatten().copied().max().map_or(0, |k| k + 1);
    let mut total = vec![0_i64; all];
    for k in kinds.iter().flatten() {
        total[*k] += 1;
    }
    let mut chance = Chance::new(seed);
    let mut met = vec![0_i64; n * n];
    let mut plan = vec![];
    for _ in 0..sessions {
        let mut best: Option<(i64, Vec<usize>)> = None;
        for _ in 0..SHUFFLES {
            let mut order: Vec<usize> = (0..n).collect();
            for i in (1..n).rev() {
                order.swap(i, chance.place(i + 1));
            }
            let mut room = Room::new(&kinds, &total, &met, n, tables);
            for (place, &p) in order.iter().enumerate() {
                room.sit(p, place % tables);
            }
            room.settle(&order);
            let worth = room.worth();
            if best.as_ref().is_none_or(|b| worth < b.0) {
                best = Some((worth, room.table));
            }
        }
        let table = best.map(|b| b.1).unwrap_or_default();
        let mut seated = vec![vec![]; tables];
        for p in 0..n {
            seated[table[p]].push(p);
        }
        for people in &seated {
            for &p in people {
                for &q in people {
                    met[p * n + q] += i64::from(p != q);
                }
            }
        }
        plan.push(seated);
    }
    let mut meetings = vec![];
    for p in 0..n {
        for q in p + 1..n {
            let times = usize::try_from(met[p * n + q]).unwrap_or(0);
            if meetings.len() <= times {
                meetings.resize(times + 1, 0);
            }
            meetings[times] += 1;
        }
    }
    let imbalance = imbalance(&plan, &kinds, &total, n);
    Plan { sessions: plan, meetings, imbalance }
}

/// Each person's values as numbers, different in each category.
fn kinds(values: &[Vec<String>]) -> Vec<Vec<usize>> {
    let mut known: Vec<(usize, &str)> = vec![];
    for person in values {
        known.extend(person.iter().enumerate().map(|(c, v)| (c, v.as_str())));
    }
    known.sort_unstable();
    known.dedup();
    let number = |c: usize, v: &str| known.binary_search(&(c, v)).unwrap_or(0);
    values.iter().map(|person| person.iter().enumerate().map(|(c, v)| number(c, v)).collect()).collect()
}

/// The tables of one session while people are being seated.
struct Room<'a> {
    kinds: &'a [Vec<usize>],
    total: &'a [i64],
    met: &'a [i64],
    people: usize,
    tables: usize,
    table: Vec<usize>,
    seated: Vec<Vec<usize>>,
    /// For each table, how many people of each value.
    count: Vec<Vec<i64>>,
}

impl<'a> Room<'a> {
    fn new(
        kinds: &'a [Vec<usize>],
        total: &'a [i64],
        met: &'a [i64],
        people: usize,
        tables: usize,
    ) -> Room<'a> {
        Room {
            kinds,
            total,
            met,
            people,
            tables,
            table: vec![0; people],
            seated: vec![vec![]; tables],
            count: vec![vec![0; total.len()]; tables],
        }
    }

    fn sit(&mut self, p: usize, table: usize) {
        self.table[p] = table;
        self.seated[table].push(p);
        for &k in &self.kinds[p] {
            self.count[table][k] += 1;
        }
    }

    /// What one more (`+1`) or one fewer (`−1`) person of a value at a table adds: the squares of `tables × count −
    /// total`, divided by `tables` so that one person off weighs about `tables`.
    fn of_value(&self, table: usize, k: usize, by: i64) -> i64 {
        let tables = i64::try_from(self.tables).unwrap_or(1);
        let off = tables * self.count[table][k] - self.total[k];
        2 * by * off + tables
    }

    fn meetings(&self, p: usize, table: usize, except: usize) -> i64 {
        self.seated[table]
            .iter()
            .filter(|&&q| q != p && q != except)
            .map(|&q| {
                let times = self.met[p * self.people + q];
                times * times
            })
            .sum()
    }

    /// What exchanging two people of different tables adds to what is to be made small.
    fn exchange(&self, p: usize, q: usize) -> i64 {
        let (a, b) = (self.table[p], self.table[q]);
        let mut change = 0;
        for (&k, &l) in self.kinds[p].iter().zip(&self.kinds[q]) {
            if k != l {
                change += self.of_value(a, k, -1) + self.of_value(b, k, 1);
                change += self.of_value(b, l, -1) + self.of_value(a, l, 1);
            }
        }
        let meet =
            self.meetings(p, b, q) + self.meetings(q, a, p) - self.meetings(p, a, p) - self.meetings(q, b, q);
        change + AGAIN * i64::try_from(self.tables).unwrap_or(1) * meet
    }

    /// What is to be made small, in all.
    fn worth(&self) -> i64 {
        let tables = i64::try_from(self.tables).unwrap_or(1);
        let off = |(count, total): (&i64, &i64)| (tables * count - total).pow(2);
        let values: i64 = self.count.iter().flat_map(|of| of.iter().zip(self.total)).map(off).sum();
        // Each pair is counted from both sides.
        let met: i64 = (0..self.people).map(|p| self.meetings(p, self.table[p], p)).sum();
        values / tables + AGAIN * tables * met / 2
    }

    fn settle(&mut self, order: &[usize]) {
        for _ in 0..60 {
            let mut changed = false;
            for (i, &p) in order.iter().enumerate() {
                let mut best = (0, None);
                for &q in &order[i + 1..] {
                    if self.table[p] != self.table[q] {
                        let change = self.exchange(p, q);
                        if change < best.0 {
                            best = (change, Some(q));
                        }
                    }
                }
                if let (_, Some(q)) = best {
                    let (a, b) = (self.table[p], self.table[q]);
                    self.leave(p, a);
                    self.leave(q, b);
                    self.sit(p, b);
                    self.sit(q, a);
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
    }

    fn leave(&mut self, p: usize, table: usize) {
        self.seated[table].retain(|&q| q != p);
        for &k in &self.kinds[p] {
            self.count[table][k] -= 1;
        }
    }
}

fn imbalance(plan: &[Vec<Vec<usize>>], kinds: &[Vec<usize>], total: &[i64], n: usize) -> u32 {
    let mut worst = 0;
    for people in plan.iter().flatten() {
        let mut count = vec![0_i64; total.len()];
        for k in people.iter().flat_map(|&p| &kinds[p]) {
            count[*k] += 1;
        }
        let (size, n) = (i64::try_from(people.len()).unwrap_or(0), i64::try_from(n.max(1)).unwrap_or(1));
        for (have, all) in count.iter().zip(total) {
            worst = worst.max((1000 * have - 1000 * all * size / n).abs());
        }
    }
    u32::try_from(worst).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(n: usize) -> Vec<Vec<String>> {
        let value = |p: usize, by: usize, of: usize| format!("{}", p / by % of);
        (0..n).map(|p| vec![value(p, 1, 2), value(p, 2, 3), value(p, 6, 5)]).collect()
    }

    #[test]
    fn everyone_sits_once_a_session_at_even_tables() {
        for (people, count, sessions) in [(30, 5, 4), (31, 4, 3), (7, 7, 2), (5, 9, 1), (1, 1, 2), (0, 3, 1)]
        {
            let plan = tables(&panel(people), count, sessions, "seed");
            assert_eq!(plan.sessions.len(), sessions);
            for session in &plan.sessions {
                let mut all: Vec<usize> = session.iter().flatten().copied().collect();
                all.sort_unstable();
                assert_eq!(all, (0..people).collect::<Vec<_>>());
                let sizes: Vec<usize> = session.iter().map(Vec::len).collect();
                let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
                assert!(most - least <= 1, "{sizes:?}");
            }
            let pairs = people * people.saturating_sub(1) / 2;
            assert_eq!(plan.meetings.iter().sum::<usize>(), pairs);
        }
    }

    #[test]
    fn tables_are_as_varied_as_the_panel() {
        // 30 people, 5 tables of 6: 3 and 3 of the first category, 2, 2 and 2 of the second.
        let values = panel(30);
        let plan = tables(&values, 5, 4, "seed");
        for table in plan.sessions.iter().flatten() {
            for (category, share) in [(0, 3), (1, 2)] {
                for value in ["0", "1"] {
                    let have = table.iter().filter(|&&p| values[p][category] == value).count();
                    assert!(have.abs_diff(share) <= 1, "{have} for {share}");
                }
            }
        }
        assert!(plan.imbalance <= 1200, "{}", plan.imbalance);
    }

    #[test]
    fn people_meet_new_people() {
        // 25 people, 5 tables of 5: six sessions could make every pair meet exactly once. Ours comes near.
        let values: Vec<Vec<String>> = (0..25).map(|_| vec![]).collect();
        let plan = tables(&values, 5, 4, "seed");
        let more: usize = plan.meetings.iter().skip(2).sum();
        // By chance alone about 52 of the 300 pairs would meet twice or more.
        assert!(more <= 20, "{:?}", plan.meetings);
        assert_eq!(plan, tables(&values, 5, 4, "seed"));
        assert_ne!(plan, tables(&values, 5, 4, "another seed"));
    }
}
