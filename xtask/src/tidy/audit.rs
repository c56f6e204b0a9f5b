//! Rule on the audit log: whatever is written to it can be read in words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use super::{Finding, Tree, line_of};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here and tested")
}

/// Where the words stand; that both languages have them is another rule.
const WORDS: &str = "platform/admin/locales/fr.ftl";
/// Where the entries are written from: the log itself is not asked.
const PLACES: [&str; 3] = ["platform/", "components/", "app/"];

/// Kinds that are built from a part: what `format!` is given, and how the calls that choose the part look.
const BUILT: [(&str, &str, &str); 2] = [
    ("moderation-{action}", "platform/civic/src/moderation.rs", r#"\bdecide\(\s*tx,[^"();]*"([a-z-]+)""#),
    ("panel-{what}-saved", "components/panel/src/", r#"\b(?:record|change)\([^"();]*"([a-z-]+)""#),
];

/// Each kind of act that is written to the audit log has words there.
pub fn audit(tree: &Tree) -> Vec<Finding> {
    static CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\baudit::record\("));
    let words = tree.text(WORDS).unwrap_or_default();
    let mut found = Vec::new();
    // Every kind, and where it is written first.
    let mut kinds: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (path, source) in tree.rust(&PLACES) {
        let Some(text) = tree.text(path) else { continue };
        for hit in CALL.find_iter(&source.code) {
            let line = line_of(text, hit.start());
            if source.is_test(line) {
                continue;
            }
            let given = arguments(&source.code, hit.end()).get(3).map_or("", |at| text[at.clone()].trim());
            let template = given.strip_prefix("&format!(").and_then(|rest| rest.strip_suffix(')'));
            let Some(kind) = quoted(template.unwrap_or(given)) else {
                let mend = "write the kind in the call, or the format! that builds it";
                found.push(Finding::new(path, line, format!("a kind that cannot be read: {given}"), mend));
                continue;
            };
            let all = if template.is_some() { built(tree, kind) } else { BTreeSet::from([kind.to_owned()]) };
            if all.is_empty() {
                let mend = "add it to BUILT in xtask/src/tidy/audit.rs";
                found.push(Finding::new(path, line, format!("nothing says which kinds {kind} makes"), mend));
            }
            for kind in all {
                kinds.entry(kind).or_insert_with(|| (path.to_owned(), line));
            }
        }
    }
    for (kind, (path, line)) in kinds {
        let key = format!("admin-did-{kind} =");
        if !words.lines().any(|known| known.starts_with(&key)) {
            let mend = format!("write admin-did-{kind} in {WORDS} and in its English twin");
            found.push(Finding::new(&path, line, format!("the audit log has no words for {kind}"), mend));
        }
    }
    found
}

/// What stands between the quotes of a literal that is the whole text.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"').filter(|inside| !inside.contains('"'))
}

/// The kinds that a template makes in this tree.
fn built(tree: &Tree, template: &str) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    for (_, place, calls) in BUILT.into_iter().filter(|(known, ..)| *known == template) {
        let calls = pattern(calls);
        let (Some(open), Some(shut)) = (template.find('{'), template.find('}')) else { continue };
        for (path, text) in tree.texts().filter(|(path, _)| path.starts_with(place) && path.ends_with(".rs"))
        {
            let source = super::rust::Source::read(path, text);
            for call in calls.captures_iter(text) {
                let (Some(whole), Some(part)) = (call.get(0), call.get(1)) else { continue };
                if !source.is_test(line_of(text, whole.start())) {
                    kinds.insert(format!("{}{}{}", &template[..open], part.as_str(), &template[shut + 1..]));
                }
            }
        }
    }
    kinds
}

/// The places of the arguments of a call, whose first begins at `from`. Strings are blank in `code`.
fn arguments(code: &str, from: usize) -> Vec<Range<usize>> {
    let (mut places, mut start, mut depth) = (Vec::new(), from, 0_usize);
    for (at, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => {
                places.push(start..at);
                break;
            }
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                places.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::tests::says;
    use super::*;

    #[test]
    fn each_kind_of_the_audit_log_has_words() {
        let known =
            "admin-did-a-saved = A\nadmin-did-moderation-hide = Masquée\nadmin-did-panel-rules-saved = R\n";
        let acts = "fn a() {\n    audit::record(tx, now, Some(f(me, 1)), \"a-saved\", &o, &json!({})).await?;\n    \
                    audit::record(tx, now, None, \"a-gone\", &format!(\"x:{id}, {y}\"), &d)\n        .await?;\n    \
                    audit::record(tx, now, None, &kind, \"b-saved\", &d).await?;\n    \
                    audit::record(tx, now, None, &format!(\"new-{kind}\"), \"o\", &d).await?;\n}\n\
                    #[cfg(test)]\nmod tests {\n    fn b() { audit::record(tx, 1, None, \"c\", \"o\", &d); }\n}\n";
        let moderation = "fn a() {\n    decide(tx, now, who, &c, \"hide\", \"other\", &words).await\n}\n\
                          fn decide() {\n    audit::record(tx, now, Some(m), &format!(\"moderation-{action}\"), &o, &d);\n}\n";
        let panel = "fn a() {\n    change(&cx, &at, \"rules\", move |tx| x);\n    record(tx, now, me, id, \"seat\").await?;\n}\n\
                     fn record() {\n    audit::record(tx, now, me, &format!(\"panel-{what}-saved\"), &object, &d);\n}\n";
        says(
            audit,
            &[
                (WORDS, known),
                ("components/panel/src/admin/mod.rs", panel),
                ("platform/a/src/lib.rs", acts),
                ("platform/civic/src/moderation.rs", moderation),
            ],
            &[
                "platform/a/src/lib.rs:5: a kind that cannot be read: &kind",
                "platform/a/src/lib.rs:6: nothing says which kinds new-{kind} makes",
                "platform/a/src/lib.rs:3: the audit log has no words for a-gone",
                "components/panel/src/admin/mod.rs:6: the audit log has no words for panel-seat-saved",
            ],
        );
    }
}
