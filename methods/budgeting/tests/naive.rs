//! Random small elections, against the definitions written as plainly as possible, and against what each rule promises.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};
use parvis_budgeting::{
    Ballot, BallotKind, Completion, Decimal, Election, Limits, Outcome, Project, Rule, Rules, Satisfaction,
    Ties, by_totals, cost_needed_within, count, votes_needed_within,
};
use proptest::prelude::*;

/// An election in the plainest form: each voter's points for each project (0: not chosen), or ranks.
#[derive(Debug, Clone)]
struct Plain {
    kind: BallotKind,
    budget: i64,
    /// Amounts count 10^-decimals each.
    decimals: u32,
    costs: Vec<i64>,
    /// Of each voter: projects with points, in the order of the ballot.
    ballots: Vec<Vec<(u32, i64)>>,
}

impl Plain {
    /// Ids such that "10" comes before "2", in the order of the projects.
    fn id(p: usize) -> String {
        (p * 7 % 11 + 1).to_string()
    }

    fn election(&self) -> Election {
        let project = |(p, &cost): (usize, &i64)| Project {
            id: Self::id(p),
            name: String::new(),
            cost: Decimal::new(cost, self.decimals).unwrap(),
        };
        let projects = self.costs.iter().enumerate().map(project).collect();
        let budget = Decimal::new(self.budget, self.decimals).unwrap();
        let against = (self.kind == BallotKind::Scoring).then(|| Decimal::whole(-9).unwrap());
        let limits = Limits { min_points: against, ..Limits::default() };
        let mut builder = Election::builder(self.kind, budget, projects, limits).unwrap();
        for ballot in &self.ballots {
            let projects: Vec<u32> = ballot.iter().map(|choice| choice.0).collect();
            let points: Vec<Decimal> =
                ballot.iter().map(|choice| Decimal::whole(choice.1).unwrap()).collect();
            let ballot = if self.kind.has_points() {
                Ballot::Points(&projects, &points)
            } else {
                Ballot::Projects(&projects)
            };
            builder.ballot(ballot).unwrap();
        }
        builder.finish()
    }

    /// What each voter gets from each project.
    fn utilities(&self, satisfaction: Satisfaction) -> Vec<Vec<BigRational>> {
        let of = |ballot: &Vec<(u32, i64)>| {
            let mut row = vec![BigRational::zero(); self.costs.len()];
            for (place, &(p, points)) in ballot.iter().enumerate() {
                let length = i64::try_from(ballot.len()).unwrap();
                let place = i64::try_from(place).unwrap();
                let p = usize::try_from(p).unwrap();
                let chosen = i64::from(!self.kind.has_points() || points > 0);
                row[p] = match satisfaction {
                    Satisfaction::Cost => ratio(self.costs[p] * chosen),
                    Satisfaction::Cardinality => ratio(chosen),
                    Satisfaction::Points => ratio(points),
                    Satisfaction::Borda => ratio(length - place - 1),
                    Satisfaction::Ranks => ratio(length - place),
                };
            }
            row
        };
        self.ballots.iter().map(of).collect()
    }

    fn rank(p: usize) -> String {
        Self::id(p)
    }
}

fn ratio(n: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(n))
}

fn elections() -> impl Strategy<Value = Plain> {
    let kinds = prop::sample::select(BallotKind::ALL.to_vec());
    // Few different costs: ties everywhere.
    let costs = prop::collection::vec(
        prop_oneof![1 => Just(0_i64), 8 => 1_i64..8, 4 => Just(4), 1 => 20_i64..60],
        1..8,
    );
    (kinds, 0_i64..30, 0_u32..2, costs, 0_usize..14, any::<u64>()).prop_map(
        |(kind, budget, decimals, costs, n, seed)| {
            let mut state = seed | 1;
            let mut next = move |bound: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state % bound
            };
            let many = u64::try_from(costs.len()).unwrap();
            let ballots = (0..n).map(|_| {
                let most = if kind == BallotKind::ChooseOne { next(2) } else { next(many + 1) };
                let mut ballot: Vec<(u32, i64)> = Vec::new();
                for _ in 0..most {
                    let p = u32::try_from(next(many)).unwrap();
                    if !ballot.iter().any(|(q, _)| *q == p) {
                        ballot.push((p, i64::try_from(next(4)).unwrap()));
                    }
                }
                ballot
            });
            let ballots = ballots.collect();
            Plain { kind, budget, decimals, costs, ballots }
        },
    )
}

