//! A count, as one reads it in a terminal.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use parvis_tally::{Action, Exact, Merit, Name, Outcome, Pairwise, Stage, Tie, TieAbout, TieRule, Working};

/// The result: who wins, the ranking, the ties, then the working.
pub(super) fn page(outcome: &Outcome, labels: &BTreeMap<String, String>) -> String {
    let mut page = String::new();
    let shown = |name: &Name| labels.get(&**name).map_or_else(|| name.to_string(), Clone::clone);
    let rejected: u64 = outcome.rejected.values().sum();
    let _ = write!(page, "{}: {} ballots", outcome.method, outcome.ballots);
    if rejected > 0 {
        let reasons: Vec<String> =
            outcome.rejected.iter().map(|(why, n)| format!("{n} {}", word(why))).collect();
        let _ = write!(page, ", {rejected} not counted ({})", reasons.join(", "));
    }
    let elected: Vec<String> = outcome.winners.iter().map(shown).collect();
    let _ = match elected.as_slice() {
        [one] => writeln!(page, "\nWinner: {one}"),
        many if many.len() > outcome.rules.seats => writeln!(page, "\nTied: {}", many.join(", ")),
        many => writeln!(page, "\nWinners: {}", many.join(", ")),
    };
    outcome.ties.iter().for_each(|tie| {
        let _ = writeln!(page, "Tie: {}", said(tie));
    });
    page.push_str("\nRanking\n");
    let mut place = 1;
    for group in &outcome.ranking {
        for name in group {
            let _ = writeln!(page, "{place:>4}. {}", shown(name));
        }
        place += group.len();
    }
    page.push('\n');
    page.push_str(&working(outcome));
    page.truncate(page.trim_end().len());
    page
}

/// A value of the rules or of the working, by its word in the JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace(['_', '-'], " "),
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

fn said(tie: &Tie) -> String {
    let options = tie.options.join(", ");
    let about = match tie.about {
        TieAbout::Seat => "for a seat",
        TieAbout::Finalist => "for the second round",
        TieAbout::Runoff => "in the second round",
        TieAbout::Elimination => "for the elimination",
        TieAbout::Surplus => "for the surplus transferred first",
        TieAbout::Election => "for the order of election",
        TieAbout::Duels => "between duels as strong",
        TieAbout::BestRanking => "between rankings as good",
    };
    let by = match tie.resolved_by {
        TieRule::EarlierRounds => "an earlier round",
        TieRule::FirstRound => "the first round",
        TieRule::Duels => "their duels",
        TieRule::Score => "the total of grades",
        TieRule::HighestGrades => "the number of highest grades",
        TieRule::Options => "the order of the options",
        TieRule::Order => "the published order",
        TieRule::Lot => "the lot",
        TieRule::Unresolved => return format!("{options}, {about}, left open"),
    };
    let round = tie.round.map(|round| format!(", round {round}")).unwrap_or_default();
    let chosen = if tie.chosen.is_empty() { String::new() } else { format!(": {}", tie.chosen.join(", ")) };
    format!("{options}, {about}{round}, decided by {by}{chosen}")
}

/// A table, the first column to the left and the others to the right.
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(|cell| (*cell).to_owned()).collect()] }
    }

    fn row(&mut self, first: &impl Display, cells: impl IntoIterator<Item = String>) {
        self.rows.push(std::iter::once(first.to_string()).chain(cells).collect());
    }

    fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let fill = " ".repeat(width - cell.chars().count());
                line += &if column == 0 { format!("{cell}{fill}") } else { format!("  {fill}{cell}") };
            }
            text += line.trim_end();
            text.push('\n');
        }
        text
    }
}

/// One row an option, one column a list.
fn columns(outcome: &Outcome, header: &[&str], lists: &[Vec<String>]) -> String {
    let mut titles = vec!["option"];
    titles.extend(header);
    let mut table = Table::new(&titles);
    for (number, option) in outcome.options.iter().enumerate() {
        table.row(option, lists.iter().map(|list| list.get(number).cloned().unwrap_or_default()));
    }
    table.text()
}

