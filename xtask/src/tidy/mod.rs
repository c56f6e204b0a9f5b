//! The rules of the house that neither Cargo nor clippy can check.
//!
//! Each rule reads the files of the project and answers with what it found: the place, what is wrong and how
//! to mend it. Each has a test that makes it speak on a small bad tree.

mod audit;
mod code;
mod crates;
mod files;
mod locales;
mod rust;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// What a rule reads and what it answers.
type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule, with the name under which its findings are shown.
pub const RULES: [(&str, Rule); 16] = [
    ("directions", crates::directions),
    ("lints", crates::lints),
    ("members", crates::members),
    ("readme", crates::readme),
    ("model", code::model),
    ("engine", code::engine),
    ("sql", code::sql),
    ("role", code::role),
    ("languages", locales::languages),
    ("french", locales::french),
    ("keys", locales::keys),
    ("audit", audit::audit),
    ("leftovers", files::leftovers),
    ("machine", files::machine),
    ("documents", files::documents),
    ("snapshots", files::snapshots),
];

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule, once it is known.
    rule: &'static str,
    file: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    what: String,
    mend: String,
}

impl Finding {
    fn new(file: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { rule: "", file: file.to_owned(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: ", self.file)?,
            line => write!(out, "{}:{line}: ", self.file)?,
        }
        write!(out, "{}; {} [{}]", self.what, self.mend, self.rule)
    }
}

/// The files of the project, by their path from its root (with `/`).
pub struct Tree {
    files: BTreeMap<String, File>,
}

struct File {
    size: u64,
    /// Nothing for a file that is not text, or too large to be source.
    text: Option<String>,
}

/// No file of ours is larger: what is, is data or a build product.
const LARGEST: u64 = 1_000_000;

impl Tree {
    /// Reads what git follows or would follow; without git, every file but build products.
    fn read(root: &Path) -> Result<Self> {
        let mut git = Command::new("git");
        git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let mut paths: Vec<String> = Vec::new();
        match run::output(&mut git).filter(|_| root.join(".git").exists()) {
            Some(listed) => {
                paths.extend(listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned))
            }
            None => walk(root, "", &mut paths)?,
        }
        let mut files = BTreeMap::new();
        for path in paths {
            let file = root.join(&path);
            // Deleted but still followed, or a link: nothing to read.
            let Ok(meta) = std::fs::symlink_metadata(&file) else { continue };
            if !meta.is_file() {
                continue;
            }
            let bytes =
                if meta.len() <= LARGEST { Some(std::fs::read(&file).context(path.clone())?) } else { None };
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            files.insert(path, File { size: meta.len(), text });
        }
        Ok(Self { files })
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        let file = |text: &str| File { size: text.len().try_into().unwrap(), text: Some(text.to_owned()) };
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), file(text))).collect() }
    }

    #[cfg(test)]
    fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.text.as_deref()
    }

    /// Every text file, with its path.
    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)))
    }

    /// Every Rust source under one of these folders.
    fn rust(&self, folders: &[&str]) -> impl Iterator<Item = (&str, rust::Source)> {
        self.texts()
            .filter(move |(path, _)| {
                path.ends_with(".rs") && folders.iter().any(|folder| path.starts_with(folder))
            })
            .map(|(path, text)| (path, rust::Source::read(path, text)))
    }
}

fn walk(root: &Path, under: &str, paths: &mut Vec<String>) -> Result<()> {
    for entry in std::fs::read_dir(root.join(under))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_file() {
            paths.push(path);
        } else if kind.is_dir() && !["target", "node_modules", ".git", "out"].contains(&name.as_str()) {
            walk(root, &path, paths)?;
        }
    }
    Ok(())
}

/// Everything that breaks a rule, in the order of the files.
pub fn check(root: &Path) -> Result<Vec<Finding>> {
    let tree = Tree::read(root)?;
    let mut found = Vec::new();
    for (name, rule) in RULES {
        found.extend(rule(&tree).into_iter().map(|finding| Finding { rule: name, ..finding }));
    }
    found.sort_by(|a, b| match a.file.cmp(&b.file) {
        Ordering::Equal => a.line.cmp(&b.line),
        other => other,
    });
    Ok(found)
}

/// `cargo xtask tidy`
pub fn command(root: &Path) -> Result<bool> {
    let found = check(root)?;
    for finding in &found {
        println!("{finding}");
    }
    match found.len() {
        0 => println!("tidy: {} rules hold", RULES.len()),
        many => println!("tidy: {many} to mend"),
    }
    Ok(found.is_empty())
}

/// `cargo xtask tidy --mend`: sets right what a machine can, the spaces and apostrophes of French texts.
pub fn mend(root: &Path) -> Result<bool> {
    for (path, text) in Tree::read(root)?.texts() {
        if let Some(mended) = locales::mended(path, text) {
            std::fs::write(root.join(path), mended).context(path.to_owned())?;
            println!("{path}: mended");
        }
    }
    command(root)
}

/// Asserts that these files break no rule but those set aside.
#[cfg(test)]
pub fn assert_tidy(files: &[(&str, &str)], aside: &[&str]) {
    let tree = Tree::of(files);
    for (name, rule) in RULES.into_iter().filter(|(name, _)| !aside.contains(name)) {
        assert_eq!(rule(&tree), [], "{name}");
    }
}

/// The line, from 1, of a place in a text.
fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1 // quicker than byte by byte where nothing is optimised
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that a rule says exactly this of a tree, as `file:line: …` beginnings.
    pub fn says(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
        let found: Vec<String> = rule(&Tree::of(files)).iter().map(ToString::to_string).collect();
        let agree = found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected));
        assert!(agree, "found {found:#?}\nexpected {expected:#?}");
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_mend() {
        let finding = Finding { rule: "x", ..Finding::new("a/b.rs", 3, "wrong", "do this") };
        assert_eq!(finding.to_string(), "a/b.rs:3: wrong; do this [x]");
    }

    #[test]
    fn a_tree_without_git_is_walked() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("target/x")).unwrap();
        std::fs::create_dir_all(dir.path().join("app/src")).unwrap();
        std::fs::write(dir.path().join("target/x/big.rs"), "x").unwrap();
        std::fs::write(dir.path().join("app/src/main.rs"), "fn main() {}").unwrap();
        let tree = Tree::read(dir.path()).unwrap();
        assert!(tree.has("app/src/main.rs") && !tree.has("target/x/big.rs"));
    }
}
