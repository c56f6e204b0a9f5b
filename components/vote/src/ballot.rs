//! The ballot of a vote, as the box's pages show, read and print it. Every face is filled with plain controls.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use parvis_ballotbox::pages::{Ballot as BallotOf, Poll};
use parvis_civic::Error;
use parvis_civic::process::{self, Activity};
use parvis_core::{FieldErrors, Locale};
use parvis_i18n::T;
use parvis_store::{Fut, Tx};
use parvis_tally::{Blank, BordaPolicy, Method, Rules as TallyRules, Strength};
use parvis_web::ui::Html;
use parvis_web::{Fields, Page};
use serde_json::Value;

use crate::model::{self, Ballot, Choice, Face, Rules};
use crate::store;

/// The vote, as the ballot box knows it.
pub(crate) struct Votes;

/// The tabs of its administration, before those of the box.
const TABS: [(&str, &str); 4] = [
    ("", "vote-tab-dashboard"),
    ("options", "vote-tab-options"),
    ("rules", "vote-tab-rules"),
    ("results", "vote-tab-results"),
];

impl Poll for Votes {
    fn component(&self) -> &'static str {
        model::NAME
    }

    fn ballot<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Arc<dyn BallotOf>, Error>> {
        Box::pin(async move {
            let paper: Arc<dyn BallotOf> = Arc::new(Paper::read(tx, activity).await?);
            Ok(paper)
        })
    }

    fn tabs(&self) -> &'static [(&'static str, &'static str)] {
        &TABS
    }
}

/// The ballot of one vote.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    pub(crate) rules: Rules,
    pub(crate) options: Vec<Choice>,
    content: Value,
    /// The address of the vote.
    base: String,
}

impl Paper {
    /// Reads it from the rows of the activity.
    pub(crate) async fn read(tx: &mut Tx<'_>, activity: &Activity) -> Result<Self, Error> {
        let rules = Rules::of(activity);
        let options = store::options(tx, activity.id).await?;
        let content = model::content(&rules, &options);
        let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
        let base = format!("/p/{}/{}", process.slug, activity.slug);
        Ok(Self { rules, options, content, base })
    }

    fn face(&self) -> Face {
        Face::of(self.rules.tally.method)
    }

    fn name(&self, id: i64, locale: Locale) -> String {
        let option = self.options.iter().find(|o| o.id == id);
        option.map_or_else(|| id.to_string(), |o| o.title.get(locale).to_owned())
    }

    /// The grades from the best to the worst, in words or as figures.
    pub(crate) fn grades(&self, t: &T) -> Vec<(u32, String)> {
        (0..=self.rules.max_grade()).rev().map(|g| (g, grade(t, self.rules.tally.method, g))).collect()
    }

    /// What a ballot may hold at most, in a sentence; empty without a limit.
    fn limit(&self, t: &T) -> String {
        let rules = &self.rules.tally;
        match self.face() {
            Face::Approve => rules.most.map_or_else(String::new, |m| t.n("vote-limit-approve", m)),
            Face::PlusMinus => {
                let plus = t.n("vote-limit-plus", rules.plus.unwrap_or(1));
                match rules.minus.unwrap_or(0) {
                    0 => t.with1("vote-limit-plus-alone", "plus", plus),
                    minus => {
                        let minus = t.n("vote-limit-minus", minus);
                        t.with2("vote-limit-plus-minus", "plus", plus, "minus", minus)
                    }
                }
            }
            Face::Points => t.with1("vote-limit-points", "credits", rules.credits.unwrap_or(0)),
            Face::Rank if !rules.method.allows_equal_ranks() => t.get("vote-limit-strict"),
            Face::Rank => t.get("vote-limit-rank"),
            Face::One | Face::Grade => String::new(),
        }
    }
}

