//! One text and everything said about it: votes, arguments, sources, other wordings, the official answer.

mod load;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::answer::Answer;
use parvis_civic::contribution::{Contribution, Status, Totals};
use parvis_civic::moderation::Decision;
use parvis_core::Millis;
use parvis_web::ui::{Choice, Html, VoteBar};
use parvis_web::{Ctx, Page, WebError};

use crate::amend;
use crate::model::{self, AMENDMENT, ARGUMENT, ARTICLE, SIDE, Section, Settled};
use crate::place::{On, Place};
use crate::store::{Amendment, Gone, Listed};
use crate::view::{self, Line};

#[cfg(test)]
mod tests;

/// Everything the page shows, as the database gave it.
pub(crate) struct Loaded {
    place: Place,
    listed: Listed,
    answer: Option<Answer>,
    sections: Vec<Section>,
    arguments_for: Vec<Listed>,
    arguments_against: Vec<Listed>,
    page_for: i64,
    page_against: i64,
    sources: Vec<Listed>,
    amendments: Vec<(Listed, Option<Amendment>)>,
    gone: Vec<Gone>,
    /// Why it is hidden.
    decision: Option<Decision>,
    /// What it was merged into, or (an amendment) what it is about.
    other: Option<Contribution>,
    /// An amendment's own fate, and the wording it was written against.
    amendment: Option<(Amendment, String)>,
    /// The visitor's stances, by contribution.
    mine: BTreeMap<i64, i64>,
    /// The visitor's receipts: their vote (`true`) and what they wrote (`false`).
    receipts: BTreeMap<(i64, bool), String>,
    follows: bool,
}

/// One side of the arguments.
struct Side {
    /// `for` or `against`: its anchor and its words.
    name: &'static str,
    /// 1 or -1.
    value: i64,
    count: i64,
    from: i64,
    to: i64,
    list: Vec<Listed>,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "show/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    listed: Listed,
    answer: Option<Answer>,
    closed: Option<String>,
    /// People can act on this text now.
    open: bool,
    totals: bool,
    table: Vec<Line>,
    sides: Vec<Side>,
    sources: Vec<Listed>,
    amendments: Vec<(Listed, Option<Amendment>)>,
    gone: Vec<Gone>,
    decision: Option<Decision>,
    other: Option<Contribution>,
    amendment: Option<(Amendment, String)>,
    mine: BTreeMap<i64, i64>,
    receipts: BTreeMap<(i64, bool), String>,
    follows: bool,
    is_mine: bool,
    /// Until when its author can edit it.
    editable_until: Option<i64>,
    withdrawable: bool,
    categories: Vec<Choice>,
    /// The form of a source, empty.
    sent: crate::source::Sent,
    now: Millis,
}

impl View {
    fn base(&self) -> String {
        self.place.to(format_args!("c/{}", self.c.id))
    }

