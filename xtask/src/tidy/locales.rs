//! Rules on the texts: both languages complete, French written as French, no key without a use.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use regex_lite::Regex;

use super::rust::Source;
use super::{Finding, Tree, line_of};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written here and tested")
}

/// What a language says under one key.
#[derive(Default)]
struct Message {
    line: usize,
    attributes: BTreeSet<String>,
    variables: BTreeSet<String>,
    /// Messages that it quotes.
    quoted: BTreeSet<String>,
    /// Every piece of text in it, whatever the choice of a variant.
    texts: Vec<String>,
    empty: bool,
}

/// The messages of one file, by key.
struct Catalog {
    messages: BTreeMap<String, Message>,
    found: Vec<Finding>,
}

impl Catalog {
    fn read(path: &str, text: &str) -> Self {
        let mut catalog = Self { messages: BTreeMap::new(), found: Vec::new() };
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let line = line_of(text, error.pos.start.min(text.len()));
                catalog.found.push(Finding::new(
                    path,
                    line,
                    format!("not Fluent: {error}"),
                    "mend the message",
                ));
            }
            resource
        });
        for entry in &resource.body {
            let (name, value, attributes) = match entry {
                Entry::Message(message) => {
                    (message.id.name.to_owned(), message.value.as_ref(), &message.attributes)
                }
                Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
                _ => continue,
            };
            let mut message = Message { line: line_of_key(text, &name), ..Message::default() };
            if let Some(value) = value {
                message.read(value);
                message.empty = !says_something(value);
            }
            for attribute in attributes {
                message.attributes.insert(attribute.id.name.to_owned());
                message.read(&attribute.value);
                message.empty |= !says_something(&attribute.value);
            }
            let line = message.line;
            if catalog.messages.insert(name.clone(), message).is_some() {
                catalog.found.push(Finding::new(path, line, format!("{name} is there twice"), "keep one"));
            }
        }
        catalog
    }
}

impl Message {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.read(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.quoted.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.quoted.insert(format!("-{}", id.name));
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value));
    }
}

fn says_something(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().any(|element| match element {
        PatternElement::TextElement { value } => !value.trim().is_empty(),
        PatternElement::Placeable { expression } => match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => !value.is_empty(),
            Expression::Inline(_) => true,
            Expression::Select { variants, .. } => {
                variants.iter().any(|variant| says_something(&variant.value))
            }
        },
    })
}

fn line_of_key(text: &str, key: &str) -> usize {
    let defines = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(defines).map_or(0, |at| at + 1)
}

/// The texts of our own crates (not of what they are made from).
fn catalogs(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.texts().filter(|(path, _)| path.ends_with(".ftl") && path.contains("/locales/") && is_ours(path))
}

/// Whether a path belongs to the program, not to its tools.
fn is_ours(path: &str) -> bool {
    ["methods/", "platform/", "components/", "app/"].iter().any(|place| path.starts_with(place))
}

/// The path of the same texts in the other language: `locales/fr.ftl` and `locales/en.ftl`, `locales/fr/x.ftl` …
fn other(path: &str, from: &str, to: &str) -> Option<String> {
    let at = path.find("/locales/")? + "/locales/".len();
    let (before, name) = path.split_at(at);
    let parts: Vec<&str> = name.split_inclusive(['/', '.']).collect();
    let is = |part: &&str| part.trim_end_matches(['/', '.']) == from;
    let swap = |part: &&str| if is(part) { part.replace(from, to) } else { (*part).to_owned() };
    parts.iter().any(is).then(|| format!("{before}{}", parts.iter().map(swap).collect::<String>()))
}

