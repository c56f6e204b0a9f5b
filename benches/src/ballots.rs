//! The counting of ballots: every election of a folder by every ranked method, Meek beside stv-rs, forty options in
//! circles, and the grades of a country.
//!
//! `cargo run -p parvis-benches --release -- ballots [--data DIR] [--stv-rs BINARY]`; DIR holds Scottish council
//! elections, in folders or not.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use parvis_tally::format::{self, Read};
use parvis_tally::{Ballots, Kind, Method, Name, Profile, Ranking, Rules, Strength, Working, count};

/// Time of this thread on a core, so that what else runs on the machine counts less.
fn cpu() -> Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = text.split(' ').next().context("schedstat")?.parse()?;
    Ok(Duration::from_nanos(nanoseconds))
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let before = cpu()?;
    let done = work()?;
    Ok((done, cpu()?.saturating_sub(before)))
}

/// Time on a core of the programs that were started and have ended, in ticks of 10 ms: only long sums mean something.
fn children() -> Result<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    // The name, in parentheses, may hold spaces; user and system time of children are fields 16 and 17.
    let (_, fields) = text.rsplit_once(')').context("stat")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |place: usize| -> Result<u64> { Ok(fields.get(place).context("stat")?.parse()?) };
    Ok(Duration::from_millis((ticks(13)? + ticks(14)?) * 10))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

pub(crate) fn run(data: &Path, stv_rs: Option<&Path>) -> Result<()> {
    let files = files(data)?;
    let bytes = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let elections = scottish(&files, &bytes)?;
    match stv_rs {
        Some(binary) => meek(binary, &files, &bytes, &elections)?,
        None => println!("meek beside stv-rs: left out, no --stv-rs"),
    }
    circles()?;
    grades()
}

/// The `.csv` files of a folder and of its folders, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} holds no election", folder.display());
    }
    Ok(files)
}

fn election(path: &Path, bytes: &[u8]) -> Result<Read> {
    format::read(bytes, "ward.csv", Some(format::Format::Scot), Kind::Ranked)
        .map_err(|e| anyhow::anyhow!("{}:{}: {e}", path.display(), e.line.unwrap_or(0)))
}

/// All elections by all ranked methods, margins and winning votes where both are known.
fn scottish(files: &[PathBuf], bytes: &[Vec<u8>]) -> Result<Vec<Read>> {
    let (elections, reading) = timed(|| {
        files.iter().zip(bytes).map(|(path, bytes)| election(path, bytes)).collect::<Result<Vec<Read>>>()
    })?;
    let ballots: u64 = elections.iter().map(|read| read.profile.total()).sum();
    println!("{} elections, {ballots} ballots: read in {:.0} ms", elections.len(), milliseconds(reading));
    let mut total = reading;
    let mut line = String::new();
    for method in Method::ALL.into_iter().filter(|method| method.kind() == Kind::Ranked) {
        let twice = matches!(method, Method::Schulze | Method::RankedPairs | Method::Minimax);
        let strengths: &[Strength] =
            if twice { &[Strength::Margins, Strength::WinningVotes] } else { &[Strength::Margins] };
        let ((), time) = timed(|| {
            for read in &elections {
                for &strength in strengths {
                    let transferable = matches!(method, Method::StvScottish | Method::StvMeek);
                    let seats = if transferable { read.seats.unwrap_or(1) } else { 1 };
                    count(&read.profile, &Rules { strength, ..Rules::new(method).seats(seats) })?;
                }
            }
            Ok(())
        })?;
        total += time;
        let _ = write!(line, "{method} {:.0}, ", milliseconds(time));
    }
    println!("  by method, in ms: {}", line.trim_end_matches(", "));
    println!(
        "  all ranked methods, reading included: {:.2} s (limit for 1,070 elections: 2 s)",
        total.as_secs_f64()
    );
    Ok(elections)
}

/// Meek, from the file to the elected, beside stv-rs (bigfixed9, one thread), on the same ballots and tie order.
fn meek(binary: &Path, files: &[PathBuf], bytes: &[Vec<u8>], elections: &[Read]) -> Result<()> {
    let (winners, ours) = timed(|| {
        let mut winners = vec![];
        for (path, bytes) in files.iter().zip(bytes) {
            let read = election(path, bytes)?;
            let seats = read.seats.unwrap_or(1);
            winners.push(count(&read.profile, &Rules::new(Method::StvMeek).seats(seats))?.winners);
        }
        Ok(winners)
    })?;
    let before = children()?;
    let mut different = vec![];
    for ((path, read), mut winners) in files.iter().zip(elections).zip(winners) {
        let elected = stv_rs(binary, &blt(&read.profile, read.seats.unwrap_or(1))?, &read.profile)?;
        winners.sort();
        if winners != elected {
            different.push(path.display().to_string());
        }
    }
    let theirs = children()?.saturating_sub(before);
    // What starting the program costs, which is no counting.
    let small = Profile::ranked(&["A", "B"], vec![(Ranking::strict(vec![0]), 3)])?;
    let before = children()?;
    for _ in files {
        stv_rs(binary, &blt(&small, 1)?, &small)?;
    }
    let counting = theirs.saturating_sub(children()?.saturating_sub(before));
    println!(
        "meek, {} elections, reading included: {:.0} ms; stv-rs, its start deducted: {:.0} ms: {:.1} times as long; \
         other winners in {}",
        files.len(),
        milliseconds(ours),
        milliseconds(counting),
        counting.as_secs_f64() / ours.as_secs_f64(),
        different.len()
    );
    different.iter().for_each(|path| println!("  {path}"));
    Ok(())
}

