//! `parvis draw`: a panel by lot, from a pool and quotas, or again from a published lottery.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use parvis_sortition::{
    Change, Invalid, Lottery, Method, NoLottery, NoRelaxation, Problem, Published, Quota, Relaxation, Step,
    TICKETS, read as files,
};
use serde_json::{Value, json};

use super::{Outcome, file_name, read, say};

/// Draw a panel by lot: the fairest lottery, then one of its tickets.
#[derive(Debug, Args)]
pub struct Draw {
    /// The pool: an id column, and one column a category
    #[arg(value_name = "POOL.csv", required_unless_present = "lottery")]
    pool: Option<PathBuf>,
    /// The quotas: category,feature,min,max
    #[arg(long, value_name = "QUOTAS.csv", required_unless_present = "lottery")]
    quotas: Option<PathBuf>,
    /// How many people the panel has
    #[arg(long, value_name = "N", required_unless_present = "lottery")]
    seats: Option<u32>,
    /// The seed, from a public source named before (left out: the lottery to publish, and no draw)
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    /// What fair means
    #[arg(long, value_enum, default_value_t = Means::Leximin)]
    method: Means,
    /// A column of groups of which a panel takes one member at most (household, employer …); may be repeated
    #[arg(long, value_name = "COLUMN")]
    household: Vec<String>,
    /// The column of ids (left out: the first)
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// How many equally likely tickets the lottery has
    #[arg(long, value_name = "N", default_value_t = TICKETS, value_parser = clap::value_parser!(u32).range(1..=i64::from(TICKETS)))]
    tickets: u32,
    /// Stop after this many seconds with the best lottery found so far
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
    /// A published lottery: draw again from it, or check it against a pool and quotas
    #[arg(long, value_name = "FILE")]
    lottery: Option<PathBuf>,
    /// Ids of those who accepted a seat, one a line: only the seats that are left are drawn
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    /// Ids of those who declined or cannot come, one a line
    #[arg(long, value_name = "FILE")]
    gone: Option<PathBuf>,
    /// Write the proof that no lottery is fairer (weights of people, level by level)
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// The answer as one JSON object
    #[arg(long)]
    json: bool,
}

/// The methods, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Means {
    /// The smallest probability as large as possible, then the next smallest, and so on
    Leximin,
    /// The smallest probability as large as possible
    Maximin,
    /// The product of the probabilities as large as possible
    Nash,
    /// The greedy selection used before 2021, for comparison
    Legacy,
}

impl From<Means> for Method {
    fn from(means: Means) -> Method {
        match means {
            Means::Leximin => Method::Leximin,
            Means::Maximin => Method::Maximin,
            Means::Nash => Method::Nash,
            Means::Legacy => Method::Legacy,
        }
    }
}

impl Draw {
    pub(super) fn run(self) -> Result<Outcome> {
        if self.seed.as_deref().is_some_and(|s| s.trim().is_empty()) {
            bail!("--seed: an empty seed draws nothing that anybody could have known");
        }
        match &self.lottery {
            Some(file) if self.pool.is_some() => self.check(file),
            Some(file) => self.again(file),
            None => self.draw(),
        }
    }