fn satisfactions(kind: BallotKind) -> Vec<Satisfaction> {
    let all = Satisfaction::ALL.iter().copied();
    let fits = |s: &Satisfaction| match s {
        Satisfaction::Cost | Satisfaction::Cardinality => true,
        Satisfaction::Points => kind.has_points(),
        Satisfaction::Borda | Satisfaction::Ranks => kind == BallotKind::Ordinal,
    };
    all.filter(fits).collect()
}

fn ids(winners: &[usize]) -> Vec<String> {
    winners.iter().map(|&p| Plain::id(p)).collect()
}

/// The smallest rate at which the supporters' money pays the cost, by trying each of the rates at which somebody runs
/// out; nothing when all their money is too little.
fn rate(
    money: &[BigRational],
    utilities: &[Vec<BigRational>],
    p: usize,
    cost: &BigRational,
) -> Option<BigRational> {
    let supporters: Vec<usize> = (0..money.len()).filter(|&i| utilities[i][p].is_positive()).collect();
    let all: BigRational = supporters.iter().map(|&i| &money[i]).sum();
    if all < *cost || supporters.is_empty() {
        return None;
    }
    let limits = supporters.iter().map(|&i| &money[i] / &utilities[i][p]);
    let mut candidates: Vec<BigRational> = limits.collect();
    candidates.push(BigRational::zero());
    // Between two limits the payment grows in proportion: solve in each part.
    candidates.sort();
    for from in candidates {
        let rich: BigRational = supporters
            .iter()
            .filter(|&&i| money[i] > &from * &utilities[i][p])
            .map(|&i| &utilities[i][p])
            .sum();
        let paid: BigRational =
            supporters.iter().map(|&i| money[i].clone().min(&from * &utilities[i][p])).sum();
        if paid >= *cost {
            return Some(from);
        }
        if rich.is_positive() {
            let rate = &from + (cost - &paid) / rich;
            let paid: BigRational =
                supporters.iter().map(|&i| money[i].clone().min(&rate * &utilities[i][p])).sum();
            if paid == *cost {
                return Some(rate);
            }
        }
    }
    None
}

/// Winners with their rates.
fn equal_shares(
    plain: &Plain,
    utilities: &[Vec<BigRational>],
    endowment: &BigRational,
) -> Vec<(usize, BigRational)> {
    let mut money = vec![endowment.clone(); plain.ballots.len()];
    let mut winners: Vec<(usize, BigRational)> = Vec::new();
    let mut free: Vec<usize> = (0..plain.costs.len())
        .filter(|&p| plain.costs[p] == 0 && utilities.iter().any(|row| row[p].is_positive()))
        .collect();
    free.sort_by_key(|&p| Plain::rank(p));
    winners.extend(free.into_iter().map(|p| (p, BigRational::zero())));
    loop {
        let rest =
            (0..plain.costs.len()).filter(|p| plain.costs[*p] > 0 && winners.iter().all(|(q, _)| q != p));
        let best = rest
            .filter_map(|p| Some((rate(&money, utilities, p, &ratio(plain.costs[p]))?, Plain::rank(p), p)))
            .min();
        let Some((rate, _, p)) = best else { return winners };
        for (i, money) in money.iter_mut().enumerate() {
            let pays = (&rate * &utilities[i][p]).min(money.clone());
            *money -= pays;
        }
        winners.push((p, rate));
    }
}

