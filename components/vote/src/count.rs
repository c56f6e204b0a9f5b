//! Ballots to results: the same count for the page, the publication and the verifier.

use std::collections::{BTreeMap, HashMap};

use parvis_ballotbox::Identity;
use parvis_ballotbox::close::Closing;
use parvis_tally::{Error, Method, Outcome, Profile, Ranking, Rules, count, simulate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{Ballot, Face};

/// What other methods would have given on the same ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulated {
    /// The method.
    pub method: Method,
    /// Whether it reads the ballots as they were cast, or derives what it needs from them.
    pub derived: bool,
    /// Who would win, by number of option.
    pub winners: Vec<i64>,
}

/// An option as it stood when the rules were sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub title: parvis_core::Localized,
}

/// The published results of a vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// `parvis-vote-v1`.
    pub format: String,
    /// The options, in their order.
    pub options: Vec<Named>,
    /// How well those who voted were known; none in results published before they said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// What the box held when it was closed.
    pub closing: Closing,
    /// The count with its working; none when nobody voted, or every ballot is blank.
    pub outcome: Option<Outcome>,
    /// Simulations, apart: they decide nothing.
    pub simulations: Vec<Simulated>,
}

/// Why ballots could not be counted.
#[derive(Debug)]
pub enum Problem {
    /// A ballot is not one of this vote.
    Ballot(String),
    /// What was sealed is not readable.
    Sealed(String),
    /// The method refused.
    Tally(Error),
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ballot(what) => write!(f, "a ballot is not one of this vote: {what}"),
            Self::Sealed(what) => write!(f, "the sealed rules cannot be read: {what}"),
            Self::Tally(e) => write!(f, "{e}"),
        }
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Tally(e) => Some(e),
            _ => None,
        }
    }
}

/// Ballots, identical ones together, as they are read one by one.
#[derive(Debug, Default)]
pub struct Tallied(HashMap<String, u64>);

impl Tallied {
    /// One more ballot.
    pub fn add(&mut self, ballot: &Value) {
        *self.0.entry(ballot.to_string()).or_default() += 1;
    }
}

/// Counts the ballots of a closed box under what it sealed (`model::content`).
///
/// # Errors
/// What cannot be read, or counted.
pub fn results(content: &Value, closing: &Closing, ballots: &Tallied) -> Result<Results, Problem> {
    let sealed = |e: serde_json::Error| Problem::Sealed(e.to_string());
    let options: Vec<Named> = serde_json::from_value(content["options"].clone()).map_err(sealed)?;
    let rules: Rules = serde_json::from_value(content["tally"].clone()).map_err(sealed)?;
    let mut results = Results {
        format: "parvis-vote-v1".into(),
        options,
        identity: None,
        closing: closing.clone(),
        outcome: None,
        simulations: vec![],
    };
    if ballots.0.is_empty() {
        return Ok(results);
    }
    let profile = profile(&results.options, &rules, ballots)?;
    results.outcome = match count(&profile, &rules) {
        Ok(outcome) => Some(outcome),
        // Every ballot is blank: there is nothing to count, and that is the result.
        Err(Error::NoBallot) => return Ok(results),
        Err(e) => return Err(Problem::Tally(e)),
    };
    results.simulations = simulate(&profile, &rules)
        .into_iter()
        .filter(|s| s.method != rules.method)
        .map(|s| Simulated {
            method: s.method,
            derived: s.reading != parvis_tally::Reading::AsCast,
            winners: s.outcome.winners.iter().filter_map(|n| n.parse().ok()).collect(),
        })
        .collect();
    Ok(results)
}