    /// The pool and quotas, checked; each error names its file.
    fn problem(&self) -> Result<Problem> {
        let (Some(pool_file), Some(quota_file), Some(seats)) = (&self.pool, &self.quotas, self.seats) else {
            bail!("a pool, --quotas and --seats are needed");
        };
        let columns = files::Columns { id: self.id.clone(), groups: self.household.clone() };
        let pool = files::pool(&read(pool_file)?, &columns).map_err(|e| at(pool_file, e))?;
        let quotas = files::quotas(&read(quota_file)?).map_err(|e| at(quota_file, e))?;
        let problem = Problem::new(pool, quotas, seats).map_err(|e| match e {
            Invalid::NoSeat => anyhow!("--seats: {e}"),
            e if e.is_of_quotas() => at(quota_file, e),
            e => at(pool_file, e),
        })?;
        let places: BTreeMap<&str, usize> =
            problem.pool().people.iter().enumerate().map(|(p, x)| (x.id.as_str(), p)).collect();
        // Each with its line, so that a message can name it.
        let list = |file: &Option<PathBuf>| -> Result<Vec<(usize, usize)>> {
            let Some(file) = file else { return Ok(vec![]) };
            let text = String::from_utf8(read(file)?).map_err(|_| at(file, "not in UTF-8"))?;
            let ids =
                text.lines().enumerate().map(|(n, id)| (n + 1, id.trim())).filter(|(_, id)| !id.is_empty());
            ids.map(|(n, id)| {
                let place = places.get(id).copied();
                let place = place.ok_or_else(|| at(file, format!("line {n}: «{id}» is not in the pool")))?;
                Ok((n, place))
            })
            .collect()
        };
        if self.accepted.is_none() && self.gone.is_none() {
            return Ok(problem);
        }
        let (accepted, gone) = (list(&self.accepted)?, list(&self.gone)?);
        if let (Some(accepted_file), Some(gone_file)) = (&self.accepted, &self.gone) {
            for (n, place) in &gone {
                if let Some((first, _)) = accepted.iter().find(|(_, p)| p == place) {
                    let (id, other) = (&problem.pool().people[*place].id, file_name(accepted_file));
                    let both = format!(
                        "line {n}: «{id}» is also on line {first} of {other}: keep one of the two lines"
                    );
                    return Err(at(gone_file, both));
                }
            }
        }
        let places_of = |list: Vec<(usize, usize)>| list.into_iter().map(|(_, p)| p).collect::<Vec<_>>();
        let (accepted, gone) = (places_of(accepted), places_of(gone));
        problem.replacement(&accepted, &gone).map_err(|e| match e {
            Invalid::NoSeat => anyhow!("every seat is taken: nobody is to be replaced"),
            e => anyhow!("{e}"),
        })
    }

    /// A column without a quota may be a name or a comment, or a quota that was forgotten: whoever draws can tell.
    fn note_unused(&self, problem: &Problem) {
        let unused: Vec<String> = problem.unused().map(|c| format!("«{c}»")).collect();
        if let (false, Some(pool)) = (unused.is_empty(), &self.pool) {
            let columns = if unused.len() == 1 { "column" } else { "columns" };
            let _ = writeln!(
                std::io::stderr(),
                "note: {}: no quota is about the {columns} {}: the draw does not look at what is there",
                file_name(pool),
                unused.join(", ")
            );
        }
    }

    fn draw(&self) -> Result<Outcome> {
        let problem = self.problem()?;
        self.note_unused(&problem);
        let mut progress = Progress::new(self.time_limit)?;
        let method = Method::from(self.method);
        let lottery = match problem.lottery(method, self.tickets, &mut |step| progress.at(step)) {
            Ok(lottery) => lottery,
            Err(NoLottery::NoPanel) => return self.cannot(&problem, &mut progress),
            Err(e @ NoLottery::GreedyFailed { .. }) => {
                let relaxation = problem.relaxation(&mut |step| progress.at(step));
                progress.end();
                return match relaxation {
                    Ok(r) if r.changes.is_empty() => bail!("{e}"),
                    found => self.tell_relaxation(&problem, found),
                };
            }
            Err(e) => {
                progress.end();
                bail!("{e}")
            }
        };
        progress.end();
        if let Some(file) = &self.proof {
            let bytes = serde_json::to_vec(&problem.proofs(&lottery))?;
            std::fs::write(file, bytes).map_err(|e| at(file, e))?;
        }
        let ticket = self.seed.as_deref().map(|seed| lottery.draw(seed));
        if self.json {
            say(problem.answer(&lottery, self.seed.as_deref(), ticket));
        } else {
            tell(&problem, &lottery, self.tickets, self.seed.as_deref(), ticket);
        }
        Ok(Outcome::Done)
    }

    /// The quotas cannot be met: the smallest change that can.
    fn cannot(&self, problem: &Problem, progress: &mut Progress) -> Result<Outcome> {
        let found = problem.relaxation(&mut |step| progress.at(step));
        progress.end();
        self.tell_relaxation(problem, found)
    }

