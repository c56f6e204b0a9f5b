//! An envelope as a Pabulib file: what researchers, other tools and `parvis count budget` read.

use parvis_budgeting::pb::{BLANK, Document, ExportedBallot, ExportedProject, Heading};
use parvis_budgeting::{BallotKind, Completion, Decimal, Limits, Rule, Rules, Satisfaction};
use parvis_civic::process::{self, Activity};
use parvis_civic::{Error, settings};
use parvis_core::Locale;
use parvis_store::Tx;

use crate::model::Face;
use crate::results;
use crate::store;
use crate::vote::choice::{Ballot, Choices};
use crate::vote::count::Results;
use crate::vote::money;
use crate::vote::sealed::{Content, Envelope};

/// The file of an envelope of a budget whose results are published; none when it has no such envelope.
///
/// # Errors
/// The database; ballots that cannot be read.
pub(crate) async fn file(
    tx: &mut Tx<'_>,
    activity: &Activity,
    envelope: i64,
) -> Result<Option<String>, Error> {
    let counting = results::read(tx, activity).await?;
    let internal = |e: String| Error::Internal(format!("a Pabulib file: {e}"));
    let Some(envelope) = counting.content.envelopes.iter().find(|e| e.id == envelope) else {
        return Ok(None);
    };
    let published: Option<Results> =
        activity.results.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let selected = published.and_then(|found| {
        let here = found.envelopes.into_iter().find(|e| e.id == envelope.id)?;
        Some(here.outcome?.selected)
    });
    let heading = heading(tx, activity, &counting.content, envelope).await?;
    let places = places(tx, activity).await?;
    let ballots = counting.ballots.ballots().map_err(|e| internal(e.to_string()))?;
    let text = document(&heading, &counting.content, envelope, &ballots, selected.as_deref(), &places);
    text.map(Some).map_err(internal)
}