fn texts<T: Display>(values: &[T]) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

fn duels(outcome: &Outcome, pairwise: &Pairwise) -> String {
    let numbers: Vec<String> = (1..=outcome.options.len()).map(|n| n.to_string()).collect();
    let mut titles = vec!["preferred to"];
    titles.extend(numbers.iter().map(String::as_str));
    let mut table = Table::new(&titles);
    for (a, (option, row)) in outcome.options.iter().zip(&pairwise.counts).enumerate() {
        let cells = row.iter().enumerate().map(|(b, n)| if a == b { "·".to_owned() } else { n.to_string() });
        table.row(&format!("{}. {option}", a + 1), cells);
    }
    let winner = match &pairwise.condorcet_winner {
        Some(winner) => format!("{winner} wins every duel.\n"),
        None => "No option wins every duel.\n".to_owned(),
    };
    table.text() + &winner
}

fn working(outcome: &Outcome) -> String {
    match &outcome.working {
        Working::Plurality { votes } => columns(outcome, &["votes"], &[texts(votes)]),
        Working::TwoRound { first, finalists, second, .. } => {
            let mut text = columns(outcome, &["first round"], &[texts(first)]);
            if let (Some(duel), [a, b]) = (second, finalists.as_slice()) {
                let _ = writeln!(
                    text,
                    "Second round: {a} {}, {b} {}, neither {}",
                    duel.first, duel.second, duel.neither
                );
            }
            text
        }
        Working::Approval { approvals, .. } => columns(outcome, &["approvals"], &[texts(approvals)]),
        Working::PlusMinus { plus, minus, net, .. } => {
            columns(outcome, &["plus", "minus", "net"], &[texts(plus), texts(minus), texts(net)])
        }
        Working::Score { sum, graded, mean, .. } => {
            let mean: Vec<String> =
                mean.iter().map(|m| m.map_or("–".into(), |m| format!("{m} ≈ {:.3}", m.to_f64()))).collect();
            columns(outcome, &["total", "grades", "mean"], &[texts(sum), texts(graded), mean])
        }
        Working::Star { sum, finalists, runoff, .. } => {
            let mut text = columns(outcome, &["total"], &[texts(sum)]);
            if let [a, b] = finalists.as_slice() {
                let _ = writeln!(
                    text,
                    "Runoff: {a} {}, {b} {}, equal {}",
                    runoff.first, runoff.second, runoff.neither
                );
            }
            text
        }
        Working::Borda { policy, points, others } => {
            let mut text = columns(outcome, &["points"], &[texts(points)]);
            let _ = writeln!(text, "Options left out receive: {}.", word(policy));
            for other in others {
                let _ = writeln!(text, "With \"{}\", first: {}", word(&other.policy), other.first.join(", "));
            }
            text
        }
        Working::MajorityJudgement { grades, merits, blank } => {
            judgement(outcome, *grades, merits) + &format!("Blanks: {}.\n", word(blank))
        }
        Working::Irv { rounds } => {
            let lists: Vec<Vec<String>> = rounds
                .iter()
                .map(|round| round.votes.iter().map(|v| v.map_or(String::new(), |v| v.to_string())).collect())
                .collect();
            let mut text = numbered(outcome, "round", &lists);
            for (number, round) in rounds.iter().enumerate() {
                if let Some(out) = &round.eliminated {
                    let _ = writeln!(text, "Round {}: {out} is eliminated.", number + 1);
                }
            }
            text
        }
        Working::Schulze { pairwise, paths, .. } => {
            let lists: Vec<Vec<String>> =
                (0..paths.len()).map(|b| paths.iter().map(|row| row[b].to_string()).collect()).collect();
            duels(outcome, pairwise) + "\nStrongest paths\n" + &numbered(outcome, "to", &lists)
        }
        Working::RankedPairs { pairwise, edges, .. } => {
            let mut table = Table::new(&["duel", "strength", "against", ""]);
            for edge in edges {
                let kept = if edge.locked { "kept" } else { "left out" };
                let cells = [edge.strength.to_string(), edge.opposition.to_string(), kept.to_owned()];
                table.row(&format!("{} over {}", edge.winner, edge.loser), cells);
            }
            duels(outcome, pairwise) + "\n" + &table.text()
        }
        Working::Copeland { pairwise, wins, draws, points } => {
            duels(outcome, pairwise)
                + "\n"
                + &columns(outcome, &["won", "drawn", "points"], &[texts(wins), texts(draws), texts(points)])
        }
        Working::Minimax { pairwise, worst, .. } => {
            let strength: Vec<String> = worst.iter().map(|w| w.strength.to_string()).collect();
            let against: Vec<String> = worst.iter().map(|w| w.against.join(", ")).collect();
            duels(outcome, pairwise)
                + "\n"
                + &columns(outcome, &["worst defeat", "against"], &[strength, against])
        }
        Working::Kemeny { pairwise, disagreements, unique, .. } => {
            let unique = if *unique { "No other ranking has as few" } else { "Another ranking has as few" };
            duels(outcome, pairwise) + &format!("{disagreements} disagreements. {unique}.\n")
        }
        Working::StvScottish { quota, unit, stages } => {
            format!("Quota: {quota} votes.\n\n") + &transfers(outcome, *unit, stages)
        }
        Working::StvMeek { unit, stages } => transfers(outcome, *unit, stages),
        Working::Quadratic { votes, .. } => columns(outcome, &["votes"], &[texts(votes)]),
        _ => String::new(),
    }
}

