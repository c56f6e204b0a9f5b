//! Quotas: proposed from the margins, edited by hand, checked as they are typed and when they are saved.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_civic::Error;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::{change, rows, verdict, with_messages};
use crate::check::Verdict;
use crate::model::Rules;
use crate::place::{Place, admin_page, load, nav};
use crate::work;

/// A line of the table.
struct Line {
    name: Html,
    plain: String,
    share: String,
    exact: String,
    volunteers: i64,
    at: String,
    min: String,
    max: String,
}

struct Table {
    title: Html,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "admin/quotas.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    tables: Vec<Table>,
    said: Vec<String>,
    is_wrong: bool,
    is_sealed: bool,
    has_margins: bool,
}

/// Names of the controls of a value.
fn names(c: usize, v: usize) -> (String, String) {
    (format!("min-{c}-{v}"), format!("max-{c}-{v}"))
}

/// What is shown in the controls, and what is said of it.
enum Shown {
    /// The quotas as they are saved, checked.
    Saved,
    /// What was typed and refused: messages at the top say why.
    Refused(Fields),
    /// What was typed, checked and not saved.
    Typed(Fields),
}

impl Shown {
    fn typed(&self) -> Option<&Fields> {
        match self {
            Self::Saved => None,
            Self::Refused(sent) | Self::Typed(sent) => Some(sent),
        }
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    shown: Shown,
    messages: Vec<String>,
) -> Result<Response, WebError> {
    let (place, (is_sealed, people)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((work::is_sealed(tx, id).await?, rows(tx, id).await?))
        })
    })
    .await?;
    let page = with_messages(admin_page(cx, &place, cx.t().get("panel-tab-quotas")), messages);
    let t = &page.t;
    let seats = place.rules.seats;
    let mut tables = vec![];
    for (c, category) in place.rules.categories.iter().enumerate() {
        let total = category.population();
        let mut lines = vec![];
        for (v, value) in category.values.iter().enumerate() {
            let (min, max) = names(c, v);
            let has = |r: &&crate::pool::Row| r.answers.get(&category.code) == Some(&value.code);
            let typed = |name: &str, own: u32| {
                shown.typed().map_or_else(|| own.to_string(), |s| s.get(name).to_owned())
            };
            let figure = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let (share, exact) = if total == 0 {
                ("–".into(), "–".into())
            } else {
                (
                    t.percent(figure(value.population), figure(total)),
                    exact(seats, value.population, total, t.locale),
                )
            };
            lines.push(Line {
                name: page.said(&value.title()),
                plain: format!("{}, {}", page.say(&category.title), page.say(&value.title())),
                share,
                exact,
                volunteers: i64::try_from(people.iter().filter(has).count()).unwrap_or(0),
                at: format!("{c}-{v}"),
                min: typed(&min, value.min),
                max: typed(&max, value.max),
            });
        }
        tables.push(Table { title: page.said(&category.title), lines });
    }
    let is_empty = place.rules.categories.is_empty() || seats == 0;
    let mut rules = place.rules.clone();
    let unread = if let Shown::Typed(sent) = &shown { read(cx, &mut rules, sent) } else { vec![] };
    let (said, is_wrong) = if is_empty || matches!(shown, Shown::Refused(_)) {
        (vec![], false)
    } else if unread.is_empty() {
        let found = verdict(cx, rules, people).await?;
        (found.lines(t), found.is_wrong())
    } else {
        (unread, true)
    };
    let view = View {
        nav: nav(cx, &place, "quotas"),
        has_margins: place.rules.categories.iter().any(|c| c.population() > 0),
        is_wrong,
        page,
        place,
        tables,
        said,
        is_sealed,
    };
    Ok(cx.render_status(status, &view))
}

/// Seats × share, to one decimal, rounded to the nearest.
fn exact(seats: u32, part: u64, total: u64, locale: parvis_core::Locale) -> String {
    let tenths =
        (20 * u128::from(seats) * u128::from(part) + u128::from(total)) / (2 * u128::from(total).max(1));
    let mark = if locale == parvis_core::Locale::Fr { ',' } else { '.' };
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}

/// The table.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, Shown::Saved, vec![]).await
}

/// Says of what was typed what saving it would say, and saves nothing.
pub(super) async fn check(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, Shown::Typed(sent), vec![]).await
}

/// Reads the quotas that were typed; the messages of what is no number.
fn read(cx: &Ctx, rules: &mut Rules, sent: &Fields) -> Vec<String> {
    let mut wrong = vec![];
    for (c, category) in rules.categories.iter_mut().enumerate() {
        for (v, value) in category.values.iter_mut().enumerate() {
            let (min, max) = names(c, v);
            let name = format!("{}, {}", category.code, value.code);
            let mut number = |field: &str| {
                let read = sent.get(field).parse::<u32>().ok().filter(|n| *n <= rules.seats);
                if read.is_none() {
                    let seats = i64::from(rules.seats);
                    wrong.push(cx.t().with2("panel-quota-number", "name", name.as_str(), "seats", seats));
                }
                read.unwrap_or(0)
            };
            (value.min, value.max) = (number(&min), number(&max));
        }
    }
    wrong.dedup();
    wrong
}

/// Saves quotas, or proposes them from the margins. What contradicts the seats is refused with the mend; what the people
/// who volunteered cannot meet yet is saved, and said.
pub(super) async fn submit(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let proposes = sent.has("propose");
    let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let mut rules = place.rules.clone();
    if proposes {
        for c in &mut rules.categories {
            let Some(proposed) = c.proposed(rules.seats) else { continue };
            for (v, (min, max)) in c.values.iter_mut().zip(proposed) {
                (v.min, v.max) = (min, max);
            }
        }
    } else {
        let wrong = read(&cx, &mut rules, &sent);
        if !wrong.is_empty() {
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Shown::Refused(sent), wrong).await;
        }
        let clashes = rules.clashes();
        if !clashes.is_empty() {
            let messages = Verdict::Clashes(clashes).lines(cx.t());
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Shown::Refused(sent), messages).await;
        }
    }
    let quotas = rules.categories;
    let done = change(&cx, &at, "quotas", move |_, _, mut rules| {
        boxed(async move {
            // Written over the values as they are now: a category changed meanwhile keeps its own.
            for new in quotas {
                let Some(c) = rules.categories.iter_mut().find(|c| c.code == new.code) else { continue };
                for value in new.values {
                    if let Some(v) = c.values.iter_mut().find(|v| v.code == value.code) {
                        (v.min, v.max) = (value.min, value.max);
                    }
                }
            }
            Ok(rules)
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Ok(None) => {
            show(&cx, &at, StatusCode::CONFLICT, Shown::Saved, vec![cx.t().get("panel-sealed")]).await
        }
        Err(Error::Conflict(key)) => {
            show(&cx, &at, StatusCode::CONFLICT, Shown::Refused(sent), vec![cx.t().get(key)]).await
        }
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::exact;
    use parvis_core::Locale;

    #[test]
    fn seats_of_a_share_are_rounded_to_the_nearest_tenth() {
        assert_eq!(exact(10, 1, 3, Locale::Fr), "3,3");
        assert_eq!(exact(10, 2, 3, Locale::En), "6.7");
        assert_eq!(exact(1, 1, 20, Locale::Fr), "0,1");
        assert_eq!(exact(150, u64::MAX / 2, u64::MAX / 2, Locale::Fr), "150,0");
    }
}
