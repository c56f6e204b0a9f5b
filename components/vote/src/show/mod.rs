//! The page of a vote: what is asked, how one votes, how it is counted, who voted so far.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_ballotbox::close::{self, Turnout};
use parvis_ballotbox::pages::{At, Place, Poll};
use parvis_ballotbox::{Channel, Priority, RollKind};
use parvis_civic::process::Moment;
use parvis_store::boxed;
use parvis_tally::TieBreak;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::ballot::{Paper, Votes, chosen, more};
use crate::model::{Face, Rules};
use crate::store;

#[derive(Template)]
#[template(path = "show/page.html")]
struct View {
    page: Page,
    place: Place,
    paper: Paper,
    base: String,
    turnout: Turnout,
    closed: String,
    moment: Moment,
    has_results: bool,
}

impl View {
    fn method(&self) -> String {
        self.page.t.get(&format!("vote-method-{}", self.paper.rules.tally.method))
    }

    fn how(&self) -> String {
        self.page.t.get(&format!("vote-how-{}", self.paper.rules.tally.method))
    }

    fn fill(&self) -> String {
        self.page.t.get(Face::of(self.paper.rules.tally.method).key())
    }

    fn chosen(&self) -> Vec<String> {
        chosen(&self.page.t, &self.paper.rules.tally)
    }

    fn ties(&self) -> String {
        ties(&self.page, &self.paper.rules)
    }

    fn roll(&self) -> &'static str {
        match self.paper.rules.ballot_box.roll {
            RollKind::List => "ballotbox-roll-list",
            RollKind::Accounts => "ballotbox-roll-accounts",
        }
    }

    fn age(&self) -> Option<i64> {
        self.paper.rules.ballot_box.min_age.map(i64::from)
    }

    fn priority(&self) -> &'static str {
        match self.paper.rules.ballot_box.priority {
            Priority::First => "ballotbox-priority-first",
            Priority::Paper => "ballotbox-priority-paper",
        }
    }

    fn channels(&self) -> Vec<(String, i64)> {
        let rules = &self.paper.rules.ballot_box;
        let used = Channel::ALL.into_iter().filter(|c| match c {
            Channel::Web => true,
            Channel::Desk => rules.desk,
            Channel::Paper => rules.paper,
        });
        used.map(|c| (self.page.t.get(c.key()), self.turnout.through(c))).collect()
    }

    /// Who voted, of those who may: known where a list says who may. The lines of a roll of accounts are only those whom
    /// the desk wrote down.
    fn share(&self) -> Option<String> {
        let is_list = self.paper.rules.ballot_box.roll == RollKind::List && self.turnout.lines > 0;
        is_list.then(|| self.page.t.percent(self.turnout.signed(), self.turnout.lines))
    }

    fn more(&self, option: &crate::model::Choice) -> Html {
        more(&self.page, option, &self.base)
    }
}

/// The tie rule in a sentence.
pub(crate) fn ties(page: &Page, rules: &Rules) -> String {
    let t = &page.t;
    if !rules.ties_chosen {
        return t.get("vote-ties-unchosen");
    }
    match &rules.tally.ties {
        TieBreak::Lot { seed } => t.with1("vote-ties-said-lot", "seed", seed.as_str()),
        TieBreak::Options => t.get("vote-ties-said-options"),
        _ => t.get("vote-ties-said-open"),
    }
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let poll: Arc<dyn Poll> = Arc::new(Votes);
    let (place, (turnout, paper)) = parvis_ballotbox::pages::load(&poll, &cx, &at, |tx, place| {
        boxed(async move {
            let paper = Paper::read(tx, &place.activity).await?;
            Ok((close::turnout(tx, place.activity.id).await?, paper))
        })
    })
    .await?;
    place.cache(&cx);
    let process = place.process.title.get(cx.locale());
    let title = place.activity.title.get(cx.locale());
    let page = cx
        .page(title)
        .nav("processes")
        .crumb(process, format!("/p/{}", place.process.slug))
        .describe(place.activity.summary.get(cx.locale()));
    let view = View {
        page,
        base: place.base(),
        closed: place.closed(&cx).unwrap_or_default(),
        moment: place.activity.moment(cx.now),
        has_results: place.activity.results_at.is_some(),
        place,
        paper,
        turnout,
    };
    Ok(cx.render(&view))
}

/// The picture of an option.
pub(crate) async fn picture(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let Ok(id) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    let at = At { process, activity };
    let poll: Arc<dyn Poll> = Arc::new(Votes);
    let (_, bytes) = parvis_ballotbox::pages::load(&poll, &cx, &at, move |tx, place| {
        boxed(async move { store::picture(tx, place.activity.id, id).await })
    })
    .await?;
    let bytes = bytes.ok_or(WebError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}
