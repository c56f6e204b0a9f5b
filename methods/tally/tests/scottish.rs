//! Every Scottish council election at hand, by every ranked method.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use parvis_tally::{Exact, Kind, Method, Rules, Working, count, format};

#[test]
fn real_elections() {
    let Some(folder) = parvis_cases::data("06-ballots/scottish-stv") else { return };
    let (mut elections, mut cyclic) = (0, 0);
    let mut folders: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.into_iter().filter(|path| path.is_dir()) {
        for path in parvis_cases::files(&folder, ".csv") {
            let file = path.display();
            let read = format::read(&std::fs::read(&path).unwrap(), "ward.csv", None, Kind::Ranked);
            let read = read.unwrap_or_else(|e| panic!("{file}:{:?}: {e}", e.line));
            elections += 1;
            let mut condorcet = None;
            for method in Method::ALL.into_iter().filter(|method| method.kind() == Kind::Ranked) {
                let transferable = matches!(method, Method::StvScottish | Method::StvMeek);
                let seats = if transferable { read.seats.unwrap() } else { 1 };
                let outcome = count(&read.profile, &Rules::new(method).seats(seats)).unwrap();
                let mut ranked = outcome.ranking.concat();
                ranked.sort();
                let mut options = outcome.options.clone();
                options.sort();
                assert_eq!(ranked, options, "{file} {method}");
                assert_eq!(outcome.counted + outcome.rejected.values().sum::<u64>(), outcome.ballots);
                match &outcome.working {
                    Working::StvScottish { stages, unit, .. } | Working::StvMeek { stages, unit } => {
                        assert_eq!(outcome.winners.len(), seats, "{file} {method}");
                        for stage in stages {
                            let held: u64 = stage.votes.iter().sum();
                            assert_eq!(held + stage.exhausted, unit * outcome.counted, "{file} {method}");
                        }
                    }
                    Working::Irv { rounds } => {
                        for round in rounds {
                            let mut held = round.votes.iter().flatten();
                            let all = held.try_fold(round.exhausted, |sum, v| sum.checked_add(*v)).unwrap();
                            assert_eq!(all, Exact::from(outcome.counted), "{file}");
                        }
                    }
                    Working::Schulze { pairwise, .. } => {
                        condorcet = pairwise.condorcet_winner.clone();
                        cyclic += usize::from(condorcet.is_none());
                    }
                    Working::RankedPairs { .. } | Working::Copeland { .. } | Working::Minimax { .. } => {}
                    Working::Kemeny { unique, .. } => assert!(*unique || !outcome.ties.is_empty(), "{file}"),
                    _ => continue,
                }
                let duels =
                    [Method::Schulze, Method::RankedPairs, Method::Copeland, Method::Minimax, Method::Kemeny];
                if let (Some(winner), true) = (&condorcet, duels.contains(&method)) {
                    assert_eq!(outcome.winners, std::slice::from_ref(winner), "{file} {method}");
                }
            }
        }
    }
    assert!(elections > 100, "{elections} elections in {}", folder.display());
    assert!(cyclic < elections / 20, "{cyclic} of {elections} without a winner of every duel");
}