/// What was chosen of how this method reads the ballots, in sentences: what a blank grade is, what makes a duel strong,
/// what the options left out receive. Nothing for the methods that have no such choice.
pub(crate) fn chosen(t: &T, rules: &TallyRules) -> Vec<String> {
    let key = match rules.method {
        Method::Score | Method::Star | Method::MajorityJudgement => match rules.blank {
            Blank::Exclude => "vote-chosen-blank-exclude",
            _ => "vote-chosen-blank-worst",
        },
        Method::Schulze | Method::RankedPairs | Method::Minimax => match rules.strength {
            Strength::Margins => "vote-chosen-margins",
            Strength::WinningVotes => "vote-chosen-winning-votes",
        },
        Method::Borda => match rules.borda {
            BordaPolicy::Zero => "vote-chosen-borda-zero",
            BordaPolicy::Average => "vote-chosen-borda-average",
            BordaPolicy::Modified => "vote-chosen-borda-modified",
        },
        _ => return vec![],
    };
    vec![t.get(key)]
}

/// A grade in words (majority judgement) or as a figure.
pub(crate) fn grade(t: &T, method: Method, grade: u32) -> String {
    if method == Method::MajorityJudgement { t.get(&format!("vote-grade-{grade}")) } else { t.number(grade) }
}

/// One option of the ballot, with what was sent for it.
struct Row<'a> {
    option: &'a Choice,
    value: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "ballot.html")]
struct Controls<'a> {
    page: &'a Page,
    rows: Vec<Row<'a>>,
    face: Face,
    grades: Vec<(u32, String)>,
    fill: String,
    limit: String,
    error: String,
    base: &'a str,
    has_minus: bool,
}

#[derive(Template)]
#[template(path = "printed.html")]
struct Printed<'a> {
    page: &'a Page,
    options: &'a [Choice],
    face: Face,
    grades: Vec<(u32, String)>,
    fill: String,
    limit: String,
    has_minus: bool,
}

impl BallotOf for Paper {
    fn rules(&self) -> &parvis_ballotbox::Rules {
        &self.rules.ballot_box
    }

    fn content(&self) -> &Value {
        &self.content
    }

    fn fields(&self, page: &Page, sent: &Fields) -> Html {
        let rows = self.options.iter().map(|option| {
            let id = option.id.to_string();
            let (value, ticked) = match self.face() {
                Face::One => (String::new(), sent.get("choice") == id),
                Face::Rank => (sent.get(&format!("rank-{id}")).to_owned(), false),
                Face::Approve => (String::new(), sent.all("approve").any(|v| v == id)),
                Face::PlusMinus => (sent.get(&format!("mark-{id}")).to_owned(), false),
                Face::Grade => (sent.get(&format!("grade-{id}")).to_owned(), false),
                Face::Points => (sent.get(&format!("points-{id}")).to_owned(), false),
            };
            Row { option, value, ticked }
        });
        let controls = Controls {
            rows: rows.collect(),
            face: self.face(),
            grades: self.grades(&page.t),
            fill: page.t.get(self.face().key()),
            limit: self.limit(&page.t),
            error: page.errors.on("ballot").unwrap_or_default().to_owned(),
            base: &self.base,
            has_minus: self.rules.tally.minus.unwrap_or(0) > 0,
            page,
        };
        Html(controls.render().unwrap_or_default())
    }

    fn read(&self, sent: &Fields) -> Result<Value, FieldErrors> {
        let mut errors = FieldErrors::new();
        let ballot = match self.face() {
            Face::One => self.read_one(sent, &mut errors),
            Face::Rank => self.read_ranks(sent, &mut errors),
            Face::Approve => self.read_approvals(sent, &mut errors),
            Face::PlusMinus => self.read_marks(sent, &mut errors),
            Face::Grade => self.read_grades(sent, &mut errors),
            Face::Points => self.read_points(sent, &mut errors),
        };
        errors.check()?;
        Ok(ballot.to_value())
    }