/// Both languages say the same things, with the same variables.
pub fn languages(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut everywhere: BTreeMap<(bool, String), &str> = BTreeMap::new();
    for (path, text) in catalogs(tree) {
        let french = other(path, "fr", "en");
        let Some(twin) = french.clone().or_else(|| other(path, "en", "fr")) else {
            let mend = "name it locales/fr.ftl or locales/en.ftl";
            found.push(Finding::new(path, 0, "neither French nor English", mend));
            continue;
        };
        let here = Catalog::read(path, text);
        found.extend(here.found);
        for (key, message) in &here.messages {
            if message.empty {
                found.push(Finding::new(path, message.line, format!("{key} is empty"), "write it"));
            }
            if let Some(first) = everywhere.insert((french.is_some(), key.clone()), path)
                && first != path
            {
                let what = format!("{key} is also in {first}");
                found.push(Finding::new(
                    path,
                    message.line,
                    what,
                    "begin each key with its crate's own word",
                ));
            }
        }
        let Some(twin_text) = tree.text(&twin) else {
            found.push(Finding::new(path, 0, format!("{twin} does not exist"), "write the other language"));
            continue;
        };
        let there = Catalog::read(&twin, twin_text);
        for (key, message) in &here.messages {
            let Some(same) = there.messages.get(key) else {
                found.push(Finding::new(
                    path,
                    message.line,
                    format!("{key} is not in {twin}"),
                    "write it there",
                ));
                continue;
            };
            for (what, ours, theirs) in [
                ("the attribute .", &message.attributes, &same.attributes),
                ("the variable $", &message.variables, &same.variables),
            ] {
                for name in ours.difference(theirs) {
                    let what = format!("{key}: {twin} has not {what}{name}");
                    found.push(Finding::new(path, message.line, what, "say the same in both languages"));
                }
            }
        }
    }
    found
}

/// French typography, as a reader expects it.
pub fn french(tree: &Tree) -> Vec<Finding> {
    static SLIPS: LazyLock<[(Regex, &str, &str); 5]> = LazyLock::new(|| {
        [
            (pattern(r"[A-Za-z]'[A-Za-z]"), "a straight apostrophe", "write ’"),
            (pattern(r" [?!;:»]|« "), "an ordinary space beside ? ! ; : « »", "write a no-break space"),
            (
                pattern(r"[A-Za-z][?!;»]|[A-Za-z]:(\s|$)|«[^ \u{a0}\u{202f}]"),
                "no space beside ? ! ; : « »",
                "write a no-break space",
            ),
            (pattern(r"[A-Za-z]\.\.\.|\s\.\.\."), "three dots", "write …"),
            (pattern(r"[A-Za-z]·[A-Za-z]"), "a mid-dot", "find a wording that includes everybody without it"),
        ]
    });
    let mut found = Vec::new();
    for (path, text) in catalogs(tree).filter(|(path, _)| other(path, "fr", "en").is_some()) {
        for (key, message) in Catalog::read(path, text).messages {
            let said = message.texts.iter().map(|text| plain(text));
            let slips: BTreeSet<usize> = said
                .flat_map(|text| {
                    (0..SLIPS.len()).filter(move |slip| SLIPS[*slip].0.is_match(&text)).collect::<Vec<_>>()
                })
                .collect();
            for slip in slips {
                let (_, what, mend) = &SLIPS[slip];
                found.push(Finding::new(path, message.line, format!("{key}: {what}"), *mend));
            }
        }
    }
    found
}

/// A French file with its no-break spaces and its apostrophes set right; nothing when they already are.
pub fn mended(path: &str, text: &str) -> Option<String> {
    static APOSTROPHE: LazyLock<Regex> = LazyLock::new(|| pattern(r"([A-Za-z])'([^\s'])"));
    static THIN: LazyLock<Regex> = LazyLock::new(|| pattern(r"([^\s]) ([?!;])"));
    static WIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"([^\s]) ([:»])"));
    static OPENING: LazyLock<Regex> = LazyLock::new(|| pattern(r"« "));
    other(path, "fr", "en").filter(|_| path.ends_with(".ftl"))?;
    let mend = |line: &str| {
        if line.starts_with('#') {
            return line.to_owned();
        }
        let line = APOSTROPHE.replace_all(line, "$1’$2");
        let line = THIN.replace_all(&line, "$1\u{202f}$2");
        let line = WIDE.replace_all(&line, "$1\u{a0}$2");
        OPENING.replace_all(&line, "«\u{a0}").into_owned()
    };
    let mended: String = text.split_inclusive('\n').map(mend).collect();
    (mended != text).then_some(mended)
}

/// A text without what has its own spelling: addresses, marks of HTML, and the one noun with a mid-dot.
///
/// regex-lite knows ASCII letters only: accented ones become plain letters, so that one class covers all.
fn plain(text: &str) -> String {
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"https?://\S+|<[^>]*>|&[a-z]+;|`[^`]*`|[Pp]articipant·e(·?s)?|\bmailto:\S+")
    });
    let letter = |letter: char| if letter.is_alphabetic() && !letter.is_ascii() { 'e' } else { letter };
    APART.replace_all(text, "").chars().map(letter).collect()
}