fn add1(plain: &Plain, utilities: &[Vec<BigRational>], exhaustive_stop: bool) -> Vec<usize> {
    let cost = |winners: &[usize]| winners.iter().map(|&p| plain.costs[p]).sum::<i64>();
    let supported: Vec<usize> = (0..plain.costs.len())
        .filter(|&p| plain.costs[p] > 0 && utilities.iter().any(|row| row[p].is_positive()))
        .collect();
    let voters = i64::try_from(plain.ballots.len().max(1)).unwrap();
    let mut endowment = BigRational::new(plain.budget.into(), voters.into());
    let mut kept: Vec<usize> = equal_shares(plain, utilities, &endowment).into_iter().map(|w| w.0).collect();
    loop {
        let mut rest = supported.iter().filter(|p| !kept.contains(p)).peekable();
        if rest.peek().is_none()
            || (exhaustive_stop && rest.all(|&p| cost(&kept) + plain.costs[p] > plain.budget))
        {
            return kept;
        }
        endowment += ratio(10_i64.pow(plain.decimals));
        let next: Vec<usize> = equal_shares(plain, utilities, &endowment).into_iter().map(|w| w.0).collect();
        if cost(&next) > plain.budget {
            return kept;
        }
        kept = next;
    }
}

fn greedy(plain: &Plain, utilities: &[Vec<BigRational>], before: &[usize]) -> Vec<usize> {
    let mut left = plain.budget - before.iter().map(|&p| plain.costs[p]).sum::<i64>();
    let mut winners = before.to_vec();
    let mut order: Vec<usize> = (0..plain.costs.len()).filter(|p| !before.contains(p)).collect();
    order.sort_by_key(|&p| {
        let score: BigRational = utilities.iter().map(|row| &row[p]).sum();
        let density =
            if plain.costs[p] > 0 { score.clone() / ratio(plain.costs[p]) } else { ratio(i64::MAX) };
        let density = if score.is_positive() { density } else { BigRational::zero() };
        (-density, Plain::rank(p))
    });
    for p in order {
        if plain.costs[p] <= left {
            left -= plain.costs[p];
            winners.push(p);
        }
    }
    winners
}

/// Each voter's load; the next project has the smallest load of its supporters once its cost is shared equally.
fn phragmen(plain: &Plain, utilities: &[Vec<BigRational>], skip: bool) -> Vec<usize> {
    let mut loads = vec![BigRational::zero(); plain.ballots.len()];
    let mut left = plain.budget;
    let mut rest: Vec<usize> = (0..plain.costs.len()).filter(|&p| plain.costs[p] <= plain.budget).collect();
    let mut winners = Vec::new();
    while !rest.is_empty() {
        let load = |p: usize| {
            let mine: Vec<usize> = (0..loads.len()).filter(|&i| utilities[i][p].is_positive()).collect();
            let all: BigRational = mine.iter().map(|&i| &loads[i]).sum();
            let count = i64::try_from(mine.len()).unwrap();
            if count == 0 {
                (1, BigRational::zero())
            } else {
                (0, (all + ratio(plain.costs[p])) / ratio(count))
            }
        };
        let least = rest.iter().map(|&p| load(p)).min().unwrap();
        let mut equals: Vec<usize> = rest.iter().copied().filter(|&p| load(p) == least).collect();
        let over: Vec<usize> = equals.iter().copied().filter(|&p| plain.costs[p] > left).collect();
        if !over.is_empty() {
            if !skip {
                break;
            }
            rest.retain(|p| !over.contains(p));
            continue;
        }
        equals.sort_by_key(|&p| Plain::rank(p));
        let p = equals[0];
        for (i, load) in loads.iter_mut().enumerate() {
            if utilities[i][p].is_positive() {
                *load = least.1.clone();
            }
        }
        left -= plain.costs[p];
        winners.push(p);
        rest.retain(|&q| q != p);
    }
    winners
}