    fn words(&self, t: &T, ballot: &Value) -> Vec<String> {
        let name = |id: &i64| self.name(*id, t.locale);
        let names = |ids: &[i64]| t.list(&ids.iter().map(name).collect::<Vec<_>>());
        match Ballot::of_value(ballot) {
            Some(Ballot::Ranking(levels)) if self.face() == Face::One => {
                levels.iter().map(|l| names(l)).collect()
            }
            Some(Ballot::Ranking(levels)) => {
                let ranked = (1_i64..).zip(&levels);
                ranked.map(|(rank, l)| t.with2("vote-word-rank", "rank", rank, "names", names(l))).collect()
            }
            Some(Ballot::Approve(ids)) => ids.iter().map(name).collect(),
            Some(Ballot::Marks { plus, minus }) => {
                let plus = plus.iter().map(|id| t.with1("vote-word-plus", "name", name(id)));
                plus.chain(minus.iter().map(|id| t.with1("vote-word-minus", "name", name(id)))).collect()
            }
            Some(Ballot::Grades(grades)) => self
                .options
                .iter()
                .filter_map(|o| {
                    let given = grades.get(&o.id)?;
                    let grade = grade(t, self.rules.tally.method, *given);
                    Some(t.with2("vote-word-grade", "name", name(&o.id), "grade", grade))
                })
                .collect(),
            Some(Ballot::Points(points)) => points
                .iter()
                .map(|(id, votes)| t.with2("vote-word-points", "name", name(id), "votes", *votes))
                .collect(),
            None => vec![],
        }
    }

    fn printed(&self, page: &Page) -> Html {
        let printed = Printed {
            options: &self.options,
            face: self.face(),
            grades: self.grades(&page.t),
            fill: page.t.get(match self.face() {
                Face::One => "vote-print-one",
                Face::Rank => "vote-print-rank",
                Face::Approve => "vote-print-approve",
                Face::PlusMinus => "vote-print-plus-minus",
                Face::Grade => "vote-print-grade",
                Face::Points => "vote-print-points",
            }),
            limit: self.limit(&page.t),
            has_minus: self.rules.tally.minus.unwrap_or(0) > 0,
            page,
        };
        Html(printed.render().unwrap_or_default())
    }
}

impl Paper {
    fn knows(&self, id: i64) -> bool {
        self.options.iter().any(|o| o.id == id)
    }

    fn read_one(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let chosen = sent.get("choice");
        if chosen.is_empty() || chosen == "blank" {
            return Ballot::Ranking(vec![]);
        }
        match chosen.parse::<i64>().ok().filter(|id| self.knows(*id)) {
            Some(id) => Ballot::Ranking(vec![vec![id]]),
            None => {
                errors.add("ballot", "vote-wrong-option");
                Ballot::Ranking(vec![])
            }
        }
    }

    fn read_ranks(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let mut levels: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        for option in &self.options {
            let typed = sent.get(&format!("rank-{}", option.id));
            if typed.is_empty() {
                continue;
            }
            match typed.parse::<u32>() {
                Ok(rank @ 1..=999) => levels.entry(rank).or_default().push(option.id),
                _ => {
                    errors.add_with("ballot", "vote-wrong-rank", vec![("value", clip(typed))]);
                    return Ballot::Ranking(vec![]);
                }
            }
        }
        if !self.rules.tally.method.allows_equal_ranks() && levels.values().any(|l| l.len() > 1) {
            errors.add("ballot", "vote-wrong-equal");
        }
        Ballot::Ranking(levels.into_values().collect())
    }

