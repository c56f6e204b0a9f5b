//! How a vote works, in the words of its rules: who votes, where, what a ballot holds, how it is counted, what breaks a tie.

use askama::Template;
use parvis_ballotbox::{Channel, Priority, RollKind, Rules as BoxRules};
use parvis_core::Millis;
use parvis_i18n::T;
use parvis_web::Page;
use parvis_web::ui::Html;

use super::ballot::{fill, limits};
use super::count::rules_here;
use super::sealed::Content;
use crate::model::{Reach, Rules};
use crate::results;

/// The rules of a vote as a list of facts.
#[derive(Template)]
#[template(path = "vote/how.html")]
struct Facts<'a> {
    page: &'a Page,
    dates: Option<(Millis, Millis)>,
    who: Option<Vec<String>>,
    place: Option<String>,
    fill: Option<Vec<String>>,
    rule: String,
    how: Vec<String>,
    /// The pages that explain them.
    pages: Vec<(&'static str, String)>,
    ties: String,
    channels: Option<Vec<String>>,
    change: Option<&'static str>,
}

/// The rules of the vote that these rows make, which is open between these moments. Before somebody has chosen the tie rule
/// there are none. A budget that was held elsewhere has only those of its count: who voted there, and how, is not known.
pub(crate) fn html(page: &Page, rules: &Rules, content: &Content, dates: Option<(Millis, Millis)>) -> Html {
    if !rules.ties_chosen {
        return Html(String::new());
    }
    let t = &page.t;
    // Ties and thresholds are said as the count of an envelope takes them: the same words for all.
    let count = content.envelopes.first().map_or_else(|| content.count.clone(), |e| rules_here(content, e));
    let mut facts = Facts {
        page,
        dates: None,
        who: None,
        place: None,
        fill: None,
        rule: results::rule_words(t, &count),
        how: results::how(t, &count),
        pages: results::explained(t, &count),
        ties: results::tie_rule(t, &count.ties),
        channels: None,
        change: None,
    };
    if content.imported.is_none() {
        let mut lines = vec![t.get(fill(content.ballot.face))];
        lines.extend(limits(t, &content.ballot));
        facts.dates = dates;
        facts.who = Some(who(t, &rules.ballot_box));
        facts.place = place(t, content);
        facts.fill = Some(lines);
        facts.channels = Some(channels(t, &rules.ballot_box));
        facts.change =
            Some(if rules.ballot_box.changeable { "budget-vote-changeable" } else { "budget-vote-final" });
    }
    Html(facts.render().unwrap_or_default())
}

fn who(t: &T, rules: &BoxRules) -> Vec<String> {
    let mut lines = vec![t.get(match rules.roll {
        RollKind::List => "ballotbox-roll-list",
        RollKind::Accounts => "ballotbox-roll-accounts",
    })];
    match rules.min_age {
        Some(age) => lines.push(t.with1("budget-vote-age", "age", i64::from(age))),
        None => lines.push(t.get("budget-vote-any-age")),
    }
    if !rules.districts.is_empty() {
        lines.push(t.with1("budget-vote-list-districts", "names", t.list(&rules.districts)));
    }
    lines
}

/// In how many envelopes a person votes; nothing to say where there is only one.
fn place(t: &T, content: &Content) -> Option<String> {
    let all = content.envelopes.len();
    if all < 2 {
        return None;
    }
    let districts = content.districts().count();
    Some(match content.ballot.reach {
        Reach::All => t.n("budget-vote-place-all", all),
        Reach::One if districts < all => t.n("budget-vote-place-one-and-town", districts),
        Reach::One => t.n("budget-vote-place-one", districts),
    })
}

/// The ways to vote, and which one prevails when they meet.
fn channels(t: &T, rules: &BoxRules) -> Vec<String> {
    let used = Channel::ALL.into_iter().filter(|c| match c {
        Channel::Web => true,
        Channel::Desk => rules.desk,
        Channel::Paper => rules.paper,
    });
    let names: Vec<String> = used.map(|c| t.get(in_sentence(c))).collect();
    let mut lines = vec![t.with1("budget-vote-channels", "names", t.list(&names))];
    if rules.paper {
        lines.push(t.get(match rules.priority {
            Priority::First => "ballotbox-priority-first",
            Priority::Paper => "ballotbox-priority-paper",
        }));
    } else if rules.desk {
        lines.push(t.get("ballotbox-priority-first"));
    }
    lines
}

/// The key of a channel's name inside a sentence.
pub(crate) const fn in_sentence(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "budget-data-web",
        Channel::Desk => "budget-data-desk",
        Channel::Paper => "budget-data-paper",
    }
}
