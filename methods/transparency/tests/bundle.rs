//! A small bundle, whole and well formed; then everything that can be wrong with one.

#![expect(clippy::unwrap_used, reason = "the helpers of these tests may panic as the tests do")]

use parvis_transparency::bundle::{self, Files, Report, verify_format};
use parvis_transparency::canonical;
use parvis_transparency::checkpoint::Checkpoint;
use parvis_transparency::merkle::{Tree, leaf_hash};
use parvis_transparency::note::{self, Signer, Verifier};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

type Bundle = BTreeMap<String, Vec<u8>>;

const ORIGIN: &str = "town.example/journal";

fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[7; 32]).unwrap()
}

fn leaves(n: usize) -> Vec<Vec<u8>> {
    (0..n)
        .map(|i| canonical::to_bytes(&json!({"kind": "vote", "n": i, "where": "mairie – é"})).unwrap())
        .collect()
}

fn head(leaves: &[Vec<u8>]) -> Checkpoint {
    let tree: Tree = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    Checkpoint::new(ORIGIN, tree.size(), tree.root())
}

fn field(name: &str, kind: &str, constraints: Value) -> Value {
    json!({"name": name, "type": kind, "constraints": constraints,
        "description": format!("The {name}."), "description_fr": format!("Le champ {name}.")})
}

fn package() -> Value {
    json!({
        "name": "parvis",
        "resources": [
            {"name": "proposals", "path": "data/proposals.csv", "schema": {"primaryKey": "id", "fields": [
                field("id", "integer", json!({"required": true, "unique": true, "minimum": 1, "maximum": 99})),
                field("title", "string", json!({"required": true, "minLength": 2, "maxLength": 12})),
                field("published", "datetime", json!({})),
            ]}},
            {"name": "votes", "path": "data/votes.csv", "dialect": {"delimiter": ";"}, "schema": {
                "primaryKey": ["proposal", "side"],
                "foreignKeys": [{"fields": "proposal", "reference": {"resource": "proposals", "fields": "id"}}],
                "fields": [
                    field("proposal", "integer", json!({})),
                    field("side", "string", json!({"enum": ["for", "against"]})),
                    field("count", "integer", json!({"required": true})),
                    field("share", "number", json!({})),
                    field("final", "boolean", json!({})),
                    field("day", "date", json!({})),
                ],
            }},
            {"name": "results", "path": "results/results.json"},
        ],
    })
}

