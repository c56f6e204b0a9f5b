//! A budget made through pages and the library that counts give the same winners; a file made here reads back the same.

use parvis_budgeting::pb::{self, Invalid};
use parvis_budgeting::{Completion, CostNeeded, Rule, Rules, Satisfaction, Step, Ties, count, share_of};
use parvis_store::Store;

use super::{BASE, ONE, Town};

#[tokio::test]
async fn pages_the_library_and_the_file_give_the_same_winners() {
    let ballots: &[&[&str]] =
        &[&["1", "2"], &["1", "3"], &["1"], &[], &["4", "3"], &["4", "2"], &["3"], &[], &["2", "3", "4"]];
    let mut found = 0;
    for (rule, completion) in [
        (Rule::Greedy, Completion::None),
        (Rule::GreedyStop, Completion::None),
        (Rule::Knapsack, Completion::None),
        (Rule::EqualShares, Completion::None),
        (Rule::EqualShares, Completion::Greedy),
        (Rule::EqualShares, Completion::Add1),
        (Rule::EqualShares, Completion::Add1u),
        (Rule::Phragmen, Completion::None),
        (Rule::PhragmenSkip, Completion::None),
    ] {
        let form = [("rule", rule.name()), ("completion", completion.name())];
        let town = Town::open(Store::memory().await.unwrap(), ONE, &form).await;
        town.approve(ballots).await;
        town.publish().await;
        let results = town.results().await;
        let outcome = results.envelopes[0].outcome.clone().unwrap();
        // The file that this site gives, counted by the library alone.
        let file = town.site.visitor().get(&format!("{BASE}/pb/{}.pb", town.envelopes[0])).await;
        let reading = pb::read(file.assert_status(200).html.as_bytes(), Invalid::Refuse).unwrap();
        assert_eq!(reading.official(), Some(outcome.selected.clone()), "{rule}");
        // Whoever imports the file counts by the same rule, save two greedy ones that the format does not tell apart.
        let told = crate::pabulib::rules(&reading);
        assert_eq!((told.rule, told.completion), (rule, completion));
        let rules =
            Rules::new(rule).satisfaction(Satisfaction::Cost).completion(completion).ties(Ties::ByVotes);
        // Blank ballots, which the format does not hold, are counted again: the shares are the same.
        assert_eq!((reading.blank, reading.election.ballots()), (2, 9));
        assert_eq!(reading.warnings, []);
        let again = count(&reading.election, &rules).unwrap();
        assert_eq!(again, outcome, "{rule} {completion}");
        // What the shares of all ballots paid for a winner, each followed alone, is what it costs.
        let shares: Vec<_> = ballots.iter().map(|ballot| share_of(&outcome, ballot)).collect();
        assert_eq!(shares.iter().all(Option::is_some), rule == Rule::EqualShares, "{rule}");
        if rule == Rule::EqualShares {
            for round in outcome.rounds.iter().filter(|r| r.step == Step::Shares) {
                let paid =
                    shares.iter().flatten().flat_map(|s| &s.paid).filter(|s| s.project == round.project);
                let cents: i64 =
                    paid.map(|s| s.amount.decimal(6).replace('.', "").parse::<i64>().unwrap()).sum();
                let cost = round.cost.decimal(6).replace('.', "").parse::<i64>().unwrap();
                assert!((cents - cost).abs() < 10, "{completion} {}: {cents} of {cost}", round.project);
            }
        }
        // Every project is explained: either it won or it missed something.
        for explained in &results.envelopes[0].explanations {
            let both = (explained.explanation.won.is_some(), explained.explanation.missed.is_some());
            assert_ne!(both.0, both.1, "{rule}: {explained:?}");
            assert_eq!(explained.votes_needed.is_some(), !both.0, "{rule}: {explained:?}");
            assert_eq!(explained.cost_needed.is_some(), !both.0, "{rule}: {explained:?}");
            // A project that lost wins at the cost that is said, and not at one euro more: the file is counted again with it.
            let code = explained.explanation.project.as_str();
            let own = results.envelopes[0].projects.iter().find(|p| p.code == code).unwrap().cost / 100;
            let wins_at = |cost: i64| {
                let text = file.html.replace(&format!("\n{code};{own};"), &format!("\n{code};{cost};"));
                assert!(cost == own || text != file.html, "the cost is changed");
                let reading = pb::read(text.as_bytes(), Invalid::Refuse).unwrap();
                count(&reading.election, &rules).unwrap().selected.iter().any(|id| id == code)
            };
            match explained.cost_needed {
                Some(CostNeeded::Cost(cost)) => {
                    let cost = cost.scaled(0).unwrap();
                    assert!(
                        cost < own && wins_at(cost) && !wins_at(cost + 1),
                        "{rule} {completion} {code}: {cost}"
                    );
                    found += 1;
                }
                Some(CostNeeded::OutOfReach) => assert!(!wins_at(1), "{rule} {completion} {code}"),
                Some(CostNeeded::Selected) => panic!("{rule} {completion} {code}"),
                None => {}
            }
        }
    }
    assert!(found > 0, "some project would have won at a lower cost");
}
