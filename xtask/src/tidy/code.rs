//! Rules on what stands where in the code.

use std::sync::LazyLock;

use regex_lite::Regex;

use super::{Finding, Tree, line_of};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here and tested")
}

static SQL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?is)\bselect\b.*\bfrom\b|^\s*select\s|\binsert\s+(or\s+\w+\s+)?into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b|\b(create|alter|drop)\s+(table|index|view)\b",
    )
});

/// Whether a path is one of the places that hold a crate's SQL: `store.rs`, or a folder `store`.
fn holds_sql(path: &str) -> bool {
    path.ends_with("/store.rs") || path.contains("/store/")
}

/// `model.rs` of a component holds types and state transitions: no web, no database.
pub fn model(tree: &Tree) -> Vec<Finding> {
    static FORBIDDEN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(axum|parvis_store|parvis_web|rusqlite|tokio_postgres|tokio)\b"));
    let mut found = Vec::new();
    for (path, source) in tree.rust(&["components/"]) {
        if !(path.ends_with("/model.rs") || path.contains("/model/")) {
            continue;
        }
        for hit in FORBIDDEN.find_iter(&source.code) {
            let line = line_of(&source.code, hit.start());
            let mend = "what needs it belongs in an action or in store.rs";
            found.push(Finding::new(path, line, format!("the model names {}", hit.as_str()), mend));
        }
        for (line, _) in source.strings.iter().filter(|(_, text)| SQL.is_match(text)) {
            found.push(Finding::new(path, *line, "the model holds SQL", "move the statement to store.rs"));
        }
    }
    found
}

/// Where the name of an engine may stand outside the store, and why.
const ENGINES_ALLOWED: [(&str, &str); 4] = [
    ("platform/store/", "the two engines live there"),
    ("platform/testkit/", "it opens the engine that a test asks for"),
    ("app/src/command/doctor.rs", "it says which engine a site uses, and how to mend its settings"),
    (
        "app/src/command/serve.rs",
        "it starts the task that only PostgreSQL needs: docs/adr/0003-journal-places.md",
    ),
];

/// No branch on the engine outside the store.
pub fn engine(tree: &Tree) -> Vec<Finding> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\bEngine::|\.engine\(\)|\bis_(sqlite|postgres|pg)\b|\brusqlite\b|\btokio_postgres\b|\bdeadpool_postgres\b",
        )
    });
    let mend = "one SQL for both; where that cannot be, a second string under the same name in the store";
    let mut found = Vec::new();
    for (path, source) in tree.rust(&["methods/", "platform/", "components/", "app/"]) {
        // A crate's tests from outside may name the server that they stop and start.
        if path.contains("/tests/") || ENGINES_ALLOWED.iter().any(|(place, _)| path.starts_with(place)) {
            continue;
        }
        for hit in CODE.find_iter(&source.code) {
            let line = line_of(&source.code, hit.start());
            found.push(Finding::new(path, line, format!("an engine is named: {}", hit.as_str()), mend));
        }
        let named = |text: &str| ["sqlite", "postgres", "postgresql"].contains(&text.to_lowercase().as_str());
        for (line, text) in source.strings.iter().filter(|(_, text)| named(text)) {
            found.push(Finding::new(path, *line, format!("an engine is named: {text:?}"), mend));
        }
    }
    found
}

/// The SQL of a component stands in its store (its tests may look at rows themselves).
pub fn sql(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, source) in tree.rust(&["components/"]) {
        if holds_sql(path) || path.ends_with("/model.rs") || path.contains("/model/") {
            continue;
        }
        for (line, text) in &source.strings {
            if SQL.is_match(text) && !source.is_test(*line) {
                let what =
                    format!("SQL outside the store: {:?}", text.trim().chars().take(40).collect::<String>());
                found.push(Finding::new(path, *line, what, "move the statement to store.rs"));
            }
        }
    }
    found
}

