//! `parvis draw`, from outside: answers, messages, exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn parvis(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parvis"))
        .current_dir(folder)
        .arg("draw")
        .args(arguments)
        .output()
        .unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = parvis(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    serde_json::from_str(&out(&output)).unwrap()
}

/// What a command with unusable input says: status 2, one line on standard error, nothing on standard output.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = parvis(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{}{}", out(&output), err(&output));
    assert_eq!(out(&output), "");
    assert_eq!(err(&output).trim_end().lines().count(), 1, "{}", err(&output));
    err(&output)
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

/// Forty people: ten are under 40, every second one lives in the valley, and four share two homes.
fn town(folder: &Path) {
    let mut pool = String::from("code,age,place,home\n");
    for n in 0..40 {
        let (age, place) =
            (if n < 10 { "under 40" } else { "40 and over" }, if n % 2 == 0 { "valley" } else { "hill" });
        let home = if n < 4 { format!("h{}", n / 2) } else { String::new() };
        pool.push_str(&format!("p{n},{age},{place},{home}\n"));
    }
    write(folder, "pool.csv", &pool);
    write(
        folder,
        "quotas.csv",
        "category,feature,min,max\nage,under 40,4,5\nage,40 and over,5,6\nplace,valley,4,6\nplace,hill,4,6\n",
    );
}

