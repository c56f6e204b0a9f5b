//! Files: what is read, and what is refused with its line and reason.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use parvis_tally::format::{self, Format, Read};
use parvis_tally::{Ballots, Kind, Method, Rules, Working, count};
use proptest::prelude::*;

fn read(text: &str, kind: Kind) -> Read {
    format::read(text.as_bytes(), "votes", None, kind).unwrap()
}

/// `line: reason`.
fn refused(text: &str, name: &str, kind: Kind) -> String {
    let error = format::read(text.as_bytes(), name, None, kind).unwrap_err();
    match error.line {
        Some(line) => format!("{line}: {error}"),
        None => format!("-: {error}"),
    }
}

fn options(read: &Read) -> Vec<&str> {
    read.profile.options().iter().map(|name| &**name).collect()
}

#[test]
fn tables_of_ballots() {
    // A byte order mark, Windows line ends, semicolons, quotes in a name, cells at the end, a number of ballot.
    let ranked = "\u{FEFF};\"Parc, étang\";\"Le \"\"Cube\"\"\";C\r\n1;1;2;\r\n2;2;;1\r\n3;1;1;0\r\n4;;;\r\n";
    let ranked = read(ranked, Kind::Ranked);
    assert_eq!((ranked.format, options(&ranked)), (Format::Csv, vec!["Parc, étang", "Le \"Cube\"", "C"]));
    let Ballots::Ranked(ballots) = ranked.profile.ballots() else { panic!() };
    let levels: Vec<Vec<&[u16]>> = ballots.iter().map(|(ballot, _)| ballot.levels().collect()).collect();
    let expected: [Vec<&[u16]>; 4] = [vec![], vec![&[0], &[1]], vec![&[0, 1]], vec![&[2], &[0]]];
    assert_eq!(levels, expected);

    let plus = read("A,B,C\n1,+,-1\n0,,\n", Kind::PlusMinus);
    let Ballots::PlusMinus(ballots) = plus.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[((vec![], vec![]), 1), ((vec![0, 1], vec![2]), 1)]);
    let approved = read("A,B\n1,0\nx,1\n1,\n", Kind::Approval);
    let Ballots::Approval(ballots) = approved.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[(vec![0], 2), (vec![0, 1], 1)]);
    let graded = read("A,B\n3.0,\n0,5\n", Kind::Graded);
    let Ballots::Graded(ballots) = graded.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[(vec![Some(0), Some(5)], 1), (vec![Some(3), None], 1)]);
    let points = read("A,B\n-3,4\n,\n,2\n", Kind::Points);
    let Ballots::Points(ballots) = points.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[(vec![-3, 4], 1), (vec![0, 0], 1), (vec![0, 2], 1)]);
}

#[test]
fn tables_that_are_refused() {
    assert_eq!(refused("", "v.csv", Kind::Ranked), "-: the file is empty");
    assert_eq!(refused("A,B\n", "v.csv", Kind::Ranked), "-: there is no ballot in the file");
    assert_eq!(
        refused("A,B\n1,2\n1,two\n", "v.csv", Kind::Ranked),
        "3: \"two\" under B is not a rank (1, 2, 3 … or nothing)"
    );
    assert_eq!(
        refused("A,B\n1,-2\n", "v.csv", Kind::Ranked),
        "2: \"-2\" under B is not a rank (1, 2, 3 … or nothing)"
    );
    assert_eq!(refused("A,B\n1,2,3\n", "v.csv", Kind::Ranked), "2: 3 cells, where the header has 2");
    assert_eq!(refused("A,B,C\n\n1,2,3\n1,2\n", "v.csv", Kind::Ranked), "4: 2 cells, where the header has 3");
    assert_eq!(refused("A,A\n1,2\n", "v.csv", Kind::Ranked), "1: option \"A\" is there twice");
    assert_eq!(refused("A,,B\n1,2,3\n", "v.csv", Kind::Ranked), "1: column 2 has no name");
    assert_eq!(
        refused("A\n99999999999999999999\n", "v.csv", Kind::Graded),
        "2: \"99999999999999999999\" under A is not a grade (0, 1, 2 … or nothing)"
    );
    assert_eq!(
        refused("A,B\n1,2\n", "v.csv", Kind::Approval),
        "2: \"2\" under B is not an approval (1, 0 or nothing)"
    );
    let latin = format::read(b"A,B\n1,2\n\xE9,1\n", "v.csv", None, Kind::Ranked).unwrap_err();
    assert_eq!((latin.line, latin.to_string()), (Some(3), "this is not text in UTF-8".to_owned()));
    let zipped = format::read(&[0x1f, 0x8b, 8, 0, 0], "v.csv.gz", None, Kind::Ranked).unwrap_err();
    assert_eq!(zipped.to_string(), "this is a compressed file: unpack it first");
}

