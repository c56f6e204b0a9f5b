//! The draw, beside the library that everyone uses: `draws [--data DIR] [--peer PYTHON] [--backend mip-cbc] [--long]`.
//!
//! DIR holds the golden instances (`shared/golden/sortition`: categories.csv, respondents.csv, instance.json). PYTHON is an
//! interpreter with `sortition-algorithms` installed, outside this tree. Each measure is a process of its own: CPU seconds
//! of the algorithm alone (reading files left out, on both sides) and its peak memory. `--long` also runs the peer where
//! it takes minutes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use parvis_sortition::{Method, Person, Pool, Problem, Quota, read};
use serde_json::{Value, json};

use crate::draws_synthetic as synthetic;

/// What the peer is given up after.
const PEER_SECONDS: &str = "600";

struct Options {
    data: PathBuf,
    real: PathBuf,
    peer: Option<PathBuf>,
    backend: String,
    long: bool,
}

/// One measure.
struct Measure {
    cpu: f64,
    rss: f64,
    min: f64,
    sorted: Vec<f64>,
    note: String,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut options = Options {
        data: "../shared/golden/sortition".into(),
        real: "../shared/data/05-sortition".into(),
        peer: None,
        backend: "mip-cbc".into(),
        long: false,
    };
    let mut all = arguments.iter();
    while let Some(argument) = all.next() {
        let mut next = || all.next().with_context(|| format!("{argument} takes a value"));
        match argument.as_str() {
            "--one" => {
                let (what, method) = (next()?.clone(), next()?.clone());
                return one(&what, &method);
            }
            "--data" => options.data = next()?.into(),
            "--real" => options.real = next()?.into(),
            "--peer" => options.peer = Some(next()?.into()),
            "--backend" => options.backend = next()?.clone(),
            "--long" => options.long = true,
            other => bail!("no option {other}: --data, --real, --peer, --backend, --long"),
        }
    }
    println!("machine: {}", super::machine());
    println!("{:<26} {:<8} {:>10} {:>8} {:>10}  beside the peer", "pool", "method", "CPU s", "MB", "minimum");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&options.data)
        .with_context(|| options.data.display().to_string())?
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.join("instance.json").is_file())
        .collect();
    folders.sort();
    for folder in &folders {
        let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json"))?)?;
        if expected["feasible"] == false {
            continue;
        }
        let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        compare(
            &options,
            &name,
            &folder.display().to_string(),
            Some(folder),
            expected["leximin"]["sorted_probabilities"].as_array(),
        )?;
    }
    for name in synthetic::NAMES {
        compare(&options, name, &format!("synthetic:{name}"), None, None)?;
    }
    if options.real.is_dir() {
        compare(&options, "real pool, 150 seats", &format!("real:{}", options.real.display()), None, None)?;
    }
    Ok(())
}

fn compare(
    options: &Options,
    name: &str,
    what: &str,
    folder: Option<&Path>,
    golden: Option<&Vec<Value>>,
) -> Result<()> {
    // Median of three.
    let mut runs = (0..3).map(|_| ours(what, "leximin")).collect::<Result<Vec<_>>>()?;
    runs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    let ours = runs.swap_remove(1);
    let mut beside = String::new();
    if let Some(golden) = golden {
        let off = golden
            .iter()
            .zip(&ours.sorted)
            .map(|(g, o)| (g.as_f64().unwrap_or(0.0) - o).abs())
            .fold(0.0, f64::max);
        beside.push_str(&format!("golden to {off:.0e}; "));
    }
    beside.push_str(&ours.note);
    let slow = ours.cpu > 0.5 && !options.long;
    if let (Some(folder), Some(peer), false) = (folder, &options.peer, slow) {
        match theirs(peer, folder, "leximin", &options.backend)? {
            Some(peer) => {
                let mut first = "";
                for (o, p) in ours.sorted.iter().zip(&peer.sorted) {
                    if (o - p).abs() > 1e-5 {
                        first = if o > p { "; ours is fairer" } else { "; THEIRS IS FAIRER" };
                        break;
                    }
                }
                beside.push_str(&format!(
                    "; {} {:.2} s, {:.0} MB: {:.0} times{first}",
                    peer.note,
                    peer.cpu,
                    peer.rss,
                    peer.cpu / ours.cpu
                ));
            }
            None => beside.push_str(&format!("; peer: given up after {PEER_SECONDS} s or failed")),
        }
    }
    println!("{name:<26} {:<8} {:>10.4} {:>8.1} {:>10.6}  {beside}", "leximin", ours.cpu, ours.rss, ours.min);
    Ok(())
}

fn ours(what: &str, method: &str) -> Result<Measure> {
    let output = Command::new(std::env::current_exe()?).args(["draws", "--one", what, method]).output()?;
    if !output.status.success() {
        bail!("{what}: {}", String::from_utf8_lossy(&output.stderr));
    }
    measure(&serde_json::from_slice(&output.stdout)?)
}

