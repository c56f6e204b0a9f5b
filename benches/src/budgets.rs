//! Participatory budgets: how fast every rule counts real elections, and whether what cities published is found again.
//!
//! `cargo run -p parvis-benches --release -- budgets --data DIR [--peer PYTHON] [--tool DIR]`: DIR holds `.pb` files (also
//! packed); PYTHON is a Python that has pabutools and gmpy2; the tool's folder is equalshares-compute-tool's source.

mod peers;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use parvis_budgeting::pb::{self, Invalid, Reading};
use parvis_budgeting::{BallotKind, Completion, Outcome, Rule, Rules, Satisfaction, Ties, count};

/// Where the elections are, and which peers run beside us.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    /// The folder of `.pb` files.
    pub data: PathBuf,
    /// A Python with pabutools.
    pub peer: Option<PathBuf>,
    /// The folder of equalshares-compute-tool.
    pub tool: Option<PathBuf>,
}

/// An election that is counted alone, in a process of its own, with a limit.
struct Case {
    name: &'static str,
    /// The file's name holds all of these.
    file: &'static [&'static str],
    limit: &'static str,
}

const CASES: [Case; 3] = [
    Case { name: "Praga-Południe 2020", file: &["2020", "raga-", "oludnie"], limit: "0.6 s, 32 MB" },
    Case { name: "Łódź 2022", file: &["odz_2022"], limit: "0.3 s with parsing" },
    Case { name: "Wieliczka 2023", file: &["ieliczka_2023"], limit: "" },
];

impl Budgets {
    /// Runs everything and prints the figures.
    pub(crate) fn run(&self) -> Result<()> {
        for case in &CASES {
            match self.find(case.file)? {
                Some(file) => self.alone(case, &file)?,
                None => println!("{}: no such file in {}", case.name, self.data.display()),
            }
        }
        self.all()?;
        Ok(())
    }

    fn files(&self) -> Result<Vec<PathBuf>> {
        let entries = std::fs::read_dir(&self.data).with_context(|| self.data.display().to_string())?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| {
            file.to_string_lossy().ends_with(".pb") || file.to_string_lossy().ends_with(".pb.gz")
        });
        files.sort();
        Ok(files)
    }

    /// The file with the shortest name that holds all parts.
    fn find(&self, parts: &[&str]) -> Result<Option<PathBuf>> {
        let name =
            |file: &PathBuf| file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let files = self.files()?;
        let matching = files.into_iter().filter(|file| parts.iter().all(|part| name(file).contains(part)));
        Ok(matching.min_by_key(|file| name(file).len()))
    }

    /// One election with Add1U in a process of its own, five times; then the peers.
    fn alone(&self, case: &Case, file: &Path) -> Result<()> {
        let mut runs = Vec::new();
        for _ in 0..5 {
            let output = Command::new(std::env::current_exe()?).arg("budget-alone").arg(file).output()?;
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            if !output.status.success() {
                bail!("{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
            }
            runs.push(Alone::parse(&text)?);
        }
        runs.sort_by(|a, b| a.cpu().total_cmp(&b.cpu()));
        let median = runs.get(2).context("no run")?;
        println!(
            "{}: {} ballots × {} projects, parse {:.3} s, Add1U {:.3} s of CPU ({} passes), {:.1} MB; limit {}",
            case.name,
            median.ballots,
            median.projects,
            median.parse,
            median.count,
            median.passes,
            median.megabytes,
            case.limit
        );
        if let Some(python) = &self.peer {
            peers::pabutools(python, file, median)?;
        }
        if let Some(tool) = &self.tool {
            peers::tool(tool, file, median)?;
        }
        Ok(())
    }

    /// Every file by every rule, and the published results.
    fn all(&self) -> Result<()> {
        let files = self.files()?;
        let mut totals = vec![0.0; METHODS.len()];
        let mut parsing = 0.0;
        let mut slowest: Vec<(f64, String)> = Vec::new();
        let mut official = Official::default();
        let (mut counted, mut ballots, mut set_apart) = (0_u32, 0, 0);
        for file in &files {
            let started = cpu();
            let reading = read(file)?;
            parsing += cpu() - started;
            counted += 1;
            ballots += reading.election.ballots();
            set_apart += reading.set_apart.len();
            for ((name, rules), total) in METHODS.iter().zip(&mut totals) {
                let Some(rules) = rules(reading.election.kind()) else { continue };
                let started = cpu();
                let outcome = count(&reading.election, &rules);
                let took = cpu() - started;
                *total += took;
                slowest.push((took, format!("{name} {}", file.display())));
                if let Err(e) = outcome {
                    println!("{name} {}: {e}", file.display());
                }
            }
            official.look(&reading)?;
        }
        println!(
            "{counted} files, {ballots} ballots ({set_apart} beyond the limits of their file), parsing {parsing:.2} s"
        );
        for ((name, _), total) in METHODS.iter().zip(&totals) {
            println!("  {name}: {total:.2} s");
        }
        println!("  all rules: {:.2} s; limit 60 s", totals.iter().sum::<f64>() + parsing);
        slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (took, name) in slowest.iter().take(5) {
            println!("  slowest: {took:.2} s {name}");
        }
        official.show();
        Ok(())
    }
}

