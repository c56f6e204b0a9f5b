//! `cargo xtask new-component`: a new participatory tool, from a small one that works.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::run;

macro_rules! template {
    ($($path:literal from $file:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../template/", $file)))),*]
    };
}

/// Each file of the template: its path in the new folder, and its text. The word `sample` becomes the new name.
const TEMPLATE: [(&str, &str); 16] = template![
    // Under another name here: cargo would take it for a package of its own.
    "Cargo.toml" from "Cargo.toml.txt",
    "README.md" from "README.md",
    "askama.toml" from "askama.toml",
    "locales/en.ftl" from "locales/en.ftl",
    "locales/fr.ftl" from "locales/fr.ftl",
    "migrations/0001_init.sql" from "migrations/0001_init.sql",
    "src/export.rs" from "src/export.rs",
    "src/lib.rs" from "src/lib.rs",
    "src/model.rs" from "src/model.rs",
    "src/place.rs" from "src/place.rs",
    "src/show/mod.rs" from "src/show/mod.rs",
    "src/show/page.html" from "src/show/page.html",
    "src/store.rs" from "src/store.rs",
    "src/support/mod.rs" from "src/support/mod.rs",
    "src/tests.rs" from "src/tests.rs",
    "src/tool.rs" from "src/tool.rs",
];

/// Writes `components/NAME` from the template (members are named by folder), names it in the workspace, and says
/// what is left to do by hand.
pub fn create(root: &Path, name: &str) -> Result<()> {
    let files = files(name)?;
    let folder = root.join("components").join(name);
    if folder.exists() {
        bail!("components/{name} is already there");
    }
    let manifest = root.join("Cargo.toml");
    let workspace = std::fs::read_to_string(&manifest).context("Cargo.toml")?;
    let workspace = named_beside(&workspace, name)?;
    for (path, text) in files {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(file, text)?;
    }
    std::fs::write(manifest, workspace)?;
    // A longer or shorter name breaks lines elsewhere; without rustfmt the component is merely less pretty.
    let _ = run::output(run::cargo(root).args(["fmt", "--package", &format!("parvis-{name}")]));
    println!("components/{name} is there, and in Cargo.toml. Now:");
    println!("  1. app/Cargo.toml: parvis-{name} = {{ workspace = true }}");
    println!("  2. in app, add parvis_{name}::component() to the list of components");
    println!("  3. cargo test -p parvis-{name}, then cargo xtask tidy");
    println!("  4. write components/{name}/README.md, then the code: one folder for each action");
    Ok(())
}

/// The files of a component of this name.
fn files(name: &str) -> Result<Vec<(&'static str, String)>> {
    let plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !plain {
        bail!("a component's name is one word of small letters (petition, agenda), not {name:?}");
    }
    let capital = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let named = |text: &str| text.replace("sample", name).replace("Sample", &capital);
    Ok(TEMPLATE.iter().map(|(path, text)| (*path, named(text))).collect())
}

/// The manifest of the workspace, where one more component can be depended on.
fn named_beside(manifest: &str, name: &str) -> Result<String> {
    let mut done = String::new();
    let mut named = false;
    for line in manifest.split_inclusive('\n') {
        done.push_str(line);
        if !named && line.contains("{ path = \"components/") {
            done.push_str(&format!("parvis-{name} = {{ path = \"components/{name}\" }}\n"));
            named = true;
        }
    }
    if !named {
        bail!("Cargo.toml names no component to put this one beside");
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[workspace]\nmembers = [\"components/*\", \"app\"]\n\
                            [workspace.dependencies]\nparvis-consultation = { path = \"components/consultation\" }\n";

    #[test]
    fn the_new_component_is_tidy() {
        let files = files("petition").unwrap();
        assert!(files.iter().all(|(_, text)| !text.to_lowercase().contains("sample")));
        let files: Vec<(String, &str)> =
            files.iter().map(|(path, text)| (format!("components/petition/{path}"), text.as_str())).collect();
        let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let workspace = named_beside(MANIFEST, "petition").unwrap();
        files.push(("Cargo.toml", &workspace));
        crate::tidy::assert_tidy(&files, &["documents"]);
    }

    #[test]
    fn it_is_written_once_and_named_in_the_workspace() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("Cargo.toml"), MANIFEST).unwrap();
        create(root.path(), "petition").unwrap();
        assert!(root.path().join("components/petition/src/show/page.html").is_file());
        let manifest = std::fs::read_to_string(root.path().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("parvis-petition = { path = \"components/petition\" }\n"));
        assert!(create(root.path(), "petition").is_err());
        assert!(create(root.path(), "../petition").is_err());
    }
}