fn theirs(python: &Path, folder: &Path, method: &str, backend: &str) -> Result<Option<Measure>> {
    let mut command = Command::new("timeout");
    command.arg(PEER_SECONDS).arg(python).args(["-c", include_str!("draws_peer.py")]);
    let output = command.arg(folder).args([method, backend]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    // Solvers print banners: the answer is the last line.
    match text.lines().last().and_then(|l| serde_json::from_str::<Value>(l).ok()) {
        Some(value) if output.status.success() => Ok(Some(measure(&value)?)),
        _ => Ok(None),
    }
}

fn measure(value: &Value) -> Result<Measure> {
    let number = |key: &str| value[key].as_f64().with_context(|| format!("no {key}"));
    let sorted = value["sorted"].as_array().context("no sorted")?;
    Ok(Measure {
        cpu: number("cpu")?,
        rss: number("rss")?,
        min: number("min")?,
        sorted: sorted.iter().filter_map(Value::as_f64).collect(),
        note: value["solver"].as_str().unwrap_or_default().to_owned(),
    })
}

/// The child process: draws one lottery, and says what it took.
fn one(what: &str, method: &str) -> Result<()> {
    let problem = if let Some(name) = what.strip_prefix("synthetic:") {
        synthetic::pool(name).with_context(|| format!("no synthetic pool {name}"))?
    } else if let Some(folder) = what.strip_prefix("real:") {
        real(Path::new(folder))?
    } else {
        instance(Path::new(what))?
    };
    let method = match method {
        "leximin" => Method::Leximin,
        "maximin" => Method::Maximin,
        "nash" => Method::Nash,
        other => bail!("no method {other}"),
    };
    let before = cpu()?;
    let lottery = problem.lottery(method, 1000, &mut |_| true)?;
    let after = cpu()?;
    let mut sorted = lottery.probabilities.clone();
    sorted.sort_by(f64::total_cmp);
    let optimal = if lottery.quality.is_optimal { "exact" } else { "NOT EXACT" };
    let solver = format!(
        "{optimal}, {} kinds, tickets to {:.4} of {:.3}",
        problem.kinds(),
        lottery.deviation(),
        lottery.deviation_bound()
    );
    println!(
        "{}",
        json!({ "cpu": after - before, "rss": peak()?, "min": lottery.min(), "sorted": sorted, "solver": solver })
    );
    Ok(())
}

/// CPU seconds of this process so far.
fn cpu() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

/// Peak memory of this process, in MB.
fn peak() -> Result<f64> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:")).context("no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}

fn instance(folder: &Path) -> Result<Problem> {
    let instance: Value = serde_json::from_slice(&std::fs::read(folder.join("instance.json"))?)?;
    let groups = if instance["households"] == true { vec!["household".to_owned()] } else { vec![] };
    let text = String::from_utf8(std::fs::read(folder.join("respondents.csv"))?)?;
    // Some instances number their people by row.
    let text = if text.starts_with("id,") {
        text
    } else {
        let rows = text
            .lines()
            .enumerate()
            .map(|(n, line)| if n == 0 { format!("id,{line}\n") } else { format!("p{n},{line}\n") });
        rows.collect()
    };
    let pool = read::pool(text.as_bytes(), &read::Columns { id: None, groups })?;
    let quotas = read::quotas(&std::fs::read(folder.join("categories.csv"))?)?;
    let seats = u32::try_from(instance["k"].as_u64().context("no k")?)?;
    Ok(Problem::new(pool, quotas, seats)?)
}

fn real(folder: &Path) -> Result<Problem> {
    let bytes = |name: &str| std::fs::read(folder.join(name));
    let pool = read::pool(&bytes("real-pool-ma-voix-porte-2020.csv")?, &read::Columns::default())?;
    Ok(Problem::new(pool, read::quotas(&bytes("quotas-150-from-insee.csv")?)?, 150)?)
}

/// A problem from numbers: for each person, a value in each category.
pub(crate) fn problem(people: &[Vec<usize>], quotas: &[Vec<(u32, u32)>], seats: u32) -> Result<Problem> {
    let categories = (0..quotas.len()).map(|c| format!("c{c}")).collect();
    let person = |(n, values): (usize, &Vec<usize>)| Person {
        id: format!("p{n}"),
        values: values.iter().map(|v| format!("v{v}")).collect(),
        ..Person::default()
    };
    let quota = |c: usize, v: usize, (min, max): (u32, u32)| Quota {
        category: format!("c{c}"),
        value: format!("v{v}"),
        min,
        max,
        max_flex: u32::MAX,
        ..Quota::default()
    };
    let pool = Pool { categories, people: people.iter().enumerate().map(person).collect() };
    let quotas = quotas
        .iter()
        .enumerate()
        .flat_map(|(c, of)| of.iter().enumerate().map(move |(v, &q)| quota(c, v, q)));
    Ok(Problem::new(pool, quotas.collect(), seats)?)
}
