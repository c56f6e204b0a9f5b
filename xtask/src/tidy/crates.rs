//! Rules on the crates themselves: which way they depend, what each must hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Tree};

/// The rooms of the house, from the point of view of who may depend on whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Method,
    Core,
    Platform,
    Component,
    App,
    /// Tests, measures and tools: they look at everything and nothing depends on them.
    Around,
}

fn room(folder: &str) -> Room {
    match folder.split('/').collect::<Vec<_>>().as_slice() {
        ["methods", ..] => Room::Method,
        ["platform", "core"] => Room::Core,
        ["platform", ..] => Room::Platform,
        ["components", ..] => Room::Component,
        ["app"] => Room::App,
        _ => Room::Around,
    }
}

struct Package<'a> {
    folder: &'a str,
    file: String,
    text: &'a str,
    table: toml::Table,
}

/// Every package of the tree, by name, or what keeps its Cargo.toml from being read.
fn packages(tree: &Tree) -> (BTreeMap<String, Package<'_>>, Vec<Finding>) {
    let mut packages = BTreeMap::new();
    let mut found = Vec::new();
    for (path, text) in tree.texts() {
        let Some(folder) = path.strip_suffix("/Cargo.toml") else { continue };
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                found.push(Finding::new(path, 0, format!("not valid: {}", error.message()), "mend the file"));
                continue;
            }
        };
        let name = table.get("package").and_then(|package| package.get("name")?.as_str());
        if let Some(name) = name.map(str::to_owned) {
            packages.insert(name, Package { folder, file: path.to_owned(), text, table });
        }
    }
    (packages, found)
}

/// The names of the packages that a manifest depends on, in whatever table.
fn dependencies(table: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for (key, value) in table.get(kind).and_then(toml::Value::as_table).into_iter().flatten() {
            let renamed = value.get("package").and_then(toml::Value::as_str);
            names.insert(renamed.unwrap_or(key).to_owned());
        }
    }
    for target in table.get("target").and_then(toml::Value::as_table).into_iter().flatten() {
        names.extend(target.1.as_table().map(dependencies).unwrap_or_default());
    }
    names
}

/// `app → components → platform → core`, `components → methods`, and nothing else.
pub fn directions(tree: &Tree) -> Vec<Finding> {
    let (packages, mut found) = packages(tree);
    for package in packages.values() {
        for dependency in dependencies(&package.table) {
            let Some(other) = packages.get(&dependency) else { continue };
            let transparency = other.folder == "methods/transparency";
            let why = match (room(package.folder), room(other.folder)) {
                (Room::Around, _)
                | (Room::App, Room::Method | Room::Core | Room::Platform | Room::Component) => continue,
                (_, Room::Around | Room::App) => "nothing may depend on the program, its tests or its tools",
                (Room::Method, Room::Method) => continue,
                (Room::Method, _) => "methods are pure: they depend on no other room",
                (Room::Core, _) => "platform/core depends on nothing of ours",
                (Room::Platform, Room::Method) if transparency => continue,
                (Room::Platform, Room::Method) => "platform and methods never meet: a component translates",
                (Room::Platform, Room::Component) => "platform knows no component",
                (Room::Component, Room::Component) => {
                    "a component never depends on a component: the noun they share moves to platform/civic"
                }
                (Room::Platform, _) | (Room::Component, _) => continue,
            };
            let quoted = format!("package = \"{dependency}\"");
            let names = |line: &str| {
                let rest = line.strip_prefix(&*dependency).map(str::trim_start);
                rest.is_some_and(|rest| rest.starts_with(['=', '.'])) || line.contains(&quoted)
            };
            let at = package.text.lines().position(names).map_or(0, |at| at + 1);
            let what = format!("{} depends on {}", package.folder, other.folder);
            found.push(Finding::new(&package.file, at, what, why));
        }
    }
    found
}

/// Each crate inherits the lints of the workspace.
pub fn lints(tree: &Tree) -> Vec<Finding> {
    let (packages, _) = packages(tree);
    packages
        .values()
        .filter(|package| {
            let inherited = package.table.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
            inherited != Some(true)
        })
        .map(|package| {
            let mend = "add `[lints]` with `workspace = true`";
            Finding::new(&package.file, 0, "does not inherit the lints of the workspace", mend)
        })
        .collect()
}