fn profile(options: &[Named], rules: &Rules, ballots: &Tallied) -> Result<Profile, Problem> {
    let names: Vec<String> = options.iter().map(|o| o.id.to_string()).collect();
    let place: HashMap<i64, u16> = options.iter().map(|o| o.id).zip(0u16..).collect();
    let at = |id: &i64| {
        place
            .get(id)
            .copied()
            .ok_or_else(|| Problem::Ballot(format!("it names option {id}, which is not there")))
    };
    let all = |ids: &[i64]| ids.iter().map(at).collect::<Result<Vec<_>, _>>();
    // In a fixed order, whatever the order of reading.
    let sorted: BTreeMap<&String, u64> = ballots.0.iter().map(|(b, n)| (b, *n)).collect();
    let read = sorted.into_iter().map(|(text, n)| {
        let ballot: Ballot = serde_json::from_str(text).map_err(|e| Problem::Ballot(e.to_string()))?;
        Ok((ballot, n))
    });
    let read: Vec<(Ballot, u64)> = read.collect::<Result<_, Problem>>()?;
    let other = || Problem::Ballot("it is of another method".into());
    let done = match Face::of(rules.method) {
        Face::One | Face::Rank => {
            let mut found = vec![];
            for (ballot, n) in read {
                let Ballot::Ranking(levels) = ballot else { return Err(other()) };
                let levels = levels.iter().map(|l| all(l)).collect::<Result<Vec<_>, _>>()?;
                let ranking = Ranking::weak(&levels).map_err(Problem::Tally)?;
                found.push((ranking, n));
            }
            Profile::ranked(&names, found)
        }
        Face::Approve => {
            let mut found = vec![];
            for (ballot, n) in read {
                let Ballot::Approve(ids) = ballot else { return Err(other()) };
                found.push((all(&ids)?, n));
            }
            Profile::approval(&names, found)
        }
        Face::PlusMinus => {
            let mut found = vec![];
            for (ballot, n) in read {
                let Ballot::Marks { plus, minus } = ballot else { return Err(other()) };
                found.push(((all(&plus)?, all(&minus)?), n));
            }
            Profile::plus_minus(&names, found)
        }
        Face::Grade => {
            let mut found = vec![];
            for (ballot, n) in read {
                let Ballot::Grades(grades) = ballot else { return Err(other()) };
                let mut row = vec![None; names.len()];
                for (id, grade) in &grades {
                    row[usize::from(at(id)?)] = Some(*grade);
                }
                found.push((row, n));
            }
            Profile::graded(&names, found)
        }
        Face::Points => {
            let mut found = vec![];
            for (ballot, n) in read {
                let Ballot::Points(points) = ballot else { return Err(other()) };
                let mut row = vec![0; names.len()];
                for (id, votes) in &points {
                    row[usize::from(at(id)?)] = *votes;
                }
                found.push((row, n));
            }
            Profile::points(&names, found)
        }
    };
    done.map_err(Problem::Tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Choice};
    use parvis_core::Localized;
    use serde_json::json;

    fn options(n: i64) -> Vec<Choice> {
        (1..=n)
            .map(|id| Choice {
                id: id * 10,
                title: Localized::new(format!("O{id}"), ""),
                body: Localized::default(),
                link: String::new(),
                has_picture: false,
                picture_alt: Localized::default(),
            })
            .collect()
    }

    fn counted(method: Method, ballots: &[Value]) -> Results {
        let mut rules = model::Rules { tally: Rules::new(method), ..model::Rules::default() };
        rules.tally.max_grade = Some(rules.max_grade());
        rules.tally.plus = Some(2);
        rules.tally.minus = Some(1);
        rules.tally.credits = Some(16);
        let mut all = Tallied::default();
        ballots.iter().for_each(|b| all.add(b));
        results(&model::content(&rules, &options(3)), &Closing::default(), &all).unwrap()
    }

    #[test]
    fn each_method_counts_its_own_ballots() {
        for method in Method::ALL {
            let ballot = match Face::of(method) {
                Face::One => json!({ "ranking": [[20]] }),
                Face::Rank => json!({ "ranking": [[20], [10], [30]] }),
                Face::Approve => json!({ "approve": [20] }),
                Face::PlusMinus => json!({ "marks": { "plus": [20], "minus": [] } }),
                Face::Grade => json!({ "grades": { "10": 1, "20": 4, "30": 0 } }),
                Face::Points => json!({ "points": { "20": 3 } }),
            };
            let results = counted(method, &[ballot.clone(), ballot]);
            let outcome = results.outcome.unwrap();
            assert_eq!(&*outcome.winners[0], "20", "{method}");
            assert!(results.simulations.iter().all(|s| s.method != method));
            // What is published is canonical JSON: no float anywhere.
            let value = serde_json::to_value(&outcome).unwrap();
            assert!(parvis_transparency::canonical::to_text(&value).is_ok(), "{method}: {value}");
        }
    }

    #[test]
    fn a_box_without_ballots_has_no_outcome() {
        assert_eq!(counted(Method::Approval, &[]).outcome, None);
    }

    #[test]
    fn a_ballot_of_another_vote_is_refused_by_name() {
        let mut all = Tallied::default();
        all.add(&json!({ "approve": [99] }));
        let content = model::content(&model::Rules::default(), &options(3));
        let refused = results(&content, &Closing::default(), &all).unwrap_err();
        assert!(refused.to_string().contains("option 99"), "{refused}");
    }
}