type Chosen = fn(BallotKind) -> Option<Rules>;

/// The rules that every election is counted by.
const METHODS: [(&str, Chosen); 6] = [
    ("greedy", |_| Some(Rules::new(Rule::Greedy))),
    ("equal-shares", |kind| Some(Rules::new(Rule::EqualShares).satisfaction(natural(kind)))),
    ("equal-shares add1u", |kind| {
        Some(Rules::new(Rule::EqualShares).completion(Completion::Add1u).satisfaction(natural(kind)))
    }),
    ("equal-shares add1u cardinality", |_| {
        Some(
            Rules::new(Rule::EqualShares)
                .completion(Completion::Add1u)
                .satisfaction(Satisfaction::Cardinality),
        )
    }),
    ("phragmen", |_| Some(Rules::new(Rule::Phragmen))),
    ("knapsack", |_| Some(Rules::new(Rule::Knapsack))),
];

/// The satisfaction that says most of these ballots.
fn natural(kind: BallotKind) -> Satisfaction {
    match kind {
        BallotKind::Approval | BallotKind::ChooseOne => Satisfaction::Cost,
        BallotKind::Cumulative | BallotKind::Scoring => Satisfaction::Points,
        BallotKind::Ordinal => Satisfaction::Borda,
    }
}

/// What cities published, found again or not.
#[derive(Debug, Default)]
struct Official {
    with_totals: u32,
    totals: u32,
    with_winners: u32,
    skip: u32,
    stop: u32,
    threshold: u32,
    other: Vec<String>,
}

impl Official {
    fn look(&mut self, reading: &Reading) -> Result<()> {
        let kind = reading.election.kind();
        let satisfaction = match kind {
            BallotKind::Approval | BallotKind::ChooseOne => Satisfaction::Cardinality,
            BallotKind::Cumulative | BallotKind::Scoring => Satisfaction::Points,
            BallotKind::Ordinal => Satisfaction::Ranks,
        };
        let greedy = Rules::new(Rule::GreedyScore).satisfaction(satisfaction).ties(Ties::ByVotes);
        let outcome = count(&reading.election, &greedy)?;
        let scores = scores(&outcome);
        let listed = reading.listed.iter().zip(reading.election.projects());
        let said: Vec<_> = listed
            .filter_map(|(listed, project)| {
                let votes = || listed.votes.map(|votes| votes.to_string());
                let said = if satisfaction == Satisfaction::Cardinality {
                    votes()
                } else {
                    listed.score.map(|score| score.ratio().to_string())
                };
                Some((project.id.as_str(), said?))
            })
            .collect();
        let Some(winners) = reading.official().filter(|winners| !winners.is_empty()) else { return Ok(()) };
        if !said.is_empty() {
            self.with_totals += 1;
            let all = said.iter().all(|(id, said)| scores.get(id).is_some_and(|score| score == said));
            self.totals += u32::from(all);
        }
        self.with_winners += 1;
        let threshold = reading.meta("min_project_score_threshold").and_then(|t| t.parse().ok());
        let stop = greedy_stop(&greedy, kind);
        if outcome.selected == winners {
            self.skip += 1;
        } else if stop
            .is_some_and(|rules| count(&reading.election, &rules).is_ok_and(|o| o.selected == winners))
        {
            self.stop += 1;
        } else if threshold.is_some()
            && count(&reading.election, &Rules { threshold, ..greedy }).is_ok_and(|o| o.selected == winners)
        {
            self.threshold += 1;
        } else {
            self.other.push(reading.meta("rule").unwrap_or("no rule named").to_owned());
        }
        Ok(())
    }