fn unsealed(leaves: &[Vec<u8>]) -> Bundle {
    let signed = head(leaves).sign(&signer()).unwrap();
    let mut files: Bundle = bundle::journal_files(leaves, &signed, signer().verifier()).into_iter().collect();
    let mut add = |name: &str, bytes: &[u8]| files.insert(name.to_owned(), bytes.to_vec());
    add("README.md", "A small bundle.\nUn petit lot.\n".as_bytes());
    add(
        "data/proposals.csv",
        "id,title,published\n1,Jardin,2015-10-17T10:00:00Z\n2,\"Pl, ace\",\n".as_bytes(),
    );
    add(
        "data/votes.csv",
        b"proposal;side;count;share;final;day\n1;for;3;0.75;true;2015-10-17\n1;against;1;;;\n",
    );
    add("results/results.json", br#"{"winners":["1"]}"#);
    add("datapackage.json", package().to_string().as_bytes());
    files
}

fn sealed(mut files: Bundle) -> Bundle {
    bundle::seal(&mut files, &signer());
    files
}

fn small() -> Bundle {
    sealed(unsealed(&leaves(3)))
}

fn report(files: &dyn Files) -> Report {
    verify_format(files, None).report
}

/// The first failure after a change made by somebody who holds the site's key and seals the bundle again.
fn resealed(change: impl FnOnce(&mut Bundle)) -> (String, String) {
    let mut files = unsealed(&leaves(3));
    change(&mut files);
    first(&sealed(files))
}

fn first(files: &dyn Files) -> (String, String) {
    let report = report(files);
    assert!(!report.ok());
    let check = report.first_failure().expect("a failed report has a failed check");
    (check.name.to_string(), check.detail.clone())
}

fn replace(files: &mut Bundle, name: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[name].clone()).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    files.insert(name.to_owned(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn a_sound_bundle_passes_every_check() {
    for n in [0, 1, 3, 256, 300] {
        let files = sealed(unsealed(&leaves(n)));
        let found = verify_format(&files, Some(signer().verifier()));
        assert_eq!(found.report.first_failure(), None, "{n} leaves");
        assert!(found.report.ok());
        let names: Vec<&str> = found.report.checks.iter().map(|check| check.name.as_ref()).collect();
        assert_eq!(
            names,
            [
                "manifest",
                "journal-key",
                "manifest-signature",
                "journal-checkpoint",
                "journal-entries",
                "journal-tiles",
                "datapackage",
                "table:proposals",
                "table:votes",
            ]
        );
        let journal = found.journal.unwrap();
        assert_eq!(journal.leaves.len(), n);
        assert_eq!(journal.lines().map(<[u8]>::to_vec).collect::<Vec<_>>(), leaves(n));
    }
}

#[test]
fn a_report_is_the_json_of_the_contract() {
    let mut report = Report::default();
    assert!(!report.ok(), "nothing checked is nothing shown");
    report.push(bundle::Check::pass("a", "fine"));
    assert!(report.ok());
    report.push(bundle::Check::fail("b", "wrong"));
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        json!({"ok": false, "checks": [{"name": "a", "ok": true, "detail": "fine"},
            {"name": "b", "ok": false, "detail": "wrong"}]})
    );
}

/// The promise of the whole crate: no byte of any file is free.
#[test]
fn any_changed_byte_fails_a_check() {
    let files = small();
    assert!(report(&files).ok());
    let mut flips = 0;
    for (name, bytes) in &files {
        for at in 0..bytes.len() {
            // A neighbour in the alphabet, a change of case, a byte out of UTF-8.
            for mask in [0x01, 0x20, 0x80] {
                let mut changed = files.clone();
                changed.get_mut(name).unwrap()[at] ^= mask;
                assert!(!report(&changed).ok(), "{name}, byte {at}, mask {mask:#x}");
                flips += 1;
            }
        }
    }
    assert_eq!(flips, 3 * files.values().map(Vec::len).sum::<usize>());
}

#[test]
fn any_added_or_removed_byte_or_file_fails_a_check() {
    let files = small();
    for name in files.keys() {
        let with = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut changed = files.clone();
            change(changed.get_mut(name).unwrap());
            changed
        };
        for extra in [b"\n".as_slice(), b" ", b"\0", b"\n\xe2\x80\x94 x AAAAAAE=\n"] {
            assert!(!report(&with(&|bytes| bytes.extend_from_slice(extra))).ok(), "{name} + {extra:?}");
        }
        assert!(!report(&with(&|bytes| bytes.insert(0, b'\n'))).ok(), "{name}: byte before");
        assert!(!report(&with(&|bytes| bytes.truncate(bytes.len() - 1))).ok(), "{name}: cut");
        assert!(!report(&with(&Vec::clear)).ok(), "{name}: emptied");
        let mut without = files.clone();
        let bytes = without.remove(name).unwrap();
        if !name.starts_with("manifest") {
            assert_eq!(first(&without).1, format!("{name} is in manifest.json but not in the bundle"));
        }
        assert!(!report(&without).ok(), "{name}: removed");
        without.insert(format!("{name}.bak"), bytes);
        assert!(!report(&without).ok(), "{name}: renamed");
    }
    let mut more = files.clone();
    more.insert("extra.txt".into(), vec![]);
    assert_eq!(
        first(&more),
        ("manifest".into(), "extra.txt is in the bundle but not in manifest.json".into())
    );
}

/// A zip may hold two files of one name, of which a reader sees the other one.
#[test]
fn a_file_that_is_there_twice_fails() {
    struct Twice(Bundle, &'static str);
    impl Files for Twice {
        fn names(&self) -> Vec<String> {
            self.0.keys().cloned().chain([self.1.to_owned()]).collect()
        }
        fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
            Files::read(&self.0, name)
        }
    }
    for name in ["README.md", "manifest.json", "manifest.sig"] {
        assert_eq!(
            first(&Twice(small(), name)),
            ("manifest".into(), format!("{name} is in the bundle twice"))
        );
    }
    for name in ["../evil", "/etc/passwd", "a//b", "a\\b", "./README.md", "C:/x", ""] {
        assert_eq!(first(&Twice(small(), name)).1, format!("{name:?} is not a plain relative path"));
    }
}

#[test]
fn the_signature_has_one_spelling() {
    let files = small();
    let text = String::from_utf8(files["manifest.sig"].clone()).unwrap();
    let with = |text: String| {
        let mut changed = files.clone();
        changed.insert("manifest.sig".into(), text.into_bytes());
        first(&changed).0
    };
    let line = text.lines().last().unwrap();
    assert_eq!(with(format!("{text}{line}\n")), "manifest-signature");
    let other = note::sign("x\n", &[&Signer::from_seed("x", &[1; 32]).unwrap()]).unwrap();
    assert_eq!(with(format!("{text}{}", other.strip_prefix("x\n\n").unwrap())), "manifest-signature");
    let elsewhere = note::sign("parvis-bundle\n00\n", &[&signer()]).unwrap();
    assert_eq!(with(elsewhere), "manifest-signature");
    // Base64 with a stray bit in its last letter, which lenient decoders accept.
    assert!(line.ends_with('='));
    let last = line.trim_end_matches('=').chars().last().unwrap();
    for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9').filter(|c| *c != last) {
        let at = text.rfind(last).unwrap();
        let changed = format!("{}{letter}{}", &text[..at], &text[at + 1..]);
        assert_eq!(with(changed), "manifest-signature");
    }
}