/// Each crate is a member of the workspace, else nothing would build or test it.
pub fn members(tree: &Tree) -> Vec<Finding> {
    let (packages, _) = packages(tree);
    let root = tree.text("Cargo.toml").and_then(|text| text.parse::<toml::Table>().ok());
    let members: BTreeSet<String> = root
        .as_ref()
        .and_then(|root| root.get("workspace")?.get("members")?.as_array())
        .into_iter()
        .flatten()
        .filter_map(|member| member.as_str().map(str::to_owned))
        .collect();
    let member = |folder: &str| {
        let parent = folder.rsplit_once('/').map(|(parent, _)| format!("{parent}/*"));
        members.contains(folder) || parent.is_some_and(|parent| members.contains(&parent))
    };
    packages
        .values()
        .filter(|package| !member(package.folder))
        .map(|package| {
            let mend = "add its folder to `members` in the root Cargo.toml";
            Finding::new(&package.file, 0, "not a member of the workspace", mend)
        })
        .collect()
}

/// Each component and each method says what it is for.
pub fn readme(tree: &Tree) -> Vec<Finding> {
    let (packages, _) = packages(tree);
    packages
        .values()
        .filter(|package| matches!(room(package.folder), Room::Component | Room::Method))
        .filter(|package| {
            let text = tree.text(&format!("{}/README.md", package.folder));
            text.is_none_or(|text| text.trim().is_empty())
        })
        .map(|package| {
            let file = format!("{}/README.md", package.folder);
            Finding::new(
                &file,
                0,
                "missing or empty",
                "write its purpose, states, tables, routes and exports",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::says;
    use super::*;

    const ROOT: (&str, &str) = (
        "Cargo.toml",
        "[workspace]\nmembers = [\"methods/*\", \"platform/core\", \"platform/web\", \"components/a\", \"components/b\", \"app\"]",
    );

    fn package(name: &str, dependencies: &str) -> String {
        format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n[dependencies]\n{dependencies}")
    }

    #[test]
    fn arrows_point_one_way() {
        let good = [
            ("methods/tally/Cargo.toml", &*package("tally", "")),
            ("methods/transparency/Cargo.toml", &package("transparency", "")),
            ("platform/core/Cargo.toml", &package("core", "serde = \"1\"\n")),
            ("platform/web/Cargo.toml", &package("web", "core = {}\ntransparency = {}\n")),
            ("components/a/Cargo.toml", &package("a", "core = {}\nweb = {}\ntally = {}\n")),
            ("app/Cargo.toml", &package("app", "a = {}\n")),
            ("tests/Cargo.toml", &package("tests", "a = {}\napp = {}\n")),
        ];
        says(directions, &good, &[]);

        let bad = [
            ("methods/tally/Cargo.toml", &*package("tally", "web = {}\n")),
            ("platform/core/Cargo.toml", &package("core", "transparency = {}\n")),
            ("methods/transparency/Cargo.toml", &package("transparency", "")),
            ("platform/web/Cargo.toml", &package("web", "a = {}\n[dev-dependencies]\ntally = {}\n")),
            ("components/a/Cargo.toml", &package("a", "")),
            ("components/b/Cargo.toml", &package("b", "hidden = { package = \"a\" }\napp = {}\n")),
            ("app/Cargo.toml", &package("app", "")),
        ];
        says(
            directions,
            &bad,
            &[
                "components/b/Cargo.toml:6: components/b depends on components/a; a component never",
                "components/b/Cargo.toml:7: components/b depends on app; nothing may",
                "platform/core/Cargo.toml:6: platform/core depends on methods/transparency; platform/core",
                "methods/tally/Cargo.toml:6: methods/tally depends on platform/web; methods are pure",
                "platform/web/Cargo.toml:6: platform/web depends on components/a; platform knows",
                "platform/web/Cargo.toml:8: platform/web depends on methods/tally; platform and methods",
            ],
        );
    }

    #[test]
    fn each_crate_inherits_lints_and_is_a_member() {
        let alone = ("components/c/Cargo.toml", "[package]\nname = \"c\"\n");
        says(lints, &[alone], &["components/c/Cargo.toml: does not inherit"]);
        says(members, &[ROOT, alone], &["components/c/Cargo.toml: not a member"]);
        let good = package("tally", "");
        says(lints, &[("methods/tally/Cargo.toml", &good)], &[]);
        says(members, &[ROOT, ("methods/tally/Cargo.toml", &good)], &[]);
    }

    #[test]
    fn components_and_methods_explain_themselves() {
        let a = package("a", "");
        let files = [("components/a/Cargo.toml", &*a), ("methods/m/Cargo.toml", "[package]\nname = \"m\"\n")];
        says(readme, &files, &["components/a/README.md: missing", "methods/m/README.md: missing"]);
        let with = [("components/a/Cargo.toml", &*a), ("components/a/README.md", "# A\n")];
        says(readme, &with, &[]);
    }
}
