//! The picture of an envelope's result: a bar for each project, winners first, and the table that says the same.

use parvis_i18n::T;

use crate::vote::count::EnvelopeResult;
use crate::vote::money;

/// The width of the drawing, in its own units.
const WIDE: u64 = 1000;
/// The most bars that are drawn; the table has every project.
const MOST_BARS: usize = 30;

/// The picture and its table.
pub(crate) struct Picture {
    /// The same in words.
    pub(crate) summary: String,
    pub(crate) bars: Vec<Bar>,
    pub(crate) rows: Vec<Row>,
    pub(crate) width: u64,
    pub(crate) is_cut: bool,
}

/// One bar.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) width: u64,
    pub(crate) is_winner: bool,
}

/// One line of the table.
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) cost: String,
    pub(crate) votes: String,
    pub(crate) minus: String,
    pub(crate) score: String,
    pub(crate) is_winner: bool,
}

impl Picture {
    /// The picture of a result: winners in the order in which they were selected, then the others by their votes.
    pub(crate) fn of(t: &T, result: &EnvelopeResult) -> Self {
        let selected = |code: &str| {
            let outcome = result.outcome.as_ref()?;
            outcome.order.iter().position(|id| id == code)
        };
        let mut order: Vec<usize> = (0..result.projects.len()).collect();
        order.sort_by_key(|&p| {
            let project = &result.projects[p];
            let place = selected(&project.code);
            (place.is_none(), place, std::cmp::Reverse(project.votes), p)
        });
        let most = result.projects.iter().map(|p| p.votes).max().unwrap_or(0).max(1);
        let mut bars = vec![];
        let mut rows = vec![];
        for p in order {
            let project = &result.projects[p];
            let name = project.title.get(t.locale).to_owned();
            let is_winner = selected(&project.code).is_some();
            let cost = money::say(t, project.cost);
            let votes = t.n("budget-votes-n", project.votes);
            let key = if is_winner { "budget-bar-won" } else { "budget-bar-lost" };
            let label = t.with3(key, "name", name.as_str(), "votes", votes, "cost", cost.as_str());
            let width = u64::try_from(u128::from(project.votes) * u128::from(WIDE) / u128::from(most));
            if bars.len() < MOST_BARS {
                bars.push(Bar { label, width: width.unwrap_or(WIDE), is_winner });
            }
            let score = result.explanations.get(p).and_then(|e| {
                let explained = &e.explanation;
                let won = explained.won.as_ref().map(|r| &r.score);
                won.or(explained.missed.as_ref().map(|m| &m.score)).cloned()
            });
            rows.push(Row {
                code: project.code.clone(),
                name,
                cost,
                votes: t.number(project.votes),
                minus: t.number(project.minus),
                score: score.map(|s| money::say_number(t, &s)).unwrap_or_default(),
                is_winner,
            });
        }
        let summary = bars.iter().map(|b| b.label.as_str()).collect::<Vec<_>>().join(". ");
        let is_cut = rows.len() > bars.len();
        Self { summary, bars, rows, width: WIDE, is_cut }
    }
}