    fn tell_relaxation(&self, problem: &Problem, found: Result<Relaxation, NoRelaxation>) -> Result<Outcome> {
        let (changes, cost, is_smallest, reason) = match found {
            Ok(r) => (r.changes, Some(r.cost), r.is_smallest, "no panel satisfies all the quotas".to_owned()),
            Err(e) => (vec![], None, false, e.to_string()),
        };
        if self.json {
            let relaxation: Vec<Value> = changes.iter().map(change).collect();
            say(json!({
                "feasible": false, "reason": reason, "relaxation": relaxation, "cost": cost, "smallest": is_smallest,
                "method": Method::from(self.method).code(), "pool": problem.pool().people.len(), "seats": problem.seats(),
            }));
            return Ok(Outcome::Wrong);
        }
        say(&reason);
        let of = self.quotas.as_deref().map_or_else(String::new, |file| format!(" of {}", file_name(file)));
        if !changes.is_empty() {
            let what = if is_smallest { "the smallest change" } else { "a change" };
            // The accepted have taken their seats out of each quota: the numbers are not those of the file.
            let left = if self.accepted.is_some() {
                format!(", counted on the {} seats that are left", problem.seats())
            } else {
                String::new()
            };
            say(format!("{what}{of} that works{left}:"));
        }
        for c in &changes {
            let (from, to) = (&c.quota, (c.suggested_min, c.suggested_max));
            let line = if from.line == 0 { String::new() } else { format!("line {}: ", from.line) };
            if to.0 != from.min {
                say(format!(
                    "  {line}{} «{}»: minimum {} instead of {} ({} in the pool)",
                    from.category, from.value, to.0, from.min, c.people
                ));
            }
            if to.1 != from.max {
                say(format!(
                    "  {line}{} «{}»: maximum {} instead of {}",
                    from.category, from.value, to.1, from.max
                ));
            }
        }
        Ok(Outcome::Wrong)
    }

    /// Draws again from a published lottery.
    fn again(&self, file: &Path) -> Result<Outcome> {
        let Some(seed) = self.seed.as_deref() else { bail!("--seed is needed to draw from a lottery") };
        let (mut whole, published) = published(file)?;
        let ticket = published.draw(seed).map_err(|e| at(file, e))?;
        let panel = published.lottery.get(ticket).map(|t| t.panel.clone()).unwrap_or_default();
        if self.json {
            let keys = whole.as_object_mut().ok_or_else(|| at(file, "not a JSON object"))?;
            keys.insert("seed".into(), json!(seed));
            keys.insert("ticket".into(), json!(ticket + 1));
            keys.insert("panel".into(), json!(panel));
            keys.entry("feasible").or_insert(json!(true));
            say(whole);
        } else {
            say(format!("ticket {} of {} (seed «{seed}»):", ticket + 1, published.lottery.len()));
            panel.iter().for_each(say);
        }
        Ok(Outcome::Done)
    }

    /// Checks a published lottery against a pool and quotas.
    fn check(&self, file: &Path) -> Result<Outcome> {
        let problem = self.problem()?;
        self.note_unused(&problem);
        let (_, mut published) = published(file)?;
        if let Some(seed) = &self.seed {
            published.seed = Some(seed.clone());
        }
        let checks = published.check(&problem);
        let ok = checks.iter().all(|c| c.ok);
        if self.json {
            say(json!({ "ok": ok, "checks": checks }));
        } else {
            for check in &checks {
                let mark = if check.ok { "ok   " } else { "WRONG" };
                say(format!("{mark} {}: {}", check.name, check.detail));
            }
        }
        Ok(if ok { Outcome::Done } else { Outcome::Wrong })
    }
}

fn at(file: &Path, reason: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("{}: {reason}", file_name(file))
}

fn published(file: &Path) -> Result<(Value, Published)> {
    let bytes = read(&file.to_path_buf())?;
    let whole: Value = serde_json::from_slice(&bytes).map_err(|e| at(file, e))?;
    let published = serde_json::from_value(whole.clone()).map_err(|e| at(file, e))?;
    Ok((whole, published))
}

fn change(c: &Change) -> Value {
    json!({
        "category": c.quota.category, "name": c.quota.value, "min": c.quota.min, "suggested_min": c.suggested_min,
        "max": c.quota.max, "suggested_max": c.suggested_max, "people": c.people,
        "line": c.quota.line,
    })
}