/// All sets of projects that bring something, the best by satisfaction, then by the sorted list of ids.
fn knapsack(plain: &Plain, utilities: &[Vec<BigRational>]) -> Vec<String> {
    let score = |p: usize| utilities.iter().map(|row| &row[p]).sum::<BigRational>();
    let useful: Vec<usize> = (0..plain.costs.len()).filter(|&p| score(p).is_positive()).collect();
    let mut best: Option<(BigRational, Vec<String>)> = None;
    for set in 0..1_u32 << useful.len() {
        let set: Vec<usize> =
            useful.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, &p)| p).collect();
        if set.iter().map(|&p| plain.costs[p]).sum::<i64>() > plain.budget {
            continue;
        }
        let total: BigRational = set.iter().map(|&p| score(p)).sum();
        let mut ids = ids(&set);
        ids.sort();
        if best.as_ref().is_none_or(|(most, least)| total > *most || (total == *most && ids < *least)) {
            best = Some((total, ids));
        }
    }
    best.unwrap().1
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

/// What holds of any outcome.
fn sound(plain: &Plain, outcome: &Outcome) {
    assert_eq!(outcome.selected, sorted(outcome.order.clone()));
    assert!(outcome.total_cost <= outcome.budget);
    let left = outcome.budget.to_f64() - outcome.total_cost.to_f64();
    let fits = |p: &usize| {
        let cost = Decimal::new(plain.costs[*p], plain.decimals).unwrap().ratio().to_f64();
        !outcome.selected.contains(&Plain::id(*p)) && cost <= left + 1e-9
    };
    assert_eq!(outcome.exhaustive, (0..plain.costs.len()).find(fits).is_none());
    assert_eq!(outcome.rounds.len(), outcome.order.len());
    for (n, (round, id)) in outcome.rounds.iter().zip(&outcome.order).enumerate() {
        assert_eq!((usize::try_from(round.round).unwrap(), &round.project), (n + 1, id));
    }
    let out: Vec<String> = outcome.left_out.iter().map(|left| left.project.clone()).collect();
    let all = sorted((0..plain.costs.len()).map(Plain::id).collect());
    assert_eq!(sorted([outcome.order.clone(), out].concat()), all, "each project is selected or left out");
    for tie in &outcome.ties {
        assert!(tie.projects.len() > 1 && tie.projects.contains(&tie.chosen), "{tie:?}");
    }
    let text = serde_json::to_string(outcome).unwrap();
    assert_eq!(serde_json::from_str::<Outcome>(&text).unwrap(), *outcome);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rules_do_what_their_definitions_say(plain in elections()) {
        let election = plain.election();
        let run = |rules: &Rules| {
            let outcome = count(&election, rules).unwrap();
            sound(&plain, &outcome);
            outcome
        };
        for satisfaction in satisfactions(plain.kind) {
            let utilities = plain.utilities(satisfaction);
            let rules = |rule| Rules::new(rule).satisfaction(satisfaction);
            let plainly = greedy(&plain, &utilities, &[]);
            prop_assert_eq!(run(&rules(Rule::Greedy)).order, ids(&plainly));
            prop_assert_eq!(run(&rules(Rule::Knapsack)).selected, knapsack(&plain, &utilities));
            let voters = i64::try_from(plain.ballots.len().max(1)).unwrap();
            let endowment = BigRational::new(plain.budget.into(), voters.into());
            let shares = equal_shares(&plain, &utilities, &endowment);
            let outcome = run(&rules(Rule::EqualShares));
            let winners: Vec<usize> = shares.iter().map(|w| w.0).collect();
            prop_assert_eq!(&outcome.order, &ids(&winners));
            for ((p, rate), round) in shares.iter().zip(&outcome.rounds) {
                // With equal satisfaction for all, the price of a supporter; otherwise the price of a point.
                let unit = match satisfaction {
                    Satisfaction::Cost => ratio(plain.costs[*p]),
                    _ => ratio(1),
                };
                let price = rate * unit / ratio(10_i64.pow(plain.decimals));
                if let Some(effective) = &round.effective_cost {
                    prop_assert_eq!(effective.to_string(), price.to_string());
                }
            }
            let completed = run(&rules(Rule::EqualShares).completion(Completion::Greedy));
            prop_assert_eq!(completed.order, ids(&greedy(&plain, &utilities, &winners)));
            let kept = add1(&plain, &utilities, true);
            prop_assert_eq!(run(&rules(Rule::EqualShares).completion(Completion::Add1)).order, ids(&kept));
            let all = run(&rules(Rule::EqualShares).completion(Completion::Add1u));
            prop_assert_eq!(&all.order, &ids(&greedy(&plain, &utilities, &kept)));
            prop_assert!(all.exhaustive);
            let kept = add1(&plain, &utilities, false);
            let long = Rules { exhaustive_stop: false, ..rules(Rule::EqualShares).completion(Completion::Add1) };
            prop_assert_eq!(run(&long).order, ids(&kept));
        }
        let utilities = plain.utilities(Satisfaction::Cardinality);
        prop_assert_eq!(run(&Rules::new(Rule::Phragmen)).order, ids(&phragmen(&plain, &utilities, false)));
        prop_assert_eq!(run(&Rules::new(Rule::PhragmenSkip)).order, ids(&phragmen(&plain, &utilities, true)));
    }

    #[test]
    fn nothing_depends_on_the_order_of_ballots_or_of_projects(plain in elections(), turn in 0_usize..20) {
        let mut other = plain.clone();
        if !other.ballots.is_empty() {
            let middle = turn % other.ballots.len();
            other.ballots.rotate_left(middle);
            other.ballots.reverse();
        }
        let (first, second) = (plain.election(), other.election());
        for rule in Rule::ALL {
            for completion in Completion::ALL {
                if *completion != Completion::None && *rule != Rule::EqualShares {
                    continue;
                }
                for ties in [Ties::Lexicographic, Ties::ByCost, Ties::ByVotes] {
                    let rules = Rules::new(*rule).completion(*completion).ties(ties);
                    prop_assert_eq!(count(&first, &rules), count(&second, &rules));
                }
            }
        }
    }

    /// Extended justified representation up to one project: no group that could pay a set of projects they all chose
    /// with its part of the budget gets less, all its members, than that set less one project.
    #[test]
    fn equal_shares_leaves_no_deserving_group_aside(plain in elections()) {
        let plain = Plain { kind: BallotKind::Approval, ..plain };
        for satisfaction in [Satisfaction::Cost, Satisfaction::Cardinality] {
            let utilities = plain.utilities(satisfaction);
            let outcome = count(&plain.election(), &Rules::new(Rule::EqualShares).satisfaction(satisfaction)).unwrap();
            let won = |p: usize| outcome.selected.contains(&Plain::id(p));
            for set in 1..1_u32 << plain.costs.len() {
                let set: Vec<usize> = (0..plain.costs.len()).filter(|p| set >> p & 1 == 1).collect();
                let group: Vec<usize> = (0..plain.ballots.len())
                    .filter(|&i| set.iter().all(|&p| utilities[i][p].is_positive()))
                    .collect();
                let cost: i64 = set.iter().map(|&p| plain.costs[p]).sum();
                let (group_size, voters) =
                    (i64::try_from(group.len()).unwrap(), i64::try_from(plain.ballots.len()).unwrap());
                if group.is_empty() || cost * voters > plain.budget * group_size {
                    continue;
                }
                let satisfied = group.iter().any(|&i| {
                    let has: BigRational =
                        (0..plain.costs.len()).filter(|&p| won(p)).map(|p| &utilities[i][p]).sum();
                    let due: BigRational = set.iter().map(|&p| &utilities[i][p]).sum();
                    has >= due || set.iter().any(|&p| !won(p) && &has + &utilities[i][p] > due)
                });
                prop_assert!(satisfied, "group {:?} deserves {:?}, {:?} won", group, set, outcome.selected);
            }
        }
    }
}