/// Names that begin as a crate’s texts do and are none: of jobs, of an option, of checks of the verifier, of a
/// method of counting.
const NOT_TEXTS: [&str; 8] = [
    "account-tidy",
    "civic-notify",
    "civic-tidy",
    "public-url",
    "consultation-amendments",
    "consultation-sections",
    "consultation-results",
    "consultation-totals",
];

/// Each key that is asked for exists, and each key that exists is asked for.
pub fn keys(tree: &Tree) -> Vec<Finding> {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?:\bt(?:exts?)?(?:\(\))?\.(?:get|n|with[123]?)\(\s*|\.t\(\s*|\btr!\(\s*)"([a-z][A-Za-z0-9-]*)""#,
        )
    });
    let mut known: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    let mut dynamic: Vec<String> = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, text) in catalogs(tree) {
        dynamic.extend(text.lines().filter_map(|line| {
            let prefix = line.trim_start_matches('#').trim().strip_prefix("dynamic:")?;
            Some(prefix.trim().to_owned()).filter(|prefix| !prefix.is_empty())
        }));
        for (key, message) in Catalog::read(path, text).messages {
            used.extend(message.quoted.iter().cloned());
            known.entry(key).or_insert((path, message.line));
        }
    }

    // `civic-title-empty`: whatever begins with the word of a catalog and a hyphen is meant as a key.
    let families: BTreeSet<String> =
        known.keys().filter_map(|key| Some(format!("{}-", key.split_once('-')?.0))).collect();
    let meant = |text: &str| {
        let shape = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let key = text.bytes().all(shape) && !text.ends_with('-') && !NOT_TEXTS.contains(&text);
        key && families.iter().any(|family| text.starts_with(family.as_str()))
    };
    let mut found = Vec::new();
    for (path, text) in tree.texts() {
        let rust = path.ends_with(".rs");
        let template = [".html", ".txt", ".xml", ".svg", ".js"].iter().any(|end| path.ends_with(end));
        if !(rust || template) || !is_ours(path) || (template && path.contains("/tests/")) {
            continue;
        }
        let source = rust.then(|| Source::read(path, text));
        let mut gone = BTreeSet::new();
        for (line, text) in source.iter().flat_map(|source| &source.strings) {
            let test = source.as_ref().is_some_and(|source| source.is_test(*line));
            if !test && meant(text) && !known.contains_key(text) {
                gone.insert((*line, text.clone()));
            }
        }
        match &source {
            Some(source) => used.extend(source.strings.iter().map(|(_, text)| text.clone())),
            None => used.extend(words(text)),
        }
        for asked in ASKED.captures_iter(text) {
            let Some(key) = asked.get(1) else { continue };
            let line = line_of(text, key.start());
            let comment = text.lines().nth(line - 1).is_some_and(|line| line.trim_start().starts_with("//"));
            let test = source.as_ref().is_some_and(|source| source.is_test(line));
            if comment || test || known.contains_key(key.as_str()) {
                continue;
            }
            gone.insert((line, key.as_str().to_owned()));
        }
        found.extend(gone.into_iter().map(|(line, key)| {
            let what = format!("there is no text {key:?}");
            Finding::new(path, line, what, "write it in locales/fr.ftl and locales/en.ftl")
        }));
    }
    for (key, (path, line)) in known {
        if !used.contains(&key) && !dynamic.iter().any(|prefix| key.starts_with(prefix)) {
            let mend = "remove it, or say `# dynamic: its-prefix-`";
            found.push(Finding::new(path, line, format!("nothing uses {key}"), mend));
        }
    }
    found
}