    fn read_approvals(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let mut ids: Vec<i64> = vec![];
        for value in sent.all("approve") {
            match value.parse::<i64>().ok().filter(|id| self.knows(*id)) {
                Some(id) if !ids.contains(&id) => ids.push(id),
                Some(_) => {}
                None => errors.add("ballot", "vote-wrong-option"),
            }
        }
        if let Some(most) = self.rules.tally.most
            && ids.len() > usize::try_from(most).unwrap_or(usize::MAX)
        {
            let args = vec![("most", most.to_string()), ("count", ids.len().to_string())];
            errors.add_with("ballot", "vote-wrong-approve-most", args);
        }
        ids.sort_unstable();
        Ballot::Approve(ids)
    }

    fn read_marks(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let (mut plus, mut minus) = (vec![], vec![]);
        for option in &self.options {
            match sent.get(&format!("mark-{}", option.id)) {
                "" | "0" => {}
                "plus" => plus.push(option.id),
                "minus" => minus.push(option.id),
                _ => errors.add("ballot", "vote-wrong-option"),
            }
        }
        let over = |n: usize, most: Option<u32>| n > usize::try_from(most.unwrap_or(0)).unwrap_or(0);
        let (p, m) = (self.rules.tally.plus, self.rules.tally.minus);
        if over(plus.len(), p) {
            let args = vec![("most", p.unwrap_or(0).to_string()), ("count", plus.len().to_string())];
            errors.add_with("ballot", "vote-wrong-plus-most", args);
        }
        if over(minus.len(), m) {
            let args = vec![("most", m.unwrap_or(0).to_string()), ("count", minus.len().to_string())];
            errors.add_with("ballot", "vote-wrong-minus-most", args);
        }
        if plus.len() < 2 * minus.len() {
            errors.add("ballot", "vote-wrong-minus-first");
        }
        plus.sort_unstable();
        minus.sort_unstable();
        Ballot::Marks { plus, minus }
    }

    fn read_grades(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let mut grades = BTreeMap::new();
        for option in &self.options {
            let value = sent.get(&format!("grade-{}", option.id));
            if value.is_empty() {
                continue;
            }
            match value.parse::<u32>().ok().filter(|g| *g <= self.rules.max_grade()) {
                Some(grade) => {
                    grades.insert(option.id, grade);
                }
                None => errors.add("ballot", "vote-wrong-grade"),
            }
        }
        Ballot::Grades(grades)
    }

    fn read_points(&self, sent: &Fields, errors: &mut FieldErrors) -> Ballot {
        let mut points = BTreeMap::new();
        let mut cost: i64 = 0;
        for option in &self.options {
            let typed = sent.get(&format!("points-{}", option.id)).replace('−', "-");
            if typed.is_empty() || typed == "0" {
                continue;
            }
            match typed.parse::<i64>().ok().filter(|v| v.abs() <= 1000) {
                Some(votes) => {
                    cost += votes * votes;
                    points.insert(option.id, votes);
                }
                None => errors.add_with("ballot", "vote-wrong-points", vec![("value", clip(&typed))]),
            }
        }
        let credits = i64::try_from(self.rules.tally.credits.unwrap_or(0)).unwrap_or(i64::MAX);
        if cost > credits {
            let args = vec![("credits", credits.to_string()), ("cost", cost.to_string())];
            errors.add_with("ballot", "vote-wrong-credits", args);
        }
        Ballot::Points(points)
    }
}

fn clip(typed: &str) -> String {
    typed.chars().take(20).collect()
}

#[derive(Template)]
#[template(path = "more.html")]
struct More<'a> {
    page: &'a Page,
    option: &'a Choice,
    base: &'a str,
}

/// What is said of an option besides its name: picture, text, link.
pub(crate) fn more(page: &Page, option: &Choice, base: &str) -> Html {
    Html(More { page, option, base }.render().unwrap_or_default())
}

impl Controls<'_> {
    fn more(&self, option: &Choice) -> Html {
        more(self.page, option, self.base)
    }

    fn is_one(&self) -> bool {
        self.face == Face::One
    }

    fn is_grade(&self, value: &str, grade: &u32) -> bool {
        value.parse::<u32>() == Ok(*grade)
    }
}