    fn bar(&self, totals: &Totals) -> VoteBar {
        self.page.vote_bar(totals.r#for, totals.mixed, totals.against)
    }

    fn stance(&self, id: &i64) -> Option<i64> {
        self.mine.get(id).copied()
    }

    fn voted(&self, value: &i64) -> bool {
        self.stance(&self.c.id) == Some(*value)
    }

    fn receipt(&self, id: &i64, vote: bool) -> Option<&String> {
        self.receipts.get(&(*id, vote))
    }

    /// What its author can do about the decision that hid this text: a sentence, and the words of its link.
    fn appeal(&self) -> (&'static str, &'static str) {
        let decision = self.decision.as_ref();
        match decision.map(|d| (d.appeal_at.is_some(), d.appeal_decision.is_some())) {
            Some((_, true)) => ("consultation-appeal-upheld-text", "consultation-appeal-read"),
            Some((true, false)) => ("consultation-appeal-waits", "consultation-appeal-see"),
            _ => ("consultation-gone-appeal", "consultation-gone-appeal-do"),
        }
    }

    fn mine(&self, c: &Contribution) -> bool {
        self.is_author(&c.author_id)
    }

    fn is_author(&self, author: &Option<i64>) -> bool {
        self.page.who.as_ref().is_some_and(|who| Some(who.id) == *author)
    }

    fn editable(&self, c: &Contribution) -> bool {
        let hours = self.page.settings.edit_window_hours;
        model::may_edit(c, &self.place.activity, self.now, hours, None).is_ok() && c.kind == ARGUMENT
    }

    /// Whether the text itself may be shown.
    fn readable(&self) -> bool {
        matches!(self.c.status, Status::Published | Status::Merged)
    }

    fn kind(&self) -> String {
        format!("consultation-kind-{}", self.c.kind)
    }

    fn about(&self, key: &str) -> String {
        self.page.t.with1(key, "title", self.c.title.as_str())
    }

    fn author(&self, listed: &Listed) -> String {
        view::author(&self.page.t, listed)
    }

    /// What tells one argument or source from another, for those who hear the buttons out of their place.
    fn named(&self, listed: &Listed) -> String {
        if listed.c.kind == ARGUMENT {
            self.page.t.with1("consultation-support-this", "name", self.author(listed))
        } else {
            self.page.t.with1("consultation-support-source", "title", listed.c.title.as_str())
        }
    }

    fn status(&self) -> &str {
        self.answer.as_ref().map_or("", |a| a.status.as_str())
    }

    fn answered(&self) -> &'static str {
        view::answered(self.status())
    }

    fn answer_key(&self) -> String {
        format!("civic-answer-status-{}", self.status())
    }

    fn reason_key(&self, reason: &str) -> String {
        format!("civic-reason-{reason}")
    }

    fn stance_key(&self, value: &i64) -> String {
        format!("consultation-vote-mine-{value}")
    }

    /// The sign and the words of this amendment's fate.
    fn decision_key(&self) -> Option<(&'static str, &'static str)> {
        let (fate, _) = self.amendment.as_ref()?;
        let fate = Some(fate.clone());
        Some((self.fate_sign(&fate), self.fate_key(&fate)))
    }

    fn fate_sign(&self, fate: &Option<Amendment>) -> &'static str {
        amend::sign(fate.as_ref().and_then(|f| f.decision.as_deref()))
    }

    fn fate_key(&self, fate: &Option<Amendment>) -> &'static str {
        amend::word(fate.as_ref().and_then(|f| f.decision.as_deref()))
    }

    /// The text an amendment was written against, beside the amendment.
    fn sides(&self, fate: &Amendment, wording: &str) -> Html {
        let t = &self.page.t;
        let before = t.with1("consultation-amend-base", "version", fate.base_version);
        let after = t.get("consultation-decide-proposed");
        amend::sides::sides(t, self.c.lang, &before, &after, wording, &self.c.body)
    }

    /// The version of the text now, when it is no longer the one that the amendment was written against.
    fn newer(&self, fate: &Amendment) -> Option<i64> {
        let now = self.other.as_ref().map(|parent| parent.version);
        now.filter(|now| *now != fate.base_version && fate.result_version != Some(*now))
    }

    fn side_key(&self, side: &Side) -> String {
        format!("consultation-arguments-{}", side.name)
    }

    fn argue_key(&self, side: &Side) -> String {
        format!("consultation-argue-{}", side.name)
    }

    fn none_key(&self, side: &Side) -> String {
        format!("consultation-arguments-none-{}", side.name)
    }

    fn more_key(&self, side: &Side) -> String {
        format!("consultation-more-{}", side.name)
    }

    fn back_key(&self, side: &Side) -> String {
        format!("consultation-back-{}", side.name)
    }

    fn argument_hint(&self) -> String {
        view::bounds(&self.page.t, "consultation-argue-hint", self.place.rules.argument)
    }

    fn link(&self, source: &Listed) -> String {
        view::link(&source.c)
    }

    fn host(&self, link: &str) -> String {
        view::host(link)
    }

    fn category(&self, source: &Listed) -> String {
        view::category(&source.c)
    }

    fn gone_kind(&self, gone: &Gone) -> String {
        format!("consultation-kind-{}", gone.kind)
    }

    fn gone_key(&self, gone: &Gone) -> String {
        format!("consultation-gone-{}", gone.status)
    }
}

