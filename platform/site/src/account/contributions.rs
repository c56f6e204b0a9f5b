//! One's own contributions, with their status and their receipts.

use std::collections::BTreeMap;

use axum::response::Response;
use parvis_civic::account::data;
use parvis_civic::{Error, contribution, journal, process};
use parvis_store::boxed;
use parvis_web::ui::Pager;
use parvis_web::{Ctx, Page, WebError};

const PER_PAGE: i64 = 20;
const RECEIPTS: i64 = 50;

#[derive(askama::Template)]
#[template(path = "account/contributions.html")]
struct ContributionsPage {
    page: Page,
    items: Vec<Item>,
    pager: Pager,
    receipts: Vec<Receipt>,
}

struct Item {
    title: String,
    href: String,
    place: String,
    status: &'static str,
    status_kind: &'static str,
    at: i64,
}

struct Receipt {
    hash: String,
    short: String,
    label: String,
    at: i64,
    /// Only the day of a vote is known, not its time.
    is_day: bool,
}

pub(super) async fn show(cx: Ctx) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let total = cx.store().read(move |tx| boxed(data::count_contributions(tx, me))).await?;
    let pager = Pager::new(&cx, total, PER_PAGE);
    let (limit, offset) = (pager.limit(), pager.offset());
    let (mine, places, entries) = cx
        .store()
        .read::<_, Error, _>(move |tx| {
            boxed(async move {
                let mine = contribution::of_author(tx, me, limit, offset).await?;
                let mut places = BTreeMap::new();
                for c in &mine {
                    if let std::collections::btree_map::Entry::Vacant(place) = places.entry(c.activity_id)
                        && let Some(activity) = process::activity(tx, c.activity_id).await?
                    {
                        place.insert(activity.title);
                    }
                }
                let entries = journal::of_participant(tx, me, RECEIPTS, 0).await?;
                Ok((mine, places, entries))
            })
        })
        .await?;
    let t = cx.t();
    let items = mine
        .into_iter()
        .map(|c| {
            let (status, status_kind) = match c.status.code() {
                "draft" => ("account-contribution-draft", "draft"),
                "published" => ("account-contribution-published", "yes"),
                "hidden" => ("account-contribution-hidden", "hidden"),
                "withdrawn" => ("account-contribution-withdrawn", "no"),
                _ => ("account-contribution-merged", "info"),
            };
            Item {
                title: if c.title.is_empty() { c.extract(90) } else { c.title.clone() },
                href: format!("/c/{}", c.id),
                place: places
                    .get(&c.activity_id)
                    .map(|title| title.get(cx.locale()).to_owned())
                    .unwrap_or_default(),
                status,
                status_kind,
                at: c.updated_at,
            }
        })
        .collect();
    let receipts = entries
        .into_iter()
        .map(|e| {
            let key = match e.kind.as_str() {
                "reaction" => "account-receipt-vote",
                "reaction-withdrawn" => "account-receipt-vote-withdrawn",
                "withdrawal" => "account-receipt-withdrawal",
                _ => "account-receipt-text",
            };
            Receipt {
                short: e.hash.chars().take(12).collect(),
                label: t.get(key),
                at: e.at,
                is_day: e.kind.starts_with("reaction"),
                hash: e.hash,
            }
        })
        .collect();
    let page = cx
        .page(t.get("account-contributions-title"))
        .crumb(t.get("account-title"), "/account")
        .nav("account")
        .noindex();
    Ok(cx.render(&ContributionsPage { page, items, pager, receipts }))
}