const SCOT: &str = "3,2,\n4,1,2,\n2,3,\n\"Candidate 1\",\"Ann \"\"Nan\"\" Hay\",\"Green (Gr)\",\n\
    \"Candidate 2\",\"John Hay\",\"Labour (Lab)\",\n\"Candidate 3\",\"John Hay\",\"Independent (Ind)\",\n\
    \"\"Ward 9 - Here, There\"\",\n";

#[test]
fn scottish_councils() {
    let scot = read(SCOT, Kind::Ranked);
    assert_eq!((scot.format, scot.seats, scot.profile.total()), (Format::Scot, Some(2), 6));
    assert_eq!(
        options(&scot),
        ["Ann \"Nan\" Hay", "John Hay (Labour (Lab))", "John Hay (Independent (Ind))"]
    );
    assert_eq!(scot.labels["Ann \"Nan\" Hay"], "Ann \"Nan\" Hay, Green (Gr)");
    let bad = |from: &str, to: &str| refused(&SCOT.replace(from, to), "w.csv", Kind::Ranked);
    assert_eq!(bad("4,1,2,", "4,1,9,"), "2: option \"9\" is not declared");
    assert_eq!(bad("4,1,2,", "4,1,1,"), "2: option \"1\" is on the ballot twice");
    assert_eq!(bad("4,1,2,", "many,1,2,"), "2: this line is not a ballot, a candidate or a ward");
    assert_eq!(bad("4,1,2,", "4,1,x,"), "2: \"x\" is not the number of a candidate");
    assert_eq!(bad("\"Candidate 3\"", "\"Candidate 2\""), "6: option \"Candidate 2\" is declared twice");
    let cut: String = SCOT.lines().take(5).map(|line| format!("{line}\n")).collect();
    assert_eq!(refused(&cut, "w.csv", Kind::Ranked), "-: 3 options are announced, 2 are named");
}

const PREFLIB: &str = "# FILE NAME: x.toc\n# DATA TYPE: toc\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 5\n\
    # ALTERNATIVE NAME 1: A: the first\n# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n\
    3: 1,{2,3}\n2: {3, 2}, 1\n";

#[test]
fn preflib() {
    let toc = read(PREFLIB, Kind::Ranked);
    assert_eq!((toc.format, options(&toc)), (Format::Preflib, vec!["A: the first", "B", "C"]));
    let Ballots::Ranked(ballots) = toc.profile.ballots() else { panic!() };
    let levels: Vec<(Vec<&[u16]>, u64)> =
        ballots.iter().map(|(ballot, n)| (ballot.levels().collect(), *n)).collect();
    let expected: [(Vec<&[u16]>, u64); 2] = [(vec![&[0], &[1, 2]], 3), (vec![&[1, 2], &[0]], 2)];
    assert_eq!(levels, expected);
    let bad = |from: &str, to: &str| refused(&PREFLIB.replace(from, to), "x.toc", Kind::Ranked);
    assert_eq!(bad("VOTERS: 5", "VOTERS: 6"), "-: 6 ballots are announced, 5 are there: is the file cut?");
    assert_eq!(bad("3: 1,{2,3}", "3: 1,{2,4}"), "8: option \"4\" is not declared");
    assert_eq!(bad("3: 1,{2,3}", "3: 1,{2,1}"), "8: option \"1\" is on the ballot twice");
    assert_eq!(bad("3: 1,{2,3}", "3: 1,{2,3"), "8: this line is not ranks such as 1,2,{3,4}");
    assert_eq!(bad("3: 1,{2,3}", "1,2,3"), "8: this line is not \"count: ranks\"");
    assert_eq!(bad("# ALTERNATIVE NAME 3: C\n", ""), "6: 3 options are announced, 2 are named");

    let cat = "# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 3\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n\
        4: 1,{},2\n1: {},{},{1,2}\n";
    let graded = read(cat, Kind::Graded);
    let Ballots::Graded(ballots) = graded.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[(vec![Some(0), Some(0)], 1), (vec![Some(2), Some(0)], 4)]);
    let approved = read(cat, Kind::Approval);
    let Ballots::Approval(ballots) = approved.profile.ballots() else { panic!() };
    assert_eq!(ballots, &[(vec![], 1), (vec![0], 4)]);
    let ranked = read(cat, Kind::Ranked);
    let Ballots::Ranked(ballots) = ranked.profile.ballots() else { panic!() };
    assert_eq!(ballots[0].0.levels().count(), 2);
}