/// Latitude and longitude of each project that has a place, by its code.
async fn places(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<(String, (String, String))>, Error> {
    let degrees = |e6: i64| {
        let sign = if e6 < 0 { "-" } else { "" };
        format!("{sign}{}.{:06}", e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000)
    };
    let projects = store::projects(tx, activity.id).await?;
    let placed = projects.into_iter().filter_map(|p| {
        let (latitude, longitude) = p.point?;
        Some((p.code, (degrees(latitude), degrees(longitude))))
    });
    Ok(placed.collect())
}

async fn heading(
    tx: &mut Tx<'_>,
    activity: &Activity,
    content: &Content,
    envelope: &Envelope,
) -> Result<Heading, Error> {
    let said = |key: &str| {
        let heading = content.imported.as_ref().map(|i| i.heading.as_slice()).unwrap_or_default();
        heading.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    };
    let site = settings::load(tx).await?;
    let zone = site.time_zone();
    let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
    let day = |at: i64| {
        let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        zone.to_datetime(at).strftime("%d.%m.%Y").to_string()
    };
    // The last day is the one on which the vote still was open.
    let dates = activity.phase.as_ref().map(|p| (day(p.starts_at), day(p.ends_at - 1)));
    let dates = dates.unwrap_or_default();
    let year = dates.1.rsplit('.').next().unwrap_or_default().to_owned();
    let unit = site.name.get(site.default_locale).to_owned();
    let one = content.envelopes.len() == 1;
    let name = envelope.name.get(site.default_locale).to_owned();
    let (rule, comment) = named(&content.count);
    let language = if site.default_locale == Locale::Fr { "fr" } else { "en" };
    Ok(Heading {
        description: said("description").unwrap_or_else(|| process.title.get(site.default_locale).to_owned()),
        country: said("country").unwrap_or_else(|| "France".into()),
        unit: said("unit").unwrap_or(unit),
        subunit: said("subunit").unwrap_or(if one { String::new() } else { name }),
        instance: said("instance").unwrap_or(year),
        dates: (said("date_begin").unwrap_or(dates.0), said("date_end").unwrap_or(dates.1)),
        language: said("language").unwrap_or_else(|| language.into()),
        currency: said("currency").unwrap_or_else(|| "EUR".into()),
        edition: said("edition").unwrap_or_default(),
        rule: rule.into(),
        comment,
    })
}

/// What a comment says before the rule that has no name in this format.
pub(super) const COUNTED: &str = "counted by ";

/// The rule by its name in this format, or `unknown` with a comment. `equalshares/add1` is one of three dialects: whoever checks a
/// file counts with whole units of money a voter, and does not stop once nothing more fits.
fn named(rules: &Rules) -> (&'static str, String) {
    let by_cost = rules.satisfaction == Satisfaction::Cost && !rules.comparison;
    let name = match (rules.rule, rules.completion) {
        (Rule::Greedy | Rule::GreedyScore, _) => "greedy",
        (Rule::EqualShares, Completion::None) if by_cost => "equalshares",
        (Rule::EqualShares, Completion::Add1)
            if by_cost && rules.integral_start && !rules.exhaustive_stop =>
        {
            "equalshares/add1"
        }
        _ => {
            let (rule, completion, satisfaction) = (rules.rule, rules.completion, rules.satisfaction);
            let said = format!("{COUNTED}{rule}, completion {completion}, satisfaction {satisfaction}");
            return ("unknown", said);
        }
    };
    (name, String::new())
}

fn limits(content: &Content, envelope: &Envelope) -> Result<Limits, String> {
    let text = |e: parvis_budgeting::DecimalError| e.to_string();
    let whole = |n: i64| Decimal::whole(n).map(Some).map_err(text);
    let rules = &content.ballot;
    if let Some(imported) = &content.imported {
        return Ok(imported.limits);
    }
    let mut limits = Limits::default();
    match rules.face {
        Face::Approve | Face::Rank => limits.max_length = rules.most,
        Face::Knapsack => {
            limits.max_length = rules.most;
            limits.max_sum_cost = Some(Decimal::new(envelope.amount, 2).map_err(text)?);
            let least = rules.least_cost(envelope.amount);
            if least > 0 {
                limits.min_sum_cost = Some(Decimal::new(least, 2).map_err(text)?);
            }
        }
        Face::Points => {
            limits.max_length = rules.most;
            limits.max_sum_points = whole(rules.points.into())?;
        }
        Face::PlusMinus => {
            limits.max_length = rules.most.map(|most| most.saturating_add(rules.minus));
            (limits.min_points, limits.max_points) = (whole(-1)?, whole(1)?);
            limits.default_score = whole(0)?;
        }
    }
    Ok(limits)
}

/// The text of a file. Ballots stand in the order of what they say, so that their order says nothing. No ballot is blank in
/// this format: blank ones are left out, and the comment says how many, which readers of this program count again.
///
/// # Errors
/// What the format cannot hold, in a sentence.
pub fn document(
    heading: &Heading,
    content: &Content,
    envelope: &Envelope,
    ballots: &[(Ballot, u64)],
    selected: Option<&[String]>,
    places: &[(String, (String, String))],
) -> Result<String, String> {
    let kind = content.kind();
    let mut heading = heading.clone();
    let mut blank = 0_u64;
    let mut written = vec![];
    let one = Decimal::whole(1).map_err(|e| e.to_string())?;
    let minus_one = Decimal::whole(-1).map_err(|e| e.to_string())?;
    for (ballot, number) in ballots {
        let Some(choices) = ballot.of(envelope.id) else { continue };
        if choices.is_blank() {
            blank += number;
            continue;
        }
        let vote: Vec<String> = choices.codes().into_iter().map(str::to_owned).collect();
        let points = match choices {
            Choices::Points(points) => points.values().copied().collect(),
            Choices::Marks { plus, minus } => {
                let for_it = std::iter::repeat_n(one, plus.len());
                for_it.chain(std::iter::repeat_n(minus_one, minus.len())).collect()
            }
            _ => vec![],
        };
        for _ in 0..*number {
            let voter = (written.len() + 1).to_string();
            written.push(ExportedBallot {
                voter,
                vote: vote.clone(),
                points: points.clone(),
                method: String::new(),
            });
        }
    }
    if blank > 0 {
        let said = format!("{BLANK}{blank}");
        heading.comment =
            if heading.comment.is_empty() { said } else { format!("{}; {said}", heading.comment) };
    }
    let projects: Vec<ExportedProject> = content
        .of_envelope(envelope.id)
        .map(|p| {
            Ok(ExportedProject {
                id: p.code.clone(),
                cost: Decimal::new(p.cost, 2).map_err(|e| e.to_string())?,
                name: p.title.fr.clone(),
                categories: vec![],
                selected: selected.map(|all| all.binary_search(&p.code).is_ok()),
                place: places.iter().find(|(code, _)| *code == p.code).map(|(_, place)| place.clone()),
            })
        })
        .collect::<Result<_, String>>()?;
    let budget = Decimal::new(envelope.amount, 2).map_err(|e| e.to_string())?;
    let mut limits = limits(content, envelope)?;
    if kind == BallotKind::ChooseOne {
        limits.max_length = Some(1);
    }
    let document = Document::new(&heading, kind, budget, &limits, &projects, &written);
    let document = document.map_err(|e| format!("{e} ({})", money::decimal(envelope.amount)))?;
    Ok(document.write())
}