    fn show(&self) {
        println!("published totals found again: {} of {}", self.totals, self.with_totals);
        println!(
            "published winners found again: {} of {} by plain greedy, {} more by greedy that stops, {} more with their \
             threshold of votes",
            self.skip, self.with_winners, self.stop, self.threshold
        );
        let mut rules = std::collections::BTreeMap::new();
        for rule in &self.other {
            *rules.entry(rule.as_str()).or_insert(0_u32) += 1;
        }
        println!("  the others have local rules: {rules:?}");
    }
}

/// Stopping goes by votes for one unit of cost: with votes alone, that is satisfaction by cost.
fn greedy_stop(greedy: &Rules, kind: BallotKind) -> Option<Rules> {
    let by_votes = matches!(kind, BallotKind::Approval | BallotKind::ChooseOne);
    by_votes.then(|| Rules { rule: Rule::GreedyStop, satisfaction: Satisfaction::Cost, ..greedy.clone() })
}

fn scores(outcome: &Outcome) -> std::collections::HashMap<&str, String> {
    let rounds = outcome.rounds.iter().map(|round| (round.project.as_str(), round.score.to_string()));
    let out = outcome.left_out.iter().map(|left| (left.project.as_str(), left.score.to_string()));
    rounds.chain(out).collect()
}

fn read(file: &Path) -> Result<Reading> {
    let bytes = std::fs::read(file)?;
    let unpacked = pb::unpack(&bytes).with_context(|| file.display().to_string())?;
    pb::read(&unpacked, Invalid::AsCast).with_context(|| file.display().to_string())
}

/// The figures of one election counted alone.
#[derive(Debug)]
struct Alone {
    ballots: u64,
    projects: usize,
    parse: f64,
    count: f64,
    passes: u64,
    megabytes: f64,
    selected: Vec<String>,
}

impl Alone {
    fn cpu(&self) -> f64 {
        self.parse + self.count
    }

    fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let mut next = || lines.next().context("a figure is missing");
        Ok(Self {
            ballots: next()?.parse()?,
            projects: next()?.parse()?,
            parse: next()?.parse()?,
            count: next()?.parse()?,
            passes: next()?.parse()?,
            megabytes: next()?.parse()?,
            selected: next()?.split(',').map(str::to_owned).collect(),
        })
    }
}

/// In a process of its own: one election with Add1U, one figure a line.
pub(crate) fn alone(file: &Path) -> Result<()> {
    let started = cpu();
    let reading = read(file)?;
    let parse = cpu() - started;
    let rules = Rules::new(Rule::EqualShares).completion(Completion::Add1u);
    let rules = rules.satisfaction(natural(reading.election.kind()));
    let outcome = count(&reading.election, &rules)?;
    let took = cpu() - started - parse;
    println!("{}\n{}", outcome.votes, outcome.projects);
    println!("{parse}\n{took}\n{}\n{}", outcome.passes.unwrap_or(0), peak_megabytes());
    println!("{}", outcome.selected.join(","));
    Ok(())
}

/// The CPU seconds of this thread.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
    nanoseconds / 1e9
}

/// The most memory this process ever held.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}