const TOWN: [&str; 7] = ["pool.csv", "--quotas", "quotas.csv", "--seats", "10", "--household", "home"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    TOWN.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn a_draw_says_everything_and_is_the_same_twice() {
    let folder = tempfile::tempdir().unwrap();
    town(folder.path());
    let answer = json(folder.path(), &with(&["--seed", "7 12 23 31 44", "--json"]));
    assert_eq!(answer["method"], "leximin");
    assert_eq!((answer["pool"].as_u64(), answer["seats"].as_u64()), (Some(40), Some(10)));
    assert_eq!((answer["seed"].as_str(), answer["feasible"].as_bool()), (Some("7 12 23 31 44"), Some(true)));
    let panel: Vec<&str> =
        answer["panel"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(panel.len(), 10);
    let probabilities = answer["probabilities"].as_object().unwrap();
    assert_eq!(probabilities.len(), 40);
    // Six seats at most for thirty people of 40 and over: one chance in five, the same for all of them.
    assert!((answer["min_probability"].as_f64().unwrap() - 0.2).abs() < 1e-9);
    assert!((probabilities["p20"].as_f64().unwrap() - 0.2).abs() < 1e-9);
    assert!(answer["max_probability"].as_f64().unwrap() >= 0.4 - 1e-9);
    let lottery = answer["lottery"].as_array().unwrap();
    assert_eq!(lottery.len(), 1000);
    assert!(lottery.iter().all(|t| t["weight"] == "1/1000" && t["panel"].as_array().unwrap().len() == 10));
    let ticket = usize::try_from(answer["ticket"].as_u64().unwrap()).unwrap();
    assert_eq!(lottery[ticket - 1]["panel"], answer["panel"]);
    assert!(answer["max_deviation"].as_f64().unwrap() <= answer["deviation_bound"].as_f64().unwrap());
    assert_eq!(answer, json(folder.path(), &with(&["--seed", "7 12 23 31 44", "--json"])));

    // The text says the same panel.
    let text = out(&parvis(folder.path(), &with(&["--seed", "7 12 23 31 44"])));
    assert!(text.contains(&format!("ticket {ticket} ")) && text.contains("20.00 %"), "{text}");
    assert!(panel.iter().all(|id| text.contains(&format!("  {id}\n"))), "{text}");
    assert!(text.contains("age, under 40: "), "{text}");
}

#[test]
fn a_published_lottery_is_drawn_from_again_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    // Published before the seed is known.
    let before = json(at, &with(&["--json", "--proof", "proof.json"]));
    assert!(before["panel"].is_null() && before["seed"].is_null());
    write(at, "lottery.json", &before.to_string());
    let proof: Value = serde_json::from_slice(&std::fs::read(at.join("proof.json")).unwrap()).unwrap();
    assert!(proof["levels"][0]["weights"].as_object().unwrap().values().all(|w| w.as_f64().unwrap() > 0.0));

    let drawn = json(at, &with(&["--seed", "a word of each witness", "--json"]));
    let again = json(at, &["--lottery", "lottery.json", "--seed", "a word of each witness", "--json"]);
    assert_eq!((&again["panel"], &again["ticket"]), (&drawn["panel"], &drawn["ticket"]));
    assert_eq!(again["lottery"], before["lottery"]);
    let other = json(at, &["--lottery", "lottery.json", "--seed", "another seed", "--json"]);
    assert_ne!(other["ticket"], drawn["ticket"]);

    write(at, "drawn.json", &drawn.to_string());
    let checked = json(at, &with(&["--lottery", "drawn.json", "--json"]));
    assert_eq!(checked["ok"], true, "{checked}");
    // Another seed, one person exchanged, one probability changed: each is found.
    let mut forged = drawn.clone();
    forged["seed"] = "chosen afterwards".into();
    let mut swapped = drawn.clone();
    let ticket = usize::try_from(drawn["ticket"].as_u64().unwrap()).unwrap();
    swapped["lottery"][ticket % 1000]["panel"][0] = "p39".into();
    swapped["lottery"][ticket % 1000]["panel"][1] = "p39".into();
    let mut raised = drawn.clone();
    raised["probabilities"]["p3"] = 0.9.into();
    for (name, forged) in [("draw", forged), ("quotas", swapped), ("probabilities", raised)] {
        write(at, "forged.json", &forged.to_string());
        let output = parvis(at, &with(&["--lottery", "forged.json"]));
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(out(&output).contains(&format!("WRONG {name}: ")), "{name}: {}", out(&output));
    }
    assert!(refused(at, &["--lottery", "lottery.json"]).contains("--seed"));
    write(at, "bad.json", r#"{"lottery":[{"panel":["p1"],"weight":"1/2"}]}"#);
    assert!(refused(at, &["--lottery", "bad.json", "--seed", "x"]).contains("do not sum to 1"));
    write(at, "bad.json", "{");
    assert!(refused(at, &["--lottery", "bad.json", "--seed", "x"]).contains("bad.json"));
}

#[test]
fn quotas_that_cannot_be_met_get_the_smallest_change() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    // Ten people under 40 live there; eleven seats are asked for.
    write(at, "quotas.csv", "category,feature,min,max\nage,under 40,11,12\nage,40 and over,1,3\n");
    let arguments = with(&["--seed", "x", "--json"]);
    let output = parvis(at, &arguments.iter().map(|a| if *a == "10" { "12" } else { a }).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(answer["feasible"], false);
    // Households leave eight of them.
    let change = &answer["relaxation"][0];
    assert_eq!((&change["category"], &change["name"]), (&"age".into(), &"under 40".into()));
    assert_eq!((change["min"].as_u64(), change["suggested_min"].as_u64()), (Some(11), Some(8)));
    assert_eq!(answer["relaxation"][1]["suggested_max"], 4);
    let text = parvis(
        at,
        &["pool.csv", "--quotas", "quotas.csv", "--seats", "12", "--household", "home", "--seed", "x"],
    );
    assert_eq!(text.status.code(), Some(1));
    assert!(
        out(&text).contains(
            "the smallest change of quotas.csv that works:\n  line 2: age «under 40»: minimum 8 instead of 11 (10 in the pool)\n  \
             line 3: age «40 and over»: maximum 4 instead of 3\n"
        ),
        "{}",
        out(&text)
    );
    assert_eq!((&answer["relaxation"][0]["line"], &answer["relaxation"][1]["line"]), (&2.into(), &3.into()));

    // Fewer people than seats.
    let output =
        parvis(at, &["pool.csv", "--quotas", "quotas.csv", "--seats", "50", "--seed", "x", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answer: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!((&answer["feasible"], answer["relaxation"].as_array().unwrap().len()), (&false.into(), 0));
    assert!(answer["reason"].as_str().unwrap().contains("lower the seats to 40"), "{answer}");
}

#[test]
fn unusable_input_is_refused_with_file_line_and_mend() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    let good = std::fs::read_to_string(at.join("pool.csv")).unwrap();
    let good_quotas = std::fs::read_to_string(at.join("quotas.csv")).unwrap();
    let said = |pool: &str, quotas: &str| {
        write(at, "pool.csv", pool);
        write(at, "quotas.csv", quotas);
        refused(at, &with(&["--seed", "x"]))
    };
    let of_pool = [
        (
            good.replace("p7,under 40", "p7,Under 40"),
            "pool.csv: line 9: p7 has «Under 40» in age, which the quotas do not have: did you mean «under 40»? Write both the same way, or add a line for «Under 40» to the quotas",
        ),
        (good.replace("p7,under 40,hill", "p7,under 40,"), "pool.csv: line 9: p7 has no place"),
        (good.replace("p7,", "p6,"), "pool.csv: line 9: the id «p6» is already on line 8"),
        (
            good.replace("p7,under 40,hill,", "p7,under 40,hill,,"),
            "pool.csv: line 9: 5 cells for 4 columns: a cell too many",
        ),
        (
            good.replace("p7,under 40,hill,", "p7,under 40,hill"),
            "pool.csv: line 9: 3 cells for 4 columns: a cell is missing",
        ),
        (
            good.replace("place,home", "plaec,home"),
            "quotas.csv: line 4: the pool has no column «place»: did you mean «plaec»? Write both the same way",
        ),
        (
            good.replace("place,home", "quarter,home"),
            "quotas.csv: line 4: the pool has no column «place»: its categories are «age», «quarter»",
        ),
        (
            good.replace("place,home", "place,homes"),
            "pool.csv: no column «home»: did you mean «homes»? The columns are «code», «age», «place», «homes»",
        ),
        (
            good.replace("place,home", "place,nest"),
            "pool.csv: no column «home»: the columns are «code», «age», «place», «nest»",
        ),
        (String::new(), "pool.csv: the file is empty"),
    ];
    for (pool, message) in of_pool {
        let said = said(&pool, &good_quotas);
        assert!(said.contains(message), "{message}: {said}");
    }
    let of_quotas = [
        (
            good_quotas.replace("4,5", "five,5"),
            "quotas.csv: line 2: «five» in min is not a whole number of seats",
        ),
        (
            good_quotas.replace("4,5", "5,4"),
            "quotas.csv: line 2: «under 40» of age asks for at least 5 and at most 4",
        ),
        (
            format!("{good_quotas}age,Under 40,1,2\n"),
            "quotas.csv: line 6: «Under 40» of age is already on line 2 as «under 40»",
        ),
        (good_quotas.replace("category,feature,min,max", "a,b,c,d"), "quotas.csv: the titles are a,b,c,d"),
        (
            good_quotas.replace("place,hill,4,6\n", ""),
            "p1 has «hill» in place, which the quotas do not have (and 19 more such values): add a line for it to the quotas, or correct the pool",
        ),
    ];
    for (quotas, message) in of_quotas {
        let said = said(&good, &quotas);
        assert!(said.contains(message), "{message}: {said}");
    }
    // Another value is no misspelling: whoever followed such a hint would move people to the other side.
    let short = |text: &str| text.replace(",valley,", ",V,").replace(",hill,", ",H,");
    let said = said(&short(&good), &short(&good_quotas).replace("place,V,4,6\n", ""));
    assert!(
        said.contains(
            "pool.csv: line 2: p0 has «V» in place, which the quotas do not have (and 19 more such values): add a line for it"
        ),
        "{said}"
    );
    write(at, "latin.csv", "");
    std::fs::write(at.join("latin.csv"), b"id,age\np1,\xe9t\xe9\n").unwrap();
    let said = refused(at, &["latin.csv", "--quotas", "quotas.csv", "--seats", "1", "--seed", "x"]);
    assert!(said.contains("latin.csv: line 2: not in UTF-8"), "{said}");
    assert!(
        refused(at, &["none.csv", "--quotas", "quotas.csv", "--seats", "1", "--seed", "x"])
            .contains("none.csv")
    );
    write(at, "pool.csv", &good);
    write(at, "quotas.csv", &good_quotas);
    assert!(refused(at, &with(&["--seed", " "])).contains("--seed"));
}

#[test]
fn the_forms_of_files_that_people_have_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    let usual = json(at, &with(&["--seed", "x", "--json"]));
    let pool = std::fs::read_to_string(at.join("pool.csv")).unwrap();
    let quotas = std::fs::read_to_string(at.join("quotas.csv")).unwrap();
    // A byte order mark, semicolons, Windows line ends, spaces, an empty last column.
    let semicolons = pool.lines().map(|l| format!(" {} ;\r\n", l.replace(',', " ; "))).collect::<String>();
    write(at, "pool.csv", &format!("\u{feff}{semicolons}\r\n"));
    write(at, "quotas.csv", &quotas.replace("category,feature", "category,name").replace(',', "\t"));
    assert_eq!(json(at, &with(&["--seed", "x", "--json"])), usual);
    let flexible = quotas.lines().skip(1).map(|l| format!("{l},0,9\n")).collect::<String>();
    write(at, "quotas.csv", &format!("feature,value,min,max,min_flex,max_flex\n{flexible}"));
    assert_eq!(json(at, &with(&["--seed", "x", "--json"])), usual);
    // Ids in another column.
    let turned = pool.lines().map(|l| {
        let (id, rest) = l.split_once(',').unwrap();
        format!("{rest},{id}\n")
    });
    write(at, "pool.csv", &turned.collect::<String>());
    assert_eq!(json(at, &with(&["--seed", "x", "--id", "code", "--json"])), usual);
}

#[test]
fn every_method_fills_the_seats_and_time_can_run_out() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    for method in ["leximin", "maximin", "nash", "legacy"] {
        let answer = json(at, &with(&["--seed", "x", "--method", method, "--json"]));
        assert_eq!(answer["method"], method);
        assert_eq!(answer["panel"].as_array().unwrap().len(), 10);
        let sum: f64 =
            answer["probabilities"].as_object().unwrap().values().map(|p| p.as_f64().unwrap()).sum();
        assert!((sum - 10.0).abs() < 1e-6, "{method}: {sum}");
    }
    // No time at all: a first panel if there is one, and never a claim of being the fairest.
    let output = parvis(at, &with(&["--seed", "x", "--time-limit", "0", "--json"]));
    match output.status.code() {
        Some(0) => {
            let answer: Value = serde_json::from_str(&out(&output)).unwrap();
            assert_eq!(answer["optimal"], false);
            assert!(answer["bound"].as_f64().unwrap() >= answer["min_probability"].as_f64().unwrap());
        }
        code => {
            assert_eq!(code, Some(2));
            assert!(err(&output).contains("more time"), "{}", err(&output));
        }
    }
}

#[test]
fn those_who_decline_are_replaced_by_the_same_rules() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    let first = json(at, &with(&["--seed", "x", "--json"]));
    let panel: Vec<String> =
        first["panel"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().into()).collect();
    write(at, "gone.txt", &panel[..2].join("\n"));
    write(at, "accepted.txt", &format!("{}\n", panel[2..].join("\n")));
    let second =
        json(at, &with(&["--accepted", "accepted.txt", "--gone", "gone.txt", "--seed", "y", "--json"]));
    assert_eq!((second["seats"].as_u64(), second["panel"].as_array().unwrap().len()), (Some(2), 2));
    for id in second["panel"].as_array().unwrap() {
        assert!(!panel.iter().any(|p| id == p), "{id}");
    }
    write(at, "gone.txt", "p1\nnobody\n");
    let said = refused(at, &with(&["--gone", "gone.txt", "--seed", "y"]));
    assert!(said.contains("gone.txt: line 2: «nobody» is not in the pool"), "{said}");

    // Somebody said yes, then no, and stayed on the first list: nobody but the clerk can tell which is true.
    write(at, "accepted.txt", "p4\n\np7\n");
    write(at, "gone.txt", "p1\np7\n");
    let said = refused(at, &with(&["--accepted", "accepted.txt", "--gone", "gone.txt", "--seed", "y"]));
    assert!(said.contains("gone.txt: line 2: «p7» is also on line 3 of accepted.txt: keep one of"), "{said}");

    // What is left of a quota is not the number of its line: the answer says what it counts.
    write(at, "gone.txt", &(0..10).filter(|n| *n != 4).map(|n| format!("p{n}\n")).collect::<String>());
    write(at, "accepted.txt", "p4\n");
    let output = parvis(at, &with(&["--accepted", "accepted.txt", "--gone", "gone.txt", "--seed", "y"]));
    assert_eq!(output.status.code(), Some(1));
    let said = out(&output);
    assert!(said.contains("quotas.csv that works, counted on the 9 seats that are left:"), "{said}");
}