/// One column a round, numbered.
fn numbered(outcome: &Outcome, what: &str, lists: &[Vec<String>]) -> String {
    let titles: Vec<String> = (1..=lists.len()).map(|n| format!("{what} {n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    columns(outcome, &titles, lists)
}

fn judgement(outcome: &Outcome, grades: usize, merits: &[Merit]) -> String {
    let titles: Vec<String> = (0..grades).rev().map(|grade| format!("grade {grade}")).collect();
    let mut header: Vec<&str> = titles.iter().map(String::as_str).collect();
    header.extend(["median", "above", "below"]);
    let mut lists: Vec<Vec<String>> = (0..grades)
        .rev()
        .map(|grade| merits.iter().map(|m| m.profile[grade].to_string()).collect())
        .collect();
    let median = |m: &Merit| m.median.map_or("–".into(), |grade| format!("{grade}{}", m.gauge));
    lists.push(merits.iter().map(median).collect());
    lists.push(merits.iter().map(|m| m.above.to_string()).collect());
    lists.push(merits.iter().map(|m| m.below.to_string()).collect());
    columns(outcome, &header, &lists)
}

fn transfers(outcome: &Outcome, unit: u64, stages: &[Stage]) -> String {
    let votes =
        |v: u64| Exact::ratio(v.into(), unit.into()).map_or(String::new(), |v| format!("{:.2}", v.to_f64()));
    let lists: Vec<Vec<String>> =
        stages.iter().map(|stage| stage.votes.iter().map(|&v| votes(v)).collect()).collect();
    let mut text = numbered(outcome, "stage", &lists);
    for (number, stage) in stages.iter().enumerate() {
        let done = match &stage.action {
            Action::FirstPreferences => "first preferences".to_owned(),
            Action::Surplus { of, surplus } => {
                format!("the surplus of {of}, {} votes, is transferred", votes(*surplus))
            }
            Action::Exclude { option } => format!("{option} is excluded"),
            Action::Iterate { iterations, .. } => {
                format!("the shares kept are adjusted ({iterations} times)")
            }
            Action::FillSeats => "as many options as seats remain".to_owned(),
        };
        let _ = write!(text, "Stage {}: {done}", number + 1);
        if !stage.elected.is_empty() {
            let _ = write!(text, "; elected: {}", stage.elected.join(", "));
        }
        text.push('\n');
    }
    text
}