#[test]
fn abif() {
    let text = "{title: \"x\"}\n# a note\n=A:[Ann, of the hill]\n=B:[B]\n=C:[C]\n12:A/5>B/3=C/3 # why not\n3:[B]/5\n2:C/1,A/4\n";
    let ranked = read(text, Kind::Ranked);
    assert_eq!((ranked.format, options(&ranked)), (Format::Abif, vec!["A", "B", "C"]));
    assert_eq!(ranked.labels.len(), 1);
    let Ballots::Ranked(ballots) = ranked.profile.ballots() else { panic!() };
    let levels: Vec<Vec<&[u16]>> = ballots.iter().map(|(ballot, _)| ballot.levels().collect()).collect();
    let expected: [Vec<&[u16]>; 3] = [vec![&[0], &[1, 2]], vec![&[0], &[2]], vec![&[1]]];
    assert_eq!(levels, expected);
    let graded = read(text, Kind::Graded);
    let Ballots::Graded(ballots) = graded.profile.ballots() else { panic!() };
    assert_eq!(ballots.last().unwrap(), &(vec![Some(5), Some(3), Some(3)], 12));
    let bad = |from: &str, to: &str| refused(&text.replace(from, to), "x.abif", Kind::Ranked);
    assert_eq!(bad("3:[B]/5", "3:[Bob]/5"), "7: option \"Bob\" is not declared");
    assert_eq!(bad("3:[B]/5", "3:B>B"), "7: option \"B\" is on the ballot twice");
    assert_eq!(bad("3:[B]/5", "3:B>"), "7: this line is not options separated by > = or ,");
    assert_eq!(bad("3:[B]/5", "B>A"), "7: this line is not \"count:options\"");
    assert_eq!(bad("=B:[B]", "=A:[B]"), "4: option \"A\" is declared twice");
    // Without declarations, the ballots name the options.
    assert_eq!(options(&read("2:x>y\n1:z\n", Kind::Ranked)), ["x", "y", "z"]);
}

#[test]
fn plus_minus_and_shares() {
    let d21 = read("plus,minus\nb a,c\n,\n", Kind::PlusMinus);
    assert_eq!((d21.format, options(&d21)), (Format::D21, vec!["a", "b", "c"]));
    assert_eq!(
        refused("plus,minus\na b,a\n", "v.csv", Kind::PlusMinus),
        "2: option \"a\" is on the ballot twice"
    );
    assert_eq!(refused("plus,minus\n", "v.csv", Kind::PlusMinus), "-: there is no ballot in the file");

    let shares = read("who;good;fair;poor\nAnn;10,5;40;49,5 %\nBob;20;;80\n", Kind::Graded);
    assert_eq!(shares.format, Format::Shares);
    let Ballots::Merits(merits) = shares.profile.ballots() else { panic!() };
    assert_eq!(merits, &[vec![495, 400, 105], vec![800, 0, 200]]);
    // With rankings in mind, a column of names is a mistake, not a poll.
    assert_eq!(
        refused("voter,A,B\nv1,1,2\n", "s.csv", Kind::Ranked),
        "2: \"v1\" under voter is not a rank (1, 2, 3 … or nothing)"
    );
    assert_eq!(
        refused("who,good,poor\nAnn,10,90\nBob,many,1\n", "s.csv", Kind::Graded),
        "3: \"many\" under good is not a number or a share"
    );
}