/// The answer in words. `asked`: how many tickets the lottery was to have.
fn tell(problem: &Problem, lottery: &Lottery, asked: u32, seed: Option<&str>, ticket: Option<usize>) {
    let people = &problem.pool().people;
    let percent = |p: f64| format!("{:.2} %", 100.0 * p);
    let (min, max) = (percent(lottery.min()), percent(lottery.max()));
    say(format!("{} seats, {} people, {}", problem.seats(), people.len(), lottery.method.code()));
    let quality = &lottery.quality;
    say(match (lottery.method, quality.is_optimal) {
        (Method::Leximin, true) => {
            format!(
                "everyone has at least {min} of being drawn (at most {max}); no lottery gives everyone more"
            )
        }
        (Method::Leximin | Method::Maximin, false) => format!(
            "STOPPED EARLY: everyone has at least {min} of being drawn; the best possible is {} at most",
            percent(quality.bound)
        ),
        (Method::Maximin, true) => format!("everyone has at least {min} of being drawn (at most {max})"),
        (Method::Nash, is_optimal) => format!(
            "from {min} to {max} of being drawn{}",
            if is_optimal { "" } else { "; STOPPED EARLY: another lottery may be better" }
        ),
        (Method::Legacy, _) => {
            let made = lottery.tickets.len();
            let stopped = if u32::try_from(made).is_ok_and(|made| made < asked) {
                format!("STOPPED EARLY, at {made} of {asked} tickets: ")
            } else {
                String::new()
            };
            format!("{stopped}from {min} to {max} of being drawn, counted over the tickets")
        }
    });
    let tickets = format!("{} tickets, all equally likely", lottery.tickets.len());
    // The tickets of the greedy selection are its probabilities: they round nothing.
    say(if lottery.method == Method::Legacy {
        tickets
    } else {
        format!(
            "{tickets}; they give each person their probability to {:.2} points (bound: {:.2})",
            100.0 * lottery.deviation(),
            100.0 * lottery.deviation_bound()
        )
    });
    let Some(ticket) = ticket else {
        say("no seed was given: publish this lottery (--json), then draw with --lottery FILE --seed TEXT");
        return;
    };
    let panel = &lottery.tickets[ticket];
    say(format!("\nticket {} (seed «{}»):", ticket + 1, seed.unwrap_or_default()));
    for id in problem.ids(panel) {
        say(format!("  {id}"));
    }
    say("\ncategory, value: seats (quota), people in the pool");
    for quota in problem.quotas() {
        let column = problem.pool().categories.iter().position(|c| *c == quota.category);
        let has = |p: usize| column.is_some_and(|c| people[p].values.get(c) == Some(&quota.value));
        let seats = panel.iter().filter(|p| has(**p)).count();
        let all = (0..people.len()).filter(|p| has(*p)).count();
        let Quota { category, value, min, max, .. } = quota;
        say(format!("  {category}, {value}: {seats} ({min} to {max}), {all}"));
    }
}

/// The line that says how far a long draw is, and the time limit.
struct Progress {
    started: Instant,
    limit: Option<Duration>,
    said: Option<Instant>,
    terminal: bool,
}

impl Progress {
    fn new(limit: Option<f64>) -> Result<Progress> {
        let limit = limit
            .map(Duration::try_from_secs_f64)
            .transpose()
            .map_err(|_| anyhow!("--time-limit: a number of seconds"))?;
        Ok(Progress { started: Instant::now(), limit, said: None, terminal: std::io::stderr().is_terminal() })
    }

    fn at(&mut self, step: Step) -> bool {
        let since = self.started.elapsed();
        // Nothing for quick work; then twice a second on a terminal, every five seconds in a log.
        let pause = Duration::from_millis(if self.terminal { 500 } else { 5000 });
        if since > Duration::from_secs(1) && self.said.is_none_or(|said| said.elapsed() >= pause) {
            self.said = Some(Instant::now());
            let line = format!(
                "drawing: {:.0} s, {} panels found, {:.1} % of the lottery",
                since.as_secs_f64(),
                step.panels,
                100.0 * step.done
            );
            let mut err = std::io::stderr().lock();
            let _ = if self.terminal { write!(err, "\r{line}\x1b[K") } else { writeln!(err, "{line}") };
            let _ = err.flush();
        }
        self.limit.is_none_or(|limit| since < limit)
    }

    fn end(&mut self) {
        if self.terminal && self.said.is_some() {
            let _ = writeln!(std::io::stderr());
        }
    }
}