#[test]
fn another_key_is_seen_by_whoever_holds_the_right_one() {
    let stranger = Signer::from_seed(ORIGIN, &[8; 32]).unwrap();
    let leaves = leaves(3);
    let mut files = unsealed(&leaves);
    let signed = head(&leaves).sign(&stranger).unwrap();
    files.extend(bundle::journal_files(&leaves, &signed, stranger.verifier()));
    bundle::seal(&mut files, &stranger);
    assert!(verify_format(&files, None).report.ok(), "it agrees with itself");
    let found = verify_format(&files, Some(signer().verifier())).report;
    assert_eq!(found.first_failure().unwrap().name, "journal-key");
    assert!(!found.checks.iter().any(|check| check.ok && check.name.starts_with("journal")));
}

#[test]
fn the_journal_is_checked_even_when_sealed_again() {
    let name = |change: &dyn Fn(&mut Bundle)| resealed(change).0;
    let entries = "journal/entries.jsonl";
    assert_eq!(name(&|f| replace(f, "journal/key.txt", "\n", "")), "journal-key");
    assert_eq!(name(&|f| replace(f, "journal/checkpoint", "\n3\n", "\n2\n")), "journal-checkpoint");
    assert_eq!(name(&|f| drop(f.remove("journal/checkpoint"))), "journal-checkpoint");
    assert_eq!(name(&|f| replace(f, entries, "\"n\":1", "\"n\":7")), "journal-entries");
    let detail = |change: &dyn Fn(&mut Bundle)| resealed(change).1;
    assert!(
        detail(&|f| replace(f, entries, "\"n\":1", "\"n\": 1"))
            .contains("line 2: JSON, but not in its canonical")
    );
    assert!(detail(&|f| replace(f, entries, "\"n\":1", "\"n\":1.5")).contains("line 2: at \"/n\""));
    assert!(detail(&|f| replace(f, entries, "\n", "\n\n")).contains("line 2: not JSON"));
    let two: Vec<u8> = leaves(2).iter().flat_map(|leaf| [leaf.as_slice(), b"\n"].concat()).collect();
    assert!(
        detail(&|f| drop(f.insert(entries.into(), two.clone()))).contains("2 leaves, the checkpoint says 3")
    );
    let tile = "journal/tile/0/000.p/3";
    assert_eq!(name(&|f| f.get_mut(tile).unwrap()[5] ^= 1), "journal-tiles");
    assert!(detail(&|f| drop(f.remove(tile))).contains("is missing"));
    assert_eq!(name(&|f| drop(f.insert("journal/tile/0/001".into(), vec![]))), "journal-tiles");
    assert_eq!(name(&|f| drop(f.insert("journal/tile/other".into(), vec![]))), "journal-tiles");
}