#[test]
fn many_lines() {
    let mut text = String::from("A,B,C\n");
    for n in 0..300_000 {
        text.push_str(["1,2,3\n", "3,1,2\n", "2,,1\n"][n % 3]);
    }
    let read = read(&text, Kind::Ranked);
    let outcome = count(&read.profile, &Rules::new(Method::Schulze)).unwrap();
    assert_eq!(outcome.ballots, 300_000);
    text.push_str("1,2,x\n");
    assert!(refused(&text, "v.csv", Kind::Ranked).starts_with("300002: \"x\" under C"));
}

#[test]
fn burlington_2009() {
    let Some(folder) = parvis_cases::data("06-ballots/abif/burl2009") else { return };
    for path in parvis_cases::files(&folder, ".abif") {
        let bytes = std::fs::read(path).unwrap();
        let read = format::read(&bytes, "burl2009.abif", None, Kind::Ranked).unwrap();
        // The mayor was elected by instant runoff; another candidate won every duel; a third had the most first votes.
        let winner = |method| count(&read.profile, &Rules::new(method)).unwrap().winners[0].to_string();
        assert_eq!(winner(Method::Irv), "Kiss");
        assert_eq!(winner(Method::Schulze), "Montroll");
        assert_eq!(winner(Method::Plurality), "Wright");
    }
}

#[test]
fn orsay_2007() {
    let Some(folder) = parvis_cases::data("06-ballots/majority-judgment-orsay-2007") else { return };
    for path in parvis_cases::files(&folder, ".csv") {
        let read = format::read(&std::fs::read(&path).unwrap(), "bureau.csv", None, Kind::Graded).unwrap();
        assert_eq!(read.profile.options().len(), 12, "the first column numbers the ballots");
        let outcome = count(&read.profile, &Rules::new(Method::MajorityJudgement)).unwrap();
        let Working::MajorityJudgement { grades, .. } = outcome.working else { panic!() };
        assert_eq!(grades, 7);
    }
}

#[test]
fn every_poll() {
    let Some(folder) = parvis_cases::data("06-ballots/mj-database-2027/polls") else { return };
    let mut seen = 0;
    for poll in std::fs::read_dir(folder).unwrap() {
        for path in parvis_cases::files(&poll.unwrap().path(), ".csv") {
            let read = format::read(&std::fs::read(&path).unwrap(), "poll.csv", None, Kind::Graded);
            let read = match read {
                Ok(read) => read,
                // One published file holds a candidate twice: which row counts is for its authors to say.
                Err(e) => {
                    assert!(e.to_string().ends_with("is declared twice"), "{}: {e}", path.display());
                    continue;
                }
            };
            assert_eq!(read.format, Format::Shares, "{}", path.display());
            let rules =
                Rules { blank: parvis_tally::Blank::Exclude, ..Rules::new(Method::MajorityJudgement) };
            count(&read.profile, &rules).unwrap();
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen} polls");
}

proptest! {
    /// Whatever the bytes: an answer, never a panic.
    #[test]
    fn nothing_makes_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..200), which in 0..6_usize) {
        for kind in [Kind::Ranked, Kind::Approval, Kind::PlusMinus, Kind::Graded, Kind::Points] {
            let _ = format::read(&bytes, "x", Some(Format::ALL[which]), kind);
            let _ = format::read(&bytes, "x", None, kind);
        }
    }

    /// Nearly a file of the format: what is read can be counted, or the count says why not.
    #[test]
    fn nor_do_damaged_files(
        which in 0..3_usize,
        cut in 0..400_usize,
        at in 0..400_usize,
        put in prop::sample::select(vec!["", ",", "{", "}", ":", "\n", "9", "-1", "\"", "#", "é", "=", "/", ">", "0"]),
    ) {
        let text = [SCOT, PREFLIB, "=A:[a]\n=B:[b]\n5:A/3>B/1\n2:B=A\n1:B/2,A/1\n"][which];
        let mut chars: Vec<char> = text.chars().collect();
        chars.truncate(chars.len() - cut % chars.len());
        let at = at % (chars.len() + 1);
        chars.splice(at..at, put.chars());
        let damaged: String = chars.into_iter().collect();
        for kind in [Kind::Ranked, Kind::Graded] {
            if let Ok(read) = format::read(damaged.as_bytes(), "x", Some([Format::Scot, Format::Preflib, Format::Abif][which]), kind) {
                for method in Method::ALL {
                    let _ = count(&read.profile, &Rules::new(method));
                }
            }
        }
    }
}