/// Everything tied, many times over: the exact comparisons are the rule here, not the exception.
#[test]
fn large_ties_are_told_apart_by_the_rule() {
    let projects: Vec<Project> = (0..60)
        .map(|n| Project { id: format!("{n:02}"), name: String::new(), cost: Decimal::whole(7).unwrap() })
        .collect();
    let mut builder =
        Election::builder(BallotKind::Approval, "100".parse().unwrap(), projects, Limits::default()).unwrap();
    let all: Vec<u32> = (0..60).collect();
    for _ in 0..3000 {
        builder.ballot(Ballot::Projects(&all)).unwrap();
    }
    let election = builder.finish();
    for rule in [Rule::Greedy, Rule::Knapsack, Rule::EqualShares, Rule::Phragmen] {
        let outcome = count(&election, &Rules::new(rule)).unwrap();
        let first: Vec<String> = (0..14).map(|n| format!("{n:02}")).collect();
        assert_eq!(outcome.selected, first, "{rule}");
        assert!(outcome.ties[0].decisive && outcome.ties[0].resolved_by == "lexicographic", "{rule}");
    }
}

/// Voters who end with very little beside others who have plenty: prices lean on small differences, round after round.
#[test]
fn prices_stay_exact_when_few_pay_for_many() {
    let mut seed = 12_345_u64;
    let mut next = move |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let costs: Vec<i64> = (0..11).map(|_| 20 + i64::try_from(next(800)).unwrap()).collect();
    let ballots: Vec<Vec<(u32, i64)>> = (0..80)
        .map(|i| {
            let one =
                |p: u32, next: &mut dyn FnMut(u64) -> u64| (i % 20 == 0 || next(3) == 0).then_some((p, 1));
            (0..11).filter_map(|p| one(p, &mut next)).collect()
        })
        .collect();
    let plain = Plain { kind: BallotKind::Approval, budget: 1800, decimals: 0, costs, ballots };
    for satisfaction in [Satisfaction::Cost, Satisfaction::Cardinality] {
        let utilities = plain.utilities(satisfaction);
        for more in 0..12 {
            let budget = plain.budget + more * 270;
            let plain = Plain { budget, ..plain.clone() };
            let shares = equal_shares(&plain, &utilities, &BigRational::new(budget.into(), 80.into()));
            let outcome =
                count(&plain.election(), &Rules::new(Rule::EqualShares).satisfaction(satisfaction)).unwrap();
            assert_eq!(outcome.order, ids(&shares.iter().map(|w| w.0).collect::<Vec<_>>()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The small election that stands for a large one: the same winners, and the same numbers missing.
    #[test]
    fn totals_say_what_the_ballots_say(mut plain in elections(), against in 1_i64..4) {
        if plain.kind == BallotKind::Scoring {
            // Votes against too.
            let points = plain.ballots.iter_mut().flatten().map(|choice| &mut choice.1);
            points.filter(|points| **points % 4 == against).for_each(|points| *points = -*points);
        }
        let election = plain.election();
        for satisfaction in satisfactions(plain.kind) {
            for rule in Rule::ALL {
                for ties in [Ties::Lexicographic, Ties::ByVotes, Ties::ByCost] {
                    for threshold in [None, Decimal::whole(2).ok()] {
                        let mut rules = Rules::new(*rule).satisfaction(satisfaction).ties(ties.clone());
                        rules.threshold = threshold;
                        let Ok(outcome) = count(&election, &rules) else { continue };
                        let small = by_totals(&election, &rules);
                        prop_assert_eq!(small.ballots(), election.ballots());
                        let again = count(&small, &rules).unwrap();
                        prop_assert_eq!((&again.order, &again.rounds, &again.left_out),
                            (&outcome.order, &outcome.rounds, &outcome.left_out));
                        for left in &outcome.left_out {
                            let (mut a, mut b) = (u64::MAX, u64::MAX);
                            prop_assert_eq!(
                                votes_needed_within(&small, &rules, &left.project, &mut a),
                                votes_needed_within(&election, &rules, &left.project, &mut b)
                            );
                            prop_assert_eq!(
                                cost_needed_within(&small, &rules, &left.project, &mut a),
                                cost_needed_within(&election, &rules, &left.project, &mut b)
                            );
                        }
                    }
                }
            }
        }
    }
}