#[test]
fn entry_bundles_and_older_tiles_are_checked_when_they_are_there() {
    let leaves = leaves(3);
    let add = |name: &str, bytes: Vec<u8>| {
        let mut files = unsealed(&leaves);
        files.insert(name.into(), bytes);
        report(&sealed(files)).ok()
    };
    let good = parvis_transparency::tile::encode_entries(&leaves).unwrap();
    assert!(add("journal/tile/entries/000.p/3", good.clone()));
    assert!(!add("journal/tile/entries/000.p/2", good.clone()));
    assert!(!add("journal/tile/entries/000.p/3", good[1..].to_vec()));
    assert!(add("journal/tile/0/000.p/1", leaf_hash(&leaves[0]).to_vec()));
    assert!(!add("journal/tile/0/000.p/1", leaf_hash(&leaves[1]).to_vec()));
}

#[test]
fn a_kept_checkpoint_and_a_kept_receipt_hold_a_later_bundle_to_account() {
    let files = sealed(unsealed(&leaves(300)));
    let journal = verify_format(&files, None).journal.unwrap();
    assert!(journal.continues(&head(&leaves(3))));
    assert!(journal.continues(&head(&leaves(300))));
    assert!(!journal.continues(&head(&leaves(301))));
    let mut rewritten = leaves(3);
    rewritten[1] = b"{}".to_vec();
    assert!(!journal.continues(&head(&rewritten)));
    let signed = String::from_utf8(files["journal/checkpoint"].clone()).unwrap();
    let receipt = journal.receipt(41, &signed).unwrap();
    assert_eq!(receipt.verify(signer().verifier()).unwrap().leaf["n"], json!(41));
    assert!(journal.holds(&receipt));
    assert!(!journal.holds(&parvis_transparency::receipt::Receipt { index: 40, ..receipt }));
    assert!(journal.receipt(300, &signed).is_err());
}

fn with_package(change: impl FnOnce(&mut Value)) -> (String, String) {
    resealed(|files| {
        let mut value = package();
        change(&mut value);
        files.insert("datapackage.json".into(), value.to_string().into_bytes());
    })
}

#[test]
fn the_description_is_checked_even_when_sealed_again() {
    let fields = |p: &mut Value, at: usize| p["resources"][0]["schema"]["fields"][at].take();
    type Change = Box<dyn FnOnce(&mut Value)>;
    let cases: Vec<(Change, &str)> = vec![
        (Box::new(|p| p["resources"] = json!([])), "no resources"),
        (Box::new(|p| p["resources"][2]["path"] = json!("gone.json")), "gone.json is not in the bundle"),
        (Box::new(|p| p["resources"][2]["path"] = json!("../x")), "plain relative path"),
        (Box::new(|p| p["resources"][2]["path"] = json!(["a"])), "plain relative path"),
        (Box::new(|p| p["resources"][2]["name"] = json!("votes")), "there twice"),
        (
            Box::new(|p| drop(p["resources"][0].as_object_mut().unwrap().remove("schema"))),
            "must have a schema",
        ),
        (Box::new(|p| p["resources"][0]["schema"]["fields"] = json!([])), "no fields"),
        (
            Box::new(|p| p["resources"].as_array_mut().unwrap().truncate(1)),
            "votes.csv is a table that no resource",
        ),
        (
            Box::new(|p| p["resources"][0]["schema"]["fields"][1]["description_fr"] = json!(" ")),
            "no description_fr",
        ),
        (
            Box::new(|p| p["resources"][0]["schema"]["fields"][1]["description"] = Value::Null),
            "no description",
        ),
        (Box::new(|p| p["resources"][0]["schema"]["fields"][1]["type"] = json!("geopoint")), "type geopoint"),
        (Box::new(|p| p["resources"][0]["schema"]["fields"][1]["name"] = json!("id")), "two of this name"),
        (
            Box::new(|p| p["resources"][0]["schema"]["fields"][1]["constraints"]["pattern"] = json!("x")),
            "pattern",
        ),
        (Box::new(|p| p["resources"][0]["schema"]["fields"][2]["format"] = json!("%d/%m")), "its format"),
        (Box::new(move |p| drop(fields(p, 0))), "no name"),
        (Box::new(|p| p["resources"][1]["dialect"]["quoteChar"] = json!("'")), "dialect says quoteChar"),
        (Box::new(|p| p["resources"][1]["schema"]["primaryKey"] = json!("nope")), "column nope"),
        (
            Box::new(|p| {
                p["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"] = json!("results")
            }),
            "no table here",
        ),
    ];
    for (change, expected) in cases {
        let (name, detail) = with_package(change);
        assert_eq!(name, "datapackage", "{expected}");
        assert!(detail.contains(expected), "{expected:?}: {detail}");
    }
    assert_eq!(resealed(|f| drop(f.remove("datapackage.json"))).0, "datapackage");
    assert_eq!(resealed(|f| drop(f.insert("datapackage.json".into(), b"{".to_vec()))).0, "datapackage");
    assert_eq!(resealed(|f| drop(f.insert("results/results.json".into(), b"{".to_vec()))).0, "datapackage");
    assert_eq!(resealed(|f| drop(f.insert("data/More.CSV".into(), b"a\n1\n".to_vec()))).0, "datapackage");
}

