//! Rules on the files themselves: nothing left over, nothing of one machine, nothing missing.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::rust::Source;
use super::{Finding, LARGEST, Tree, line_of};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here and tested")
}

/// Written in two halves, so that these lines do not themselves break the rule.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// Nothing half done lands.
pub fn leftovers(tree: &Tree) -> Vec<Finding> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b({})\b", MARKS.join("|"))));
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(todo|unimplemented|dbg)!\s*[\(\[]|#\[ignore\b"));
    let mut found = Vec::new();
    for (path, text) in tree.texts() {
        let written =
            [".rs", ".toml", ".html", ".css", ".js", ".mjs", ".sql", ".ftl", ".sh", ".md", ".txt", ".yml"];
        if !written.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        for hit in MARK.find_iter(text) {
            let what = format!("{} was left", hit.as_str());
            found.push(Finding::new(path, line_of(text, hit.start()), what, "do it, or say plainly what is"));
        }
        if path.ends_with(".rs") {
            let source = Source::read(path, text);
            for hit in CODE.find_iter(&source.code) {
                let what = format!("{} was left", hit.as_str().trim_end_matches(['(', '[']));
                let mend = "finish it; a test that cannot run says why with parvis_core::testing::skip";
                found.push(Finding::new(path, line_of(&source.code, hit.start()), what, mend));
            }
        }
    }
    found
}

/// Nothing that is true on one machine only, and nothing too large to be source.
pub fn machine(tree: &Tree) -> Vec<Finding> {
    static PATHS: LazyLock<Regex> = LazyLock::new(|| {
        let homes = [
            concat!("wo", "rk"),
            concat!("ro", "ot"),
            concat!("ho", "me/[a-z]+"),
            concat!("Us", "ers/[a-z]+"),
            concat!("tmp/", "bash"),
        ];
        pattern(&format!(r#"(^|[\s"'`(=:])/({})[/._]"#, homes.join("|")))
    });
    static HOSTS: LazyLock<Regex> = LazyLock::new(|| {
        let hosts = [
            concat!("registry\\.", "npmjs"),
            concat!("registry\\.", "yarnpkg"),
            concat!("(static|index)\\.", "crates\\.io"),
            concat!("deb\\.", "debian\\.org"),
            concat!("files\\.", "pythonhosted"),
            concat!("pypi\\.", "org"),
        ];
        pattern(&format!(r"\b({})\b", hosts.join("|")))
    });
    let mut found = Vec::new();
    for (path, file) in &tree.files {
        if file.size > LARGEST {
            let what = format!("{} bytes", file.size);
            found.push(Finding::new(
                path,
                0,
                what,
                "no file of the project is over 1 MB: make it where it is needed",
            ));
        }
        let Some(text) = &file.text else { continue };
        for (at, line) in text.lines().enumerate() {
            if let Some(hit) = PATHS.find(line) {
                let what = format!("a path of one machine: {}…", hit.as_str().trim());
                found.push(Finding::new(path, at + 1, what, "write it from the root of the project"));
            }
            if let Some(hit) = HOSTS.find(line) {
                let what = format!("a host that serves packages: {}", hit.as_str());
                found.push(Finding::new(path, at + 1, what, "leave it to the client's own settings"));
            }
            if path.ends_with("package-lock.json") && line.trim_start().starts_with("\"resolved\"") {
                let mend = "remove these lines, or install with omit-lockfile-registry-resolved";
                found.push(Finding::new(
                    path,
                    at + 1,
                    "the lock file records where a package came from",
                    mend,
                ));
            }
        }
    }
    found
}

/// The pages that a newcomer looks for.
pub fn documents(tree: &Tree) -> Vec<Finding> {
    let wanted = [
        "README.md",
        "LISEZMOI.md",
        "ARCHITECTURE.md",
        "STYLE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
    ];
    wanted
        .into_iter()
        .filter(|path| tree.text(path).is_none_or(|text| text.trim().is_empty()))
        .map(|path| Finding::new(path, 0, "missing or empty", "write it"))
        .collect()
}

/// Each snapshot belongs to a test that exists.
pub fn snapshots(tree: &Tree) -> Vec<Finding> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"-\d+$"));
    let mut found = Vec::new();
    for path in tree.files.keys() {
        if path.ends_with(".snap.new") || path.ends_with(".pending-snap") {
            found.push(Finding::new(
                path,
                0,
                "a snapshot that nobody has accepted",
                "accept it or remove it",
            ));
        }
        let Some(name) = path.strip_suffix(".snap").and_then(|path| path.rsplit('/').next()) else {
            continue;
        };
        let source = tree.text(path).and_then(|text| {
            text.lines()
                .skip(1)
                .take_while(|line| *line != "---")
                .find_map(|line| line.strip_prefix("source:"))
        });
        let Some(source) = source.map(|source| source.trim().trim_matches('"')) else {
            found.push(Finding::new(path, 0, "does not say which test it belongs to", "make it again"));
            continue;
        };
        let Some(code) = tree.text(source) else {
            found.push(Finding::new(path, 0, format!("its test is gone ({source})"), "remove it"));
            continue;
        };
        let last = name.rsplit("__").next().unwrap_or(name);
        let last = last.split('@').next().unwrap_or(last);
        let last = NUMBER.replace(last, "");
        // A name made from parts (`format!("{page}-{locale}")`) is known by the file alone.
        let made = code.contains("assert_snapshot!(name") || code.contains("assert_snapshot!(format!");
        if !code.contains(&*last) && !made {
            found.push(Finding::new(path, 0, format!("no test in {source} is named {last}"), "remove it"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::says;
    use super::super::{File, Tree};
    use super::*;

    #[test]
    fn nothing_half_done_lands() {
        let bad = format!(
            "// {}: later\nfn a() {{\n    todo!();\n    dbg!(1);\n}}\n#[ignore]\n// todo!()\n",
            MARKS[0]
        );
        let page = format!("a\n<!-- {} -->\n", MARKS[1]);
        says(
            leftovers,
            &[("app/src/a.rs", &bad), ("docs/a.md", &page), ("docs/b.md", "XXXL\n")],
            &[
                &format!("app/src/a.rs:1: {} was left", MARKS[0]),
                "app/src/a.rs:3: todo! was left",
                "app/src/a.rs:4: dbg! was left",
                "app/src/a.rs:6: #[ignore was left",
                &format!("docs/a.md:2: {} was left", MARKS[1]),
            ],
        );
    }

    #[test]
    fn nothing_of_one_machine() {
        let path = format!("see\n`{}main`\nhttps://a.fr{}\n", concat!("/wo", "rk/"), concat!("/wo", "rk/x"));
        let host = format!("\"resolved\": \"https://{}.org/x\"\n", concat!("registry.", "npmjs"));
        says(
            machine,
            &[("docs/a.md", &path), ("tests/browser/package-lock.json", &host)],
            &[
                "docs/a.md:2: a path of one machine",
                "tests/browser/package-lock.json:1: a host that serves packages",
                "tests/browser/package-lock.json:1: the lock file records",
            ],
        );
        let mut tree = Tree::of(&[]);
        tree.files.insert("demo/film.bin".to_owned(), File { size: LARGEST + 1, text: None });
        assert_eq!(machine(&tree).len(), 1);
    }

    #[test]
    fn the_pages_of_a_newcomer_exist() {
        let files = ["README.md", "LISEZMOI.md", "STYLE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"];
        let files: Vec<(&str, &str)> = files.into_iter().map(|path| (path, "x")).collect();
        says(documents, &files, &["ARCHITECTURE.md: missing"]);
    }

    #[test]
    fn a_snapshot_has_its_test() {
        let of = |source: &str| format!("---\nsource: {source}\nexpression: x\n---\nx\n");
        let test = "fn first_page() { insta::assert_snapshot!(page); }";
        says(
            snapshots,
            &[
                ("app/src/a.rs", test),
                ("app/src/snapshots/app__a__first_page.snap", &of("app/src/a.rs")),
                ("app/src/snapshots/app__a__first_page-2.snap", &of("app/src/a.rs")),
                ("app/src/snapshots/app__a__old_page.snap", &of("app/src/a.rs")),
                ("app/src/snapshots/app__b__x.snap", &of("app/src/b.rs")),
                ("app/src/snapshots/app__b__x.snap.new", "x"),
            ],
            &[
                "app/src/snapshots/app__a__old_page.snap: no test in app/src/a.rs is named old_page",
                "app/src/snapshots/app__b__x.snap: its test is gone (app/src/b.rs)",
                "app/src/snapshots/app__b__x.snap.new: a snapshot that nobody",
            ],
        );
    }
}