/// The ballots in the form that stv-rs reads; its tie order names first the one that is defeated.
fn blt(profile: &Profile, seats: usize) -> Result<String> {
    let Ballots::Ranked(ballots) = profile.ballots() else { bail!("not ranked") };
    let options = profile.options();
    let nick = |option: usize| format!("c{option}");
    let all: Vec<String> = (0..options.len()).map(nick).collect();
    let mut reversed = all.clone();
    reversed.reverse();
    let mut text =
        format!("{} {seats}\n[nick {}]\n[tie {}]\n", options.len(), all.join(" "), reversed.join(" "));
    for (ballot, count) in ballots {
        let ranks: Vec<String> = ballot.order().iter().map(|&option| nick(option.into())).collect();
        if !ranks.is_empty() {
            let _ = writeln!(text, "{count} {} 0", ranks.join(" "));
        }
    }
    text.push_str("0\n");
    for option in 0..options.len() {
        let _ = writeln!(text, "\"option {option}\"");
    }
    text.push_str("\"bench\"\n");
    Ok(text)
}

fn stv_rs(binary: &Path, blt: &str, profile: &Profile) -> Result<Vec<Name>> {
    let mut child = Command::new(binary)
        .args(["--arithmetic", "bigfixed9", "meek", "--parallel", "no"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| binary.display().to_string())?;
    child.stdin.take().context("no stdin")?.write_all(blt.as_bytes())?;
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut elected = vec![];
    for line in text.lines() {
        let name =
            line.strip_prefix("Action: Elect: ").or_else(|| line.strip_prefix("Action: Elect remaining: "));
        if let Some(number) = name.and_then(|name| name.strip_prefix("option ")) {
            elected.push(profile.options()[number.parse::<usize>()?].clone());
        }
    }
    elected.sort();
    Ok(elected)
}

/// A fixed sequence of numbers.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Any order is as likely: nobody agrees with anybody, and duels turn in circles.
    fn any_order(&mut self, options: u16) -> Result<Ranking> {
        let mut order: Vec<u16> = (0..options).collect();
        for last in (1..order.len()).rev() {
            let with = self.next() % (u64::try_from(last)? + 1);
            order.swap(last, usize::try_from(with)?);
        }
        Ok(Ranking::strict(order))
    }
}

/// Forty options that people rank at random.
fn circles() -> Result<()> {
    for (options, people) in
        [(40_u16, 25), (40, 100), (40, 200), (40, 1_000), (40, 1_001), (50, 100), (60, 101)]
    {
        let mut profiles = vec![];
        for round in 0..10_u64 {
            let mut draw = Draw(88_172_645_463_325_252 + round);
            (0..50).for_each(|_| {
                draw.next();
            });
            let names: Vec<String> = (0..options).map(|n| format!("option {n}")).collect();
            let ballots =
                (0..people).map(|_| Ok((draw.any_order(options)?, 1))).collect::<Result<Vec<_>>>()?;
            profiles.push(Profile::ranked(&names, ballots)?);
        }
        let (mut worst, mut largest, mut refused) = (Duration::ZERO, 0, 0);
        for profile in &profiles {
            let (outcome, time) = timed(|| Ok(count(profile, &Rules::new(Method::Kemeny))))?;
            worst = worst.max(time);
            match outcome.map(|outcome| outcome.working) {
                Ok(Working::Kemeny { cycles, .. }) => {
                    largest = cycles.iter().map(Vec::len).max().unwrap_or(0).max(largest);
                }
                _ => refused += 1,
            }
        }
        // The kernel's clock of a thread moves by milliseconds: the quick ones are taken together.
        let mean = |method| -> Result<f64> {
            let ((), time) = timed(|| {
                for profile in profiles.iter().cycle().take(100) {
                    count(profile, &Rules::new(method))?;
                }
                Ok(())
            })?;
            Ok(milliseconds(time) / 100.0)
        };
        println!(
            "{options} options, {people} ballots at random, 10 elections (limit 1000 ms): kemeny at worst {:.0} ms (circles of \
             up to {largest}, {refused} refused), schulze {:.2} ms, ranked pairs {:.2} ms",
            milliseconds(worst),
            mean(Method::Schulze)?,
            mean(Method::RankedPairs)?
        );
    }
    Ok(())
}

/// Five options, seven grades, 72 million people.
fn grades() -> Result<()> {
    let people = 72_327_456_u64;
    let mut draw = Draw(1_234_567);
    let mut merits = vec![];
    for _ in 0..5 {
        let mut row: Vec<u64> = (0..7).map(|_| draw.next() % (people / 7)).collect();
        row[0] += people - row.iter().sum::<u64>();
        merits.push(row);
    }
    let profile = Profile::merits(&["A", "B", "C", "D", "E"], merits, Some(people))?;
    let rules = Rules::new(Method::MajorityJudgement);
    let ((), time) = timed(|| {
        for _ in 0..1_000 {
            count(&profile, &rules)?;
        }
        Ok(())
    })?;
    println!(
        "majority judgement, 5 options, {people} people: {:.4} ms (limit 1)",
        milliseconds(time / 1_000)
    );
    Ok(())
}
