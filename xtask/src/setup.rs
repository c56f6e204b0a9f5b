//! What the tests need on the machine: found, or installed, or said in one command.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{postgres, run};

/// A program that a step needs, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

const POSTGRES: Need = Need {
    what: "the PostgreSQL server",
    packages: &["postgresql"],
    present: || postgres::programs().is_some(),
};
/// The browser without a window of its own: the same engine, for half the work of the whole one.
const CHROMIUM: Need =
    Need { what: "Chromium", packages: &["chromium-headless-shell"], present: || chromium().is_some() };
const NODE: Need = Need {
    what: "Node.js and npm",
    packages: &["nodejs", "npm"],
    present: || run::find(&["node"]).is_some() && run::find(&["npm"]).is_some(),
};

/// A program that some tests count beside; without it they are skipped.
const PEER: Need = Need {
    what: "belenios-tool",
    packages: &["belenios-tool"],
    present: || run::find(&["belenios-tool"]).is_some(),
};

/// The browser of the machine: the one made for tests before those made for people.
pub fn chromium() -> Option<PathBuf> {
    run::find(&[
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ])
}

/// Installs, where it may, what these steps lack. Where it may not, the steps themselves say what they miss.
pub fn install(logs: &Path, with_unit: bool, with_postgres: bool, with_browser: bool) {
    let log = logs.join("set-up.log");
    install_all(&log, &[(with_postgres, &POSTGRES), (with_browser, &CHROMIUM), (with_browser, &NODE)]);
    // On its own: not every distribution has it.
    install_all(&logs.join("set-up-peer.log"), &[(with_unit, &PEER)]);
}

fn install_all(log: &Path, wanted: &[(bool, &'static Need)]) {
    let lacking: Vec<&Need> =
        wanted.iter().filter(|(wanted, need)| *wanted && !(need.present)()).map(|(_, need)| *need).collect();
    if lacking.is_empty() {
        return;
    }
    let packages: Vec<&str> = lacking.iter().flat_map(|need| need.packages).copied().collect();
    let names: Vec<&str> = lacking.iter().map(|need| need.what).collect();
    println!("set-up     {} missing", names.join(", "));
    let Some(prefix) = administrator() else {
        println!("           install with: {}", command(&packages, "sudo "));
        return;
    };
    println!("           {}", command(&packages, &prefix));
    let mut shell = Command::new("sh");
    shell.args(["-c", &command(&packages, &prefix)]);
    match run::read(shell, log, |_| {}) {
        Ok(answer) if answer.success => {}
        Ok(answer) => {
            let from = answer.lines.len().saturating_sub(15);
            answer.lines[from..].iter().for_each(|line| println!("           {line}"));
        }
        Err(error) => println!("           {error:#}"),
    }
}

/// Why a step cannot run for want of a program, with the command that mends it.
pub fn lacks_postgres() -> Option<String> {
    lacks(&POSTGRES)
}

/// As [`lacks_postgres`], for the browser tests.
pub fn lacks_browser() -> Option<String> {
    lacks(&NODE).or_else(|| lacks(&CHROMIUM))
}

fn lacks(need: &Need) -> Option<String> {
    (!(need.present)())
        .then(|| format!("{} is missing; install with: {}", need.what, command(need.packages, "sudo ")))
}

fn command(packages: &[&str], prefix: &str) -> String {
    // Debian starts a server of its own with the package: it is on its own port and disturbs nobody here.
    let packages = packages.join(" ");
    format!(
        "{prefix}apt-get update && {prefix}env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y --no-install-recommends {packages}"
    )
}

/// What to write before a command so that it may install packages; nothing when we may not.
fn administrator() -> Option<String> {
    run::find(&["apt-get"])?;
    if run::output(Command::new("id").arg("-u"))? == "0" {
        return Some(String::new());
    }
    run::find(&["sudo"])?;
    run::output(Command::new("sudo").args(["-n", "true"])).map(|_| "sudo -n ".to_owned())
}

/// Why nothing can be formatted, with the command that mends it.
pub fn lacks_rustfmt(root: &Path) -> Option<String> {
    run::output(run::cargo(root).args(["fmt", "--version"])).is_none().then(|| install_component("rustfmt"))
}

fn install_component(name: &str) -> String {
    format!("{name} is missing; install with: rustup component add rustfmt clippy")
}

/// Why nothing can be built with clippy's eyes, with the command that mends it.
pub fn lacks_clippy() -> Option<String> {
    run::clippy().is_none().then(|| install_component("clippy"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_command_installs_everything() {
        assert_eq!(
            command(&["chromium-headless-shell", "npm"], "sudo "),
            "sudo apt-get update && sudo env DEBIAN_FRONTEND=noninteractive \
             apt-get install -y --no-install-recommends chromium-headless-shell npm"
        );
    }
}
