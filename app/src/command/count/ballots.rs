//! `parvis count ballots`: an election from a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use parvis_tally::format::{self, Format};
use parvis_tally::{
    Blank, BordaPolicy, EqualRanks, Kind, Method, Outcome as Counted, Rules, Strength, TieBreak,
};
use serde::Serialize;

use super::super::{Outcome, file_name, read, say};
use super::ballots_text;

/// Count an election.
#[derive(Debug, Args)]
pub struct Ballots {
    /// The ballots
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How ballots become winners: plurality, two-round, approval, d21, score, star, borda, majority-judgement, irv,
    /// schulze, ranked-pairs, copeland, minimax, kemeny, stv-scottish, stv-meek, quadratic
    #[arg(long)]
    method: Method,
    /// How many options win [default: that of the file for a transferable vote, else 1]
    #[arg(long, value_name = "N")]
    seats: Option<usize>,
    /// How the file is written: csv, scot, preflib, abif, d21, shares [default: guessed]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// What breaks a tie: open (options stay tied), options (their order in the file), order:A,B,C (that order),
    /// lot:SEED (a lot drawn from a public seed)
    #[arg(long, default_value = "open", value_parser = ties)]
    ties: TieBreak,
    /// d21: the most plus votes on a ballot
    #[arg(long, value_name = "P")]
    plus: Option<u32>,
    /// d21: the most minus votes on a ballot
    #[arg(long, value_name = "M")]
    minus: Option<u32>,
    /// quadratic: the credits of a ballot
    #[arg(long, value_name = "C")]
    credits: Option<u64>,
    /// approval: the most options on a ballot
    #[arg(long, value_name = "N")]
    most: Option<u32>,
    /// approval on graded ballots: the lowest grade that approves
    #[arg(long, value_name = "GRADE")]
    threshold: Option<u32>,
    /// score, star, majority-judgement: the highest grade of the scale [default: the highest found]
    #[arg(long, value_name = "GRADE")]
    max_grade: Option<u32>,
    /// Graded ballots, what a blank is: worst, exclude, median, or a grade [default: worst; exclude for shares]
    #[arg(long, value_parser = blank)]
    blank: Option<Blank>,
    /// schulze, ranked-pairs, minimax, how strong a duel is: margins, winning-votes
    #[arg(long, default_value = "margins", value_parser = strength)]
    strength: Strength,
    /// borda, what options left out of a ballot receive: zero, average, modified
    #[arg(long, default_value = "zero", value_parser = borda)]
    borda: BordaPolicy,
    /// A ballot with several first choices, where one vote is counted: split, reject [default: split; reject for a
    /// csv counted by plurality or in two rounds]
    #[arg(long, value_parser = equal_ranks)]
    equal_ranks: Option<EqualRanks>,
    /// The result and its working as one JSON object
    #[arg(long)]
    json: bool,
}

impl Ballots {
    pub(super) fn run(self) -> Result<Outcome> {
        let bytes = read(&self.file)?;
        // Grades and a threshold are one way of approving.
        let kind = if self.method == Method::Approval && self.threshold.is_some() {
            Kind::Graded
        } else {
            self.method.kind()
        };
        let file = self.file.display();
        let read =
            format::read(&bytes, &file_name(&self.file), self.format, kind).map_err(|e| match e.line {
                Some(line) => anyhow!("{file}:{line}: {e}"),
                None => anyhow!("{file}: {e}"),
            })?;
        let rules = self.rules(read.format, read.seats);
        let outcome = parvis_tally::count(&read.profile, &rules).map_err(|e| anyhow!("{file}: {e}"))?;
        if self.json {
            say(serde_json::to_string(&Answer {
                outcome: &outcome,
                format: read.format,
                labels: &read.labels,
            })?);
        } else {
            say(ballots_text::page(&outcome, &read.labels));
        }
        Ok(Outcome::Done)
    }

    fn rules(&self, format: Format, seats: Option<usize>) -> Rules {
        let transferable = matches!(self.method, Method::StvScottish | Method::StvMeek);
        let one_vote = matches!(self.method, Method::Plurality | Method::TwoRound);
        Rules {
            method: self.method,
            seats: self.seats.or(seats.filter(|_| transferable)).unwrap_or(1),
            ties: self.ties.clone(),
            plus: self.plus,
            minus: self.minus,
            credits: self.credits,
            most: self.most,
            threshold: self.threshold,
            max_grade: self.max_grade,
            blank: self.blank.unwrap_or(if format == Format::Shares { Blank::Exclude } else { Blank::Worst }),
            strength: self.strength,
            borda: self.borda,
            equal_ranks: self.equal_ranks.unwrap_or(if format == Format::Csv && one_vote {
                EqualRanks::Reject
            } else {
                EqualRanks::Split
            }),
        }
    }
}

/// The published JSON.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    outcome: &'a Counted,
    format: Format,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: &'a BTreeMap<String, String>,
}

fn ties(text: &str) -> Result<TieBreak, String> {
    match text.split_once(':').unwrap_or((text, "")) {
        ("open", "") => Ok(TieBreak::Open),
        ("options", "") => Ok(TieBreak::Options),
        ("lot", seed) if !seed.is_empty() => Ok(TieBreak::Lot { seed: seed.to_owned() }),
        ("order", names) if !names.is_empty() => {
            Ok(TieBreak::Order { order: names.split(',').map(|name| name.trim().to_owned()).collect() })
        }
        _ => Err("open, options, order:A,B,C or lot:SEED".into()),
    }
}

fn blank(text: &str) -> Result<Blank, String> {
    match text {
        "worst" => Ok(Blank::Worst),
        "exclude" => Ok(Blank::Exclude),
        "median" => Ok(Blank::Median),
        grade => grade.parse().map(Blank::Grade).map_err(|_| "worst, exclude, median or a grade".into()),
    }
}

/// One of a few words.
fn word<T: for<'a> serde::Deserialize<'a>>(text: &str, words: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| words.to_owned())
}

fn strength(text: &str) -> Result<Strength, String> {
    word(text, "margins or winning-votes")
}

fn borda(text: &str) -> Result<BordaPolicy, String> {
    word(text, "zero, average or modified")
}

fn equal_ranks(text: &str) -> Result<EqualRanks, String> {
    word(text, "split or reject")
}
