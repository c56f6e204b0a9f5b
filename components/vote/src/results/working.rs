//! The working of a count, step by step, in plain words.

use parvis_i18n::T;
use parvis_tally::{Action, Outcome, Pairwise, Reason, Stage, Working};

use super::Names;
use super::picture::{exact, units, wins};
use crate::ballot::{chosen, grade};
use crate::count::Results;

/// A step: a title, sentences, a table.
#[derive(Default)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    pub(crate) table: Option<Table>,
}

/// A table: the first cell of each row names it.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// What every step needs.
struct Say<'a> {
    t: &'a T,
    outcome: &'a Outcome,
    names: Names<'a>,
}

/// The steps of a count.
pub(crate) fn sections(t: &T, results: &Results) -> Vec<Section> {
    let Some(outcome) = &results.outcome else { return vec![] };
    let say = Say { t, outcome, names: Names::new(results, t.locale) };
    let mut all = vec![say.ballots()];
    all.extend(say.working());
    all
}

impl Say<'_> {
    /// The ballots counted, and those that were not.
    fn ballots(&self) -> Section {
        let (t, o) = (self.t, self.outcome);
        let mut lines = vec![t.with2(
            "vote-step-ballots",
            "ballots",
            t.number(o.ballots),
            "counted",
            t.number(o.counted),
        )];
        for (reason, n) in &o.rejected {
            let key = match reason {
                Reason::Blank => "vote-rejected-blank",
                Reason::EqualRanks => "vote-rejected-equal",
                Reason::TooManyApprovals => "vote-rejected-approvals",
                Reason::TooManyPlus => "vote-rejected-plus",
                Reason::TooManyMinus => "vote-rejected-minus",
                Reason::MinusWithoutTwoPlusEach => "vote-rejected-minus-first",
                Reason::OverCredits => "vote-rejected-credits",
            };
            lines.push(t.n(key, *n));
        }
        lines.push(t.get(&format!("vote-how-{}", o.method)));
        lines.extend(chosen(t, &o.rules));
        Section { lines, ..Section::default() }
    }

    fn option(&self, place: usize) -> String {
        self.names.at(self.outcome, place)
    }

    fn each<V>(&self, caption: &str, unit: &str, values: &[V], write: impl Fn(&V) -> String) -> Section {
        let rows = values.iter().enumerate().map(|(i, v)| vec![self.option(i), write(v)]).collect();
        let head = vec![self.t.get("vote-col-option"), self.t.get(unit)];
        let table = Table { caption: self.t.get(caption), head, rows };
        Section { table: Some(table), ..Section::default() }
    }

    fn working(&self) -> Vec<Section> {
        let t = self.t;
        match &self.outcome.working {
            Working::Plurality { votes } => {
                vec![self.each("vote-table-votes", "vote-unit-votes", votes, |v| exact(t, *v))]
            }
            Working::TwoRound { first, majority, finalists, second } => {
                let mut all =
                    vec![self.each("vote-table-first-round", "vote-unit-votes", first, |v| exact(t, *v))];
                all[0].title = t.with1("vote-step-round", "number", 1);
                if *majority {
                    all[0].lines.push(t.get("vote-step-majority"));
                } else if let (Some(duel), [a, b]) = (second, finalists.as_slice()) {
                    let (a, b) = (self.names.of(a), self.names.of(b));
                    let line = t.with(
                        "vote-step-second-round",
                        &[
                            ("first", a.as_str().into()),
                            ("second", b.as_str().into()),
                            ("for-first", t.number(duel.first).as_str().into()),
                            ("for-second", t.number(duel.second).as_str().into()),
                        ],
                    );
                    let title = t.with1("vote-step-round", "number", 2);
                    all.push(Section { title, lines: vec![line], table: None });
                }
                all
            }
            Working::Approval { approvals, .. } => {
                vec![self.each("vote-table-approvals", "vote-unit-approvals", approvals, |n| t.number(*n))]
            }
            Working::PlusMinus { plus, minus, net, .. } => {
                let rows = (0..net.len())
                    .map(|i| vec![self.option(i), t.number(plus[i]), t.number(minus[i]), t.number(net[i])]);
                let head = ["vote-col-option", "vote-plus", "vote-minus", "vote-unit-net"];
                let head = head.iter().map(|k| t.get(k)).collect();
                let table = Table { caption: t.get("vote-table-marks"), head, rows: rows.collect() };
                vec![Section { table: Some(table), ..Section::default() }]
            }
            Working::Score { sum, mean, .. } => {
                let rows = (0..sum.len()).map(|i| {
                    let mean = mean.get(i).copied().flatten().map(|m| exact(t, m)).unwrap_or_default();
                    vec![self.option(i), t.number(sum[i]), mean]
                });
                let head = ["vote-col-option", "vote-unit-score", "vote-col-mean"];
                let head = head.iter().map(|k| t.get(k)).collect();
                let table = Table { caption: t.get("vote-table-scores"), head, rows: rows.collect() };
                vec![Section { table: Some(table), ..Section::default() }]
            }
            Working::Star { sum, finalists, runoff, .. } => {
                let mut all = vec![self.each("vote-table-scores", "vote-unit-score", sum, |n| t.number(*n))];
                if let [a, b] = finalists.as_slice() {
                    let (a, b) = (self.names.of(a), self.names.of(b));
                    let line = t.with(
                        "vote-step-runoff",
                        &[
                            ("first", a.as_str().into()),
                            ("second", b.as_str().into()),
                            ("for-first", t.number(runoff.first).as_str().into()),
                            ("for-second", t.number(runoff.second).as_str().into()),
                            ("neither", t.number(runoff.neither).as_str().into()),
                        ],
                    );
                    all.push(Section {
                        title: t.get("vote-step-runoff-title"),
                        lines: vec![line],
                        table: None,
                    });
                }
                all
            }
            Working::Borda { points, .. } => {
                vec![self.each("vote-table-points", "vote-unit-points", points, |v| exact(t, *v))]
            }
            Working::MajorityJudgement { merits, .. } => self.judgement(merits),
            Working::Irv { rounds } => {
                let step = |(number, round): (i64, &parvis_tally::Round)| {
                    let standing = round
                        .votes
                        .iter()
                        .enumerate()
                        .filter_map(|(i, v)| v.map(|v| vec![self.option(i), exact(t, v)]));
                    let mut lines = vec![];
                    if let Some(gone) = &round.eliminated {
                        lines.push(t.with1("vote-step-eliminated", "name", self.names.of(gone)));
                    }
                    if round.exhausted != parvis_tally::Exact::ZERO {
                        lines.push(t.with1("vote-step-exhausted", "votes", exact(t, round.exhausted)));
                    }
                    let head = vec![t.get("vote-col-option"), t.get("vote-unit-votes")];
                    let title = t.with1("vote-step-round", "number", number);
                    let table = Table { caption: title.clone(), head, rows: standing.collect() };
                    Section { title, lines, table: Some(table) }
                };
                (1..).zip(rounds).map(step).collect()
            }
            Working::Schulze { pairwise, paths, .. } => {
                let mut all = self.duels(pairwise);
                if pairwise.condorcet_winner.is_none() {
                    all.push(Section {
                        title: t.get("vote-step-paths"),
                        lines: vec![t.get("vote-step-paths-text")],
                        table: Some(self.matrix("vote-table-paths", paths)),
                    });
                }
                all
            }
            Working::RankedPairs { pairwise, edges, .. } => {
                let mut all = self.duels(pairwise);
                let lines = edges.iter().map(|e| {
                    let key = if e.locked { "vote-step-locked" } else { "vote-step-unlocked" };
                    let (winner, loser) = (self.names.of(&e.winner), self.names.of(&e.loser));
                    t.with3(key, "winner", winner, "loser", loser, "strength", t.number(e.strength))
                });
                let lines = lines.collect();
                all.push(Section { title: t.get("vote-step-pairs"), lines, table: None });
                all
            }
            Working::Copeland { pairwise, points, .. } => {
                let mut all = self.duels(pairwise);
                all.push(self.each("vote-table-copeland", "vote-unit-points", points, |n| t.number(*n)));
                all
            }
            Working::Minimax { pairwise, worst, .. } => {
                let mut all = self.duels(pairwise);
                let rows = worst
                    .iter()
                    .enumerate()
                    .map(|(i, w)| vec![self.option(i), t.number(w.strength), self.names.list(t, &w.against)]);
                let head = ["vote-col-option", "vote-col-defeat", "vote-col-against"];
                let head = head.iter().map(|k| t.get(k)).collect();
                let table = Table { caption: t.get("vote-table-worst"), head, rows: rows.collect() };
                all.push(Section { table: Some(table), ..Section::default() });
                all
            }
            Working::Kemeny { pairwise, order, disagreements, unique, .. } => {
                let mut all = self.duels(pairwise);
                let ranked = self.names.list(t, order);
                let mut lines =
                    vec![t.with2("vote-step-kemeny", "names", ranked, "count", t.number(*disagreements))];
                if !unique {
                    lines.push(t.get("vote-step-kemeny-other"));
                }
                all.push(Section { title: t.get("vote-step-kemeny-title"), lines, table: None });
                all
            }
            Working::StvScottish { quota, unit, stages } => {
                let mut all = vec![Section {
                    lines: vec![t.with1("vote-step-quota", "quota", t.number(*quota))],
                    ..Section::default()
                }];
                all.extend(self.stages(stages, *unit));
                all
            }
            Working::StvMeek { unit, stages } => self.stages(stages, *unit),
            Working::Quadratic { votes, .. } => {
                vec![self.each("vote-table-votes", "vote-unit-votes", votes, |n| t.number(*n))]
            }
            _ => vec![],
        }
    }

    fn judgement(&self, merits: &[parvis_tally::Merit]) -> Vec<Section> {
        let (t, method) = (self.t, self.outcome.method);
        let word = |g: Option<u32>| g.map(|g| grade(t, method, g)).unwrap_or_default();
        let lines = self.outcome.ranking.iter().flatten().filter_map(|name| {
            let place = self.outcome.options.iter().position(|o| o == name)?;
            let merit = merits.get(place)?;
            Some(t.with(
                "vote-step-merit",
                &[
                    ("name", self.names.of(name).as_str().into()),
                    ("grade", word(merit.median).as_str().into()),
                    ("above", t.percent(merit.above, merit.graded).as_str().into()),
                    ("below", t.percent(merit.below, merit.graded).as_str().into()),
                ],
            ))
        });
        let lines: Vec<String> = lines.collect();
        let count = merits.first().map_or(0, |m| m.profile.len());
        let mut head = vec![t.get("vote-col-option")];
        head.extend((0..count).rev().map(|g| word(u32::try_from(g).ok())));
        let rows = merits.iter().enumerate().map(|(i, m)| {
            let mut row = vec![self.option(i)];
            row.extend(m.profile.iter().rev().map(|n| t.number(*n)));
            row
        });
        let table = Table { caption: t.get("vote-table-grades"), head, rows: rows.collect() };
        vec![Section { title: t.get("vote-step-medians"), lines, table: Some(table) }]
    }

    fn matrix(&self, caption: &str, counts: &[Vec<u64>]) -> Table {
        let t = self.t;
        let mut head = vec![t.get("vote-col-prefer")];
        head.extend((0..counts.len()).map(|i| self.option(i)));
        let rows = counts.iter().enumerate().map(|(i, row)| {
            let mut cells = vec![self.option(i)];
            cells.extend(
                row.iter().enumerate().map(|(j, n)| if i == j { "–".to_owned() } else { t.number(*n) }),
            );
            cells
        });
        Table { caption: t.get(caption), head, rows: rows.collect() }
    }

    /// All duels, and who wins them all when somebody does.
    fn duels(&self, pairwise: &Pairwise) -> Vec<Section> {
        let t = self.t;
        let won = wins(&pairwise.counts);
        let mut lines = vec![];
        match &pairwise.condorcet_winner {
            Some(name) => lines.push(t.with1("vote-step-condorcet", "name", self.names.of(name))),
            None => lines.push(t.get("vote-step-no-condorcet")),
        }
        lines.extend(
            won.iter()
                .enumerate()
                .map(|(i, n)| t.with2("vote-step-duels-won", "name", self.option(i), "count", *n)),
        );
        let table = self.matrix("vote-table-duels", &pairwise.counts);
        vec![Section { title: t.get("vote-step-duels"), lines, table: Some(table) }]
    }

    fn stages(&self, stages: &[Stage], unit: u64) -> Vec<Section> {
        let t = self.t;
        let step = |(number, stage): (i64, &Stage)| {
            let mut lines = vec![match &stage.action {
                Action::FirstPreferences => t.get("vote-stage-first"),
                Action::Surplus { of, surplus } => t.with2(
                    "vote-stage-surplus",
                    "name",
                    self.names.of(of),
                    "votes",
                    units(t, *surplus, unit),
                ),
                Action::Exclude { option } => t.with1("vote-stage-exclude", "name", self.names.of(option)),
                Action::Iterate { surplus, .. } => {
                    t.with1("vote-stage-iterate", "votes", units(t, *surplus, unit))
                }
                Action::FillSeats => t.get("vote-stage-fill"),
            }];
            if !stage.elected.is_empty() {
                let names = self.names.list(t, &stage.elected);
                lines.push(t.with2("vote-stage-elected", "names", names, "count", stage.elected.len()));
            }
            let rows = stage.votes.iter().enumerate().map(|(i, v)| vec![self.option(i), units(t, *v, unit)]);
            let title = t.with1("vote-step-stage", "number", number);
            let head = vec![t.get("vote-col-option"), t.get("vote-unit-votes")];
            let table = Table { caption: title.clone(), head, rows: rows.collect() };
            Section { title, lines, table: Some(table) }
        };
        (1..).zip(stages).map(step).collect()
    }
}