/// The three stances, as the buttons offer them.
const VOTES: [(i64, &str); 3] =
    [(1, "consultation-vote-for"), (0, "consultation-vote-mixed"), (-1, "consultation-vote-against")];

/// Shows the page of an article, a proposal or an amendment; arguments and sources lead to the page they
/// stand on, drafts to their own.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let loaded = load::load(&cx, on).await?;
    let loaded = match loaded {
        load::Found::Text(loaded) => *loaded,
        load::Found::Elsewhere(path) => return Ok(cx.redirect(path)),
    };
    loaded.place.cache(&cx);
    Ok(cx.render(&view(&cx, loaded)))
}

fn view(cx: &Ctx, l: Loaded) -> View {
    let t = cx.t();
    let c = l.listed.c.clone();
    let published = c.status == Status::Published;
    let gone = matches!(c.status, Status::Hidden | Status::Withdrawn);
    let title = if gone { t.get(&format!("consultation-gone-{}", c.status.code())) } else { c.title.clone() };
    let mut page = l.place.page(cx, title);
    for section in model::path(&l.sections, c.section_id) {
        let href = format!("{}?section={}#list", l.place.base(), section.id);
        page = page.crumb(section.title.get(cx.locale()), href);
    }
    if let (AMENDMENT, Some(parent)) = (c.kind.as_str(), &l.other) {
        page = page.crumb(parent.title.clone(), l.place.href(parent));
    }
    if gone {
        page = page.noindex();
    } else {
        page = page.describe(c.extract(160));
    }
    let totals = l.place.rules.shows_totals(&l.place.activity, cx.now);
    let is_mine = cx.id().is_some() && cx.id() == c.author_id;
    let hours = page.settings.edit_window_hours;
    let decided = l.amendment.as_ref().is_some_and(|(fate, _)| fate.decision.is_some());
    let settled =
        if l.answer.is_some() { Some(Settled::Answered) } else { decided.then_some(Settled::Decided) };
    let may_edit = model::may_edit(&c, &l.place.activity, cx.now, hours, settled);
    let editable_until = match may_edit {
        Ok(()) if is_mine => c.published_at.map(|at| at + hours * 3_600_000),
        Ok(()) | Err(_) => None,
    };
    let address = l.place.to(format_args!("c/{}", c.id));
    let pages = (l.page_for, l.page_against);
    let sides = vec![
        side("for", 1, c.arguments_for, l.arguments_for, pages, &address),
        side("against", -1, c.arguments_against, l.arguments_against, pages, &address),
    ];
    View {
        table: view::table(t, &c),
        closed: l.place.closed(cx),
        open: published && l.place.activity.is_open(cx.now),
        withdrawable: is_mine && model::may_withdraw(&c, &l.place.activity, settled).is_ok(),
        categories: crate::source::categories(cx),
        sent: Default::default(),
        now: cx.now,
        sides,
        totals,
        is_mine,
        editable_until,
        page,
        c,
        place: l.place,
        listed: l.listed,
        answer: l.answer,
        sources: l.sources,
        amendments: l.amendments,
        gone: l.gone,
        decision: l.decision,
        other: l.other,
        amendment: l.amendment,
        mine: l.mine,
        receipts: l.receipts,
        follows: l.follows,
    }
}

fn side(
    name: &'static str,
    value: i64,
    count: i64,
    list: Vec<Listed>,
    (page_for, page_against): (i64, i64),
    address: &str,
) -> Side {
    let page = if value == 1 { page_for } else { page_against };
    let shown = i64::try_from(list.len()).unwrap_or(0);
    let before = (page - 1) * SIDE;
    let link = |page: i64| {
        let (a, b) = if value == 1 { (page, page_against) } else { (page_for, page) };
        format!("{address}?for={a}&against={b}#arguments-{name}")
    };
    Side {
        name,
        value,
        count,
        from: before + 1,
        to: before + shown,
        previous: (page > 1).then(|| link(page - 1)),
        next: (before + shown < count && shown > 0).then(|| link(page + 1)),
        list,
    }
}