/// The one file where routes meet axum.
const ROUTES: &str = "platform/web/src/routes.rs";

/// A role stands where the route is declared.
pub fn role(tree: &Tree) -> Vec<Finding> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\.(route|route_service|nest|nest_service|fallback|fallback_service)\s*\(")
    });
    let mut found = Vec::new();
    for (path, source) in tree.rust(&["platform/", "components/", "app/"]) {
        if path == ROUTES || path.starts_with("platform/web/src/routes/") {
            continue;
        }
        // The program that platform/web composes has its fallback: the page that says "there is nothing here".
        let frame = path.starts_with("platform/web/src/");
        let hits = BARE.find_iter(&source.code).map(|hit| (line_of(&source.code, hit.start()), hit.as_str()));
        for (line, hit) in hits.filter(|(line, _)| !source.is_test(*line)) {
            if frame && hit.starts_with(".fallback") {
                continue;
            }
            let call = hit.trim_start_matches('.').trim_end_matches(['(', ' ']);
            let mend = "declare it with its role: Routes::new().get(\"/path\", Access::…, handler)";
            found.push(Finding::new(path, line, format!("a route without a role ({call})"), mend));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::says;
    use super::*;

    #[test]
    fn a_model_knows_neither_web_nor_database() {
        let bad = "//! Never axum.\nuse axum::Json;\nuse parvis_store::Tx;\nconst Q: &str = \"select id from t\";\n";
        says(
            model,
            &[("components/a/src/model.rs", bad), ("components/a/src/show/mod.rs", "use axum::Json;")],
            &[
                "components/a/src/model.rs:2: the model names axum",
                "components/a/src/model.rs:3: the model names parvis_store",
                "components/a/src/model.rs:4: the model holds SQL",
            ],
        );
    }

    #[test]
    fn engines_are_the_stores_affair() {
        let bad = "fn a() {\n    match tx.engine() {\n        Engine::Sqlite => \"x\",\n        _ => \"postgres\",\n    }\n}\n";
        says(
            engine,
            &[
                ("components/a/src/store.rs", bad),
                ("platform/store/src/tx.rs", bad),
                ("app/src/command/doctor.rs", bad),
            ],
            &[
                "components/a/src/store.rs:2: an engine is named: .engine()",
                "components/a/src/store.rs:3: an engine is named: Engine::",
                "components/a/src/store.rs:4: an engine is named: \"postgres\"",
            ],
        );
    }

    #[test]
    fn statements_stand_in_the_store() {
        let bad = "fn a() {\n    tx.all(\"SELECT id FROM t\");\n    tx.run(\"insert into t values ($1)\");\n    \
                   tx.run(\"update t set a = 1\");\n    tx.run(\"delete from t\");\n    say(\"Update your page\");\n}\n\
                   #[cfg(test)]\nmod tests {\n    const Q: &str = \"select id from t\";\n}\n";
        says(
            sql,
            &[
                ("components/a/src/show/mod.rs", bad),
                ("components/a/src/store.rs", bad),
                ("components/a/src/store/x.rs", bad),
            ],
            &[
                "components/a/src/show/mod.rs:2: SQL outside the store",
                "components/a/src/show/mod.rs:3: SQL outside the store",
                "components/a/src/show/mod.rs:4: SQL outside the store",
                "components/a/src/show/mod.rs:5: SQL outside the store",
            ],
        );
    }

    #[test]
    fn a_route_has_its_role() {
        let bad = "fn a() {\n    Router::new().route(\"/x\", get(page));\n    Router::new()\n        .nest(\"/y\", b());\n}\n";
        says(
            role,
            &[("components/a/src/lib.rs", bad), (ROUTES, bad), ("components/a/src/tests.rs", bad)],
            &[
                "components/a/src/lib.rs:2: a route without a role (route)",
                "components/a/src/lib.rs:4: a route without a role (nest)",
            ],
        );
    }
}
