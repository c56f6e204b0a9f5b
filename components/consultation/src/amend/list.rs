//! The wordings that were proposed: of the whole consultation, or of one text.

use askama::Template;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution};
use parvis_store::boxed;
use parvis_web::ui::{Pager, VoteBar};
use parvis_web::{Ctx, Page, WebError};

use crate::model::PAGE;
use crate::place::{At, Place, is_editor};
use crate::store::{self, Amended, FATES, Which};

#[derive(Template)]
#[template(path = "amend/list.html")]
struct View {
    page: Page,
    place: Place,
    /// The text whose amendments these are; none: of all.
    on: Option<Contribution>,
    which: Which,
    count: i64,
    list: Vec<Amended>,
    pager: Pager,
    totals: bool,
    may_amend: bool,
}

impl View {
    fn href(&self, id: &i64) -> String {
        self.place.to(format_args!("c/{id}"))
    }

    fn author(&self, amended: &Amended) -> String {
        crate::view::author(&self.page.t, &amended.listed)
    }

    fn sign(&self, amended: &Amended) -> &'static str {
        sign(amended.fate.decision.as_deref())
    }

    fn word(&self, amended: &Amended) -> &'static str {
        word(amended.fate.decision.as_deref())
    }

    fn bar(&self, c: &Contribution) -> VoteBar {
        self.page.vote_bar(c.cast.r#for, c.cast.mixed, c.cast.against).compact()
    }

    /// The filters: their key, their address, and whether they are on.
    fn filters(&self) -> Vec<(String, String, bool)> {
        let on = self.which.on.map(|id| format!("on={id}")).unwrap_or_default();
        let base = self.place.to("amendments");
        let address = |status: &str| {
            let status = if status.is_empty() { String::new() } else { format!("status={status}") };
            let query: Vec<&str> =
                [on.as_str(), status.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
            if query.is_empty() { base.clone() } else { format!("{base}?{}", query.join("&")) }
        };
        let all = ("consultation-fate-all".to_owned(), address(""), self.which.status.is_none());
        let each = FATES.iter().map(|fate| {
            (format!("consultation-fate-{fate}"), address(fate), self.which.status == Some(*fate))
        });
        std::iter::once(all).chain(each).collect()
    }
}

/// The sign of a decision.
pub(crate) fn sign(decision: Option<&str>) -> &'static str {
    match decision {
        Some("accepted" | "merged") => "yes",
        Some("refused") => "no",
        _ => "soon",
    }
}

/// The key of the words of a decision.
pub(crate) fn word(decision: Option<&str>) -> &'static str {
    match decision {
        Some("accepted") => "consultation-decision-accepted",
        Some("refused") => "consultation-decision-refused",
        Some("merged") => "consultation-decision-merged",
        _ => "consultation-decision-waiting",
    }
}

/// Shows the list.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let status = FATES.into_iter().find(|f| *f == cx.query("status"));
    let on = match cx.query("on").as_str() {
        "" => None,
        given => Some(given.parse::<i64>().map_err(|_| WebError::NotFound)?),
    };
    let which = Which { on, status };
    let (editor, page) = (is_editor(&cx), cx.page_number());
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let on = match on {
                Some(id) => {
                    let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
                    let shown =
                        c.activity_id == place.activity.id && c.status == contribution::Status::Published;
                    Some(if shown { c } else { return Err(Error::NotFound) })
                }
                None => None,
            };
            let count = store::amendment_count(tx, place.activity.id, which).await?;
            let offset = (page - 1).saturating_mul(PAGE);
            let list = store::amendment_list(tx, place.activity.id, which, PAGE, offset).await?;
            Ok::<_, Error>((place, on, count, list))
        })
    });
    let (place, on, count, list) = loaded.await?;
    if page > crate::model::pages(count, PAGE) {
        return Err(WebError::NotFound);
    }
    place.cache(&cx);
    let t = cx.t();
    let title = match &on {
        Some(c) => t.with1("consultation-amendments-of", "title", c.title.as_str()),
        None => t.get("consultation-amendments-title"),
    };
    let mut page = place.page(&cx, title);
    if let Some(c) = &on {
        page = page.crumb(c.title.clone(), place.href(c));
    }
    let totals = place.rules.shows_totals(&place.activity, cx.now);
    let may_amend = place.rules.amendments && place.activity.is_open(cx.now);
    let pager = Pager::new(&cx, count, PAGE);
    Ok(cx.render(&View { page, place, on, which, count, list, pager, totals, may_amend }))
}