#[test]
fn each_cell_is_checked_even_when_sealed_again() {
    for (file, from, to, expected) in [
        ("proposals", "id,title", "title,id", "its columns are"),
        ("proposals", "1,Jardin", ",Jardin", "line 2, column id: it is empty"),
        ("proposals", "1,Jardin", "one,Jardin", "line 2, column id: \"one\" is not a whole number"),
        ("proposals", "1,Jardin", "0,Jardin", "line 2, column id: 0 is out of bounds"),
        ("proposals", "1,Jardin", "100,Jardin", "line 2, column id: 100 is out of bounds"),
        ("proposals", "\n2,", "\n1,", "line 3, column id: \"1\" is there twice"),
        ("proposals", "Jardin", "J", "line 2, column title: its 1 characters"),
        ("proposals", "Jardin", "Jardin partagé", "line 2, column title: its 14 characters"),
        ("proposals", "2015-10-17T10:00:00Z", "hier", "line 2, column published"),
        ("proposals", "1,Jardin", "1,x,Jardin", "found record with 4 fields"),
        ("votes", "1;for", "1;perhaps", "line 2, column side: \"perhaps\" is not one of"),
        ("votes", "1;for", "9;for", "line 2: proposal [\"9\"] is not in proposals"),
        ("votes", "1;against", "1;for", "line 3: primary key [\"1\", \"for\"] was already there"),
        ("votes", "0.75", "3/4", "line 2, column share"),
        ("votes", "true", "yes", "line 2, column final"),
        ("votes", "2015-10-17", "2015-02-30", "line 2, column day"),
        ("votes", ";3;", ";;", "line 2, column count: it is empty"),
    ] {
        let (name, detail) = resealed(|files| replace(files, &format!("data/{file}.csv"), from, to));
        assert_eq!(name, format!("table:{file}"), "{from} → {to}: {detail}");
        assert!(
            detail.starts_with(&format!("data/{file}.csv")) && detail.contains(expected),
            "{expected}: {detail}"
        );
    }
    let (name, _) = resealed(|f| f.get_mut("data/votes.csv").unwrap().extend_from_slice(b"1;\xff;1;;;\n"));
    assert_eq!(name, "table:votes");
}

#[test]
fn the_exporter_s_list_is_the_one_that_is_checked() {
    let files = small();
    let manifest = bundle::Manifest::parse(&files["manifest.json"]).unwrap();
    assert_eq!(manifest, bundle::Manifest::of(&files));
    let listed: BTreeSet<&String> = manifest.files.keys().collect();
    assert_eq!(listed.len() + 2, files.len());
    let key =
        Verifier::parse(String::from_utf8(files["journal/key.txt"].clone()).unwrap().trim_end()).unwrap();
    assert_eq!(bundle::sign_manifest(&files["manifest.json"], &signer()).into_bytes(), files["manifest.sig"]);
    assert!(bundle::manifest_signature(&files, &key).ok);
    for bad in
        [r#"{"files":[],"format":"parvis-bundle-v2"}"#, r#"{"files":[{}],"format":"parvis-bundle-v1"}"#, "[]"]
    {
        assert!(bundle::Manifest::parse(bad.as_bytes()).is_err(), "{bad}");
    }
}