/// Every run of letters, digits and hyphens that stands between quotes in a template.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))
        .filter(|word| word.contains('-'))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::tests::says;
    use super::*;

    #[test]
    fn both_languages_are_complete() {
        let fr = "a-one = Un { $n }\na-two = Deux\n    .title = Titre\na-empty = { \"\" }\na-one = Encore\n";
        let en = "a-one = One\na-two = Two\n";
        says(
            languages,
            &[
                ("components/a/locales/en.ftl", en),
                ("components/a/locales/fr.ftl", fr),
                ("components/b/locales/fr.ftl", "a-two = Deux\nbroken\n"),
                ("components/c/locales/de.ftl", "c = x\n"),
            ],
            &[
                "components/a/locales/fr.ftl:1: a-one is there twice",
                "components/a/locales/fr.ftl:4: a-empty is empty",
                "components/a/locales/fr.ftl:4: a-empty is not in components/a/locales/en.ftl",
                "components/a/locales/fr.ftl:2: a-two: components/a/locales/en.ftl has not the attribute .title",
            ]
            .iter()
            .copied()
            .chain([
                "components/b/locales/fr.ftl:2: not Fluent",
                "components/b/locales/fr.ftl:1: a-two is also in components/a/locales/fr.ftl",
                "components/b/locales/fr.ftl: components/b/locales/en.ftl does not exist",
                "components/c/locales/de.ftl: neither French nor English",
            ])
            .collect::<Vec<_>>(),
        );
    }

    #[test]
    fn variables_agree_whatever_the_variant() {
        let fr = "a = { $n ->\n    [one] un { $name }\n   *[other] { $n }\n }\n";
        let en = "a = { NUMBER($n) }\n";
        says(
            languages,
            &[("components/a/locales/en.ftl", en), ("components/a/locales/fr.ftl", fr)],
            &["components/a/locales/fr.ftl:1: a: components/a/locales/en.ftl has not the variable $name"],
        );
    }

    #[test]
    fn the_other_language_has_its_place() {
        assert_eq!(other("a/locales/fr.ftl", "fr", "en").as_deref(), Some("a/locales/en.ftl"));
        assert_eq!(other("a/locales/fr/frame.ftl", "fr", "en").as_deref(), Some("a/locales/en/frame.ftl"));
        assert_eq!(other("a/locales/frame.ftl", "fr", "en"), None);
    }

    #[test]
    fn french_is_written_as_french() {
        let bad = "a = L'avis\nb = Quoi ?\nc = Quoi?\nd = Fin...\ne = citoyen·ne\n";
        let good =
            "f = L’avis\u{a0}: quoi\u{202f}? «\u{a0}oui\u{a0}», participant·e, https://a.fr/?x='a', 10:30\n";
        says(
            french,
            &[
                ("components/a/locales/fr.ftl", &format!("{bad}{good}")),
                ("components/a/locales/en.ftl", "a = It's OK?\n"),
            ],
            &[
                "components/a/locales/fr.ftl:1: a: a straight apostrophe",
                "components/a/locales/fr.ftl:2: b: an ordinary space",
                "components/a/locales/fr.ftl:3: c: no space",
                "components/a/locales/fr.ftl:4: d: three dots",
                "components/a/locales/fr.ftl:5: e: a mid-dot",
            ],
        );
        says(
            french,
            &[("components/a/locales/fr.ftl", "g = L'élan\nh = Été?\n")],
            &["components/a/locales/fr.ftl:1: g: a straight", "components/a/locales/fr.ftl:2: h: no space"],
        );
    }

    #[test]
    fn french_spaces_are_set_right() {
        let path = "components/a/locales/fr.ftl";
        let text = "# l'un : « a »\na = L'un : « { $b } » ?\n    Oui !\n";
        let right = "# l'un : « a »\na = L’un\u{a0}: «\u{a0}{ $b }\u{a0}»\u{202f}?\n    Oui\u{202f}!\n";
        assert_eq!(mended(path, text).as_deref(), Some(right));
        assert_eq!(mended(path, right), None);
        assert_eq!(mended("components/a/locales/en.ftl", text), None);
        says(french, &[(path, right)], &[]);
    }

    #[test]
    fn keys_exist_and_are_used() {
        let ftl = "# dynamic: a-status-\na-used = x { a-quoted }\na-quoted = x\na-lost = x\na-status-open = x\na-page = x\n";
        let code = "fn a() {\n    t.get(\"a-used\");\n    t.with1(\n        \"a-gone\", \"n\", 1);\n    map.get(\"else-where\");\n    // t.get(\"a-comment\")\n    cx.redirect_with(path, \"a-nowhere\", &[]);\n    class(\"else-where\");\n}\n";
        says(
            keys,
            &[
                ("components/a/locales/en.ftl", ftl),
                ("components/a/locales/fr.ftl", ftl),
                ("components/a/src/lib.rs", code),
                (
                    "components/a/src/show/page.html",
                    "<p>{{ t.get(\"a-page\") }} {{ ctx.t.n(\"a-none\", 3) }}</p>",
                ),
            ],
            &[
                "components/a/src/lib.rs:4: there is no text \"a-gone\"",
                "components/a/src/lib.rs:7: there is no text \"a-nowhere\"",
                "components/a/src/show/page.html:1: there is no text \"a-none\"",
                "components/a/locales/en.ftl:4: nothing uses a-lost",
            ],
        );
    }
}