#[test]
fn columns_that_no_quota_is_about_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    town(at);
    let whole = parvis(at, &with(&["--seed", "x", "--json"]));
    assert_eq!(err(&whole), "");
    let without_home = parvis(at, &["pool.csv", "--quotas", "quotas.csv", "--seats", "10", "--seed", "x"]);
    assert_eq!(without_home.status.code(), Some(0));
    let note =
        "note: pool.csv: no quota is about the column «home»: the draw does not look at what is there\n";
    assert_eq!(err(&without_home), note);
    write(at, "lottery.json", &out(&whole));
    write(at, "quotas.csv", "category,feature,min,max\nage,under 40,4,5\nage,40 and over,5,6\n");
    let checked = parvis(
        at,
        &["pool.csv", "--quotas", "quotas.csv", "--seats", "10", "--lottery", "lottery.json", "--json"],
    );
    assert!(err(&checked).contains("no quota is about the columns «place», «home»:"), "{}", err(&checked));
    serde_json::from_str::<Value>(&out(&checked)).unwrap();
}

#[test]
fn long_work_says_how_far_it_is_and_that_it_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut pool = String::from("code,age,home\n");
    for n in 0..20_000 {
        pool.push_str(&format!("p{n},{},h{n}\n", if n % 3 == 0 { "under 40" } else { "40 and over" }));
    }
    write(at, "pool.csv", &pool);
    write(at, "quotas.csv", "category,feature,min,max\nage,under 40,50,60\nage,40 and over,50,60\n");
    let large = ["pool.csv", "--quotas", "quotas.csv", "--seats", "110", "--household", "home"];
    let stopped: Vec<&str> =
        large.iter().copied().chain(["--method", "legacy", "--time-limit", "1.2", "--seed", "x"]).collect();
    let output = parvis(at, &stopped);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    // After a second, one line (the next would come five seconds later).
    let lines: Vec<String> = err(&output).lines().map(str::to_owned).collect();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let said =
        line.strip_prefix("drawing: ").and_then(|l| l.split_once(" s, ")).unwrap_or_else(|| panic!("{line}"));
    assert!(said.0.parse::<u32>().unwrap() >= 1, "{line}");
    let (panels, share) =
        said.1.strip_suffix(" % of the lottery").unwrap().split_once(" panels found, ").unwrap();
    let (panels, share) = (panels.parse::<u32>().unwrap(), share.parse::<f64>().unwrap());
    assert!((1..1000).contains(&panels) && (share - f64::from(panels) / 10.0).abs() < 0.051, "{line}");

    let text = out(&output);
    let made = text.split_once("STOPPED EARLY, at ").unwrap_or_else(|| panic!("{text}")).1;
    let (made, rest) = made.split_once(" of 1000 tickets: from 0.00 % to ").unwrap();
    assert!((panels..1000).contains(&made.parse().unwrap()), "{text}");
    assert!(rest.contains(&format!("\n{made} tickets, all equally likely\n")), "{text}");
}
