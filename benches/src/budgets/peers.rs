//! The same election by other programs, in the same run.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::Alone;

/// pabutools with gmpy2 rationals: Add1 with its exhaustive stop, then greedy; ties by id.
const PABUTOOLS: &str = r#"
import sys, time, resource
sys.setrecursionlimit(100000)
import pabutools.fractions
pabutools.fractions.FRACTION = "gmpy2"
from pabutools.election import parse_pabulib, Cost_Sat, Additive_Cardinal_Sat, Additive_Borda_Sat
from pabutools.rules import method_of_equal_shares, greedy_utilitarian_welfare
from pabutools.tiebreaking import lexico_tie_breaking
instance, profile = parse_pabulib(sys.argv[1])
kind = instance.meta["vote_type"]
sat = {"cumulative": Additive_Cardinal_Sat, "scoring": Additive_Cardinal_Sat, "ordinal": Additive_Borda_Sat}.get(kind, Cost_Sat)
start = time.process_time()
shares = method_of_equal_shares(instance, profile, sat_class=sat, tie_breaking=lexico_tie_breaking, voter_budget_increment=1)
done = greedy_utilitarian_welfare(instance, profile, sat_class=sat, is_sat_additive=True, tie_breaking=lexico_tie_breaking, initial_budget_allocation=shares)
print(time.process_time() - start)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(",".join(sorted(p.name for p in done)))
"#;

/// equalshares-compute-tool as its page calls it (floats, whole start, ties by cost then votes).
const TOOL: &str = r#"
const fs = require("fs"), vm = require("vm"), path = require("path");
const read = name => fs.readFileSync(path.join(process.argv[2], "js", name), "utf8");
const context = { postMessage() {}, importScripts() {}, performance, console };
context.self = context; context.window = context;
vm.createContext(context);
vm.runInContext(read("libraries/fraction.min.js"), context);
vm.runInContext(read("methodOfEqualSharesWorker.js").replace(/^import .*$/gm, "") + ";this.equalShares = equalShares;", context);
vm.runInContext(read("pabulibParser.js").replace(/^export /gm, "").replace(/^import .*$/gm, "") + ";this.parse = parsePabulibFromString;", context);
const instance = context.parse(fs.readFileSync(process.argv[3], "utf8"));
const params = { accuracy: "floats", completion: "add1u", add1options: ["exhaustive", "integral"], increment: 1, comparison: "none", tieBreaking: ["minCost", "maxVotes"] };
const start = process.cpuUsage();
const { winners } = context.equalShares(instance, params);
const used = process.cpuUsage(start);
console.log((used.user + used.system) / 1e6);
console.log(process.memoryUsage().rss / 1048576);
console.log([...winners].map(String).sort().join(","));
"#;

/// The seconds after which a peer is given up; and what `timeout` answers then.
const PATIENCE: &str = "1500";
const GIVEN_UP: i32 = 124;

/// Runs pabutools once.
pub(super) fn pabutools(python: &Path, file: &Path, ours: &Alone) -> Result<()> {
    let mut command = Command::new("timeout");
    show("pabutools", command.arg(PATIENCE).arg(python).arg("-c").arg(PABUTOOLS).arg(file), ours)
}

/// Runs the tool once.
pub(super) fn tool(folder: &Path, file: &Path, ours: &Alone) -> Result<()> {
    let script = tempfile::Builder::new().suffix(".cjs").tempfile()?;
    std::fs::write(script.path(), TOOL)?;
    let mut command = Command::new("timeout");
    show("equalshares tool", command.arg(PATIENCE).arg("node").arg(script.path()).arg(folder).arg(file), ours)
}

fn show(name: &str, command: &mut Command, ours: &Alone) -> Result<()> {
    let output = command.output().with_context(|| name.to_owned())?;
    if output.status.code() == Some(GIVEN_UP) {
        let seconds: f64 = PATIENCE.parse()?;
        println!("  {name}: given up after {seconds} s, that is {:.0} times our time", seconds / ours.count);
        return Ok(());
    }
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<&str> = text.lines().rev().take(3).collect();
    let [selected, megabytes, cpu] = figures[..] else { bail!("{name}: no figures in {text}") };
    let (cpu, megabytes): (f64, f64) = (cpu.parse()?, megabytes.parse()?);
    let same = if selected.split(',').eq(ours.selected.iter()) { "same winners" } else { "OTHER winners" };
    println!(
        "  {name}: {cpu:.2} s of CPU without parsing, {megabytes:.0} MB: {:.0} times our time, {:.0} times our memory, {same}",
        cpu / ours.count,
        megabytes / ours.megabytes
    );
    Ok(())
}
