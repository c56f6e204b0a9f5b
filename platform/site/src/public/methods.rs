//! How each result is computed, explained to citizens: the pages of `docs/methods`, which tests of the methods count again.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_core::{Access, Locale};
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, Routes, WebError};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// One explanation, in both languages.
struct Explained {
    /// Its address below `/methods`.
    address: &'static str,
    fr: &'static str,
    en: &'static str,
}

macro_rules! explained {
    ($address:literal, $fr:literal, $en:literal) => {
        Explained {
            address: $address,
            fr: include_str!(concat!("../../../../docs/methods/fr/", $fr)),
            en: include_str!(concat!("../../../../docs/methods/en/", $en)),
        }
    };
    ($address:literal) => {
        Explained {
            address: $address,
            fr: include_str!(concat!("../../../../docs/methods/fr/", $address, ".md")),
            en: include_str!(concat!("../../../../docs/methods/en/", $address, ".md")),
        }
    };
}

/// A page by its address below `/methods`, and its title.
type Line = (&'static str, &'static str);

/// Every page, those that hold others first.
const ALL: [Explained; 26] = [
    explained!("budgets"),
    explained!("ballots"),
    explained!("panels", "tirage-au-sort.md", "drawing-a-panel.md"),
    explained!("budgets/greedy"),
    explained!("budgets/knapsack"),
    explained!("budgets/equal-shares"),
    explained!("budgets/completions"),
    explained!("budgets/phragmen"),
    explained!("budgets/reasons"),
    explained!("ballots/plurality"),
    explained!("ballots/two-round"),
    explained!("ballots/approval"),
    explained!("ballots/d21"),
    explained!("ballots/score"),
    explained!("ballots/star"),
    explained!("ballots/borda"),
    explained!("ballots/majority-judgement"),
    explained!("ballots/irv"),
    explained!("ballots/schulze"),
    explained!("ballots/ranked-pairs"),
    explained!("ballots/copeland"),
    explained!("ballots/minimax"),
    explained!("ballots/kemeny"),
    explained!("ballots/stv-scottish"),
    explained!("ballots/stv-meek"),
    explained!("ballots/quadratic"),
];

impl Explained {
    const fn text(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Fr => self.fr,
            Locale::En => self.en,
        }
    }

    /// Its first line, without the mark of a heading.
    fn title(&self, locale: Locale) -> &'static str {
        self.text(locale).lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }

    fn is_first(&self) -> bool {
        !self.address.contains('/')
    }

    /// Safe HTML of what follows its title. Links between the pages lead to their addresses here.
    fn html(&self, locale: Locale) -> Html {
        let folder = self.address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = self.text(locale).split_once('\n').map_or("", |(_, rest)| rest);
        let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = address(folder, &dest_url).map_or(dest_url, Into::into);
                Event::Start(Tag::Link { link_type, dest_url, title, id })
            }
            // Long lines scroll, with the keyboard too.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                Event::Html("<pre tabindex=\"0\"><code>".into())
            }
            Event::End(TagEnd::CodeBlock) => Event::Html("</code></pre>\n".into()),
            Event::Start(Tag::Heading { level: HeadingLevel::H1, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: HeadingLevel::H2, id, classes, attrs })
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => Event::End(TagEnd::Heading(HeadingLevel::H2)),
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            other => other,
        });
        let mut out = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut out, events);
        Html(out)
    }
}

/// Where a link to another page leads; none for a link to somewhere else.
fn address(folder: &str, to: &str) -> Option<String> {
    let to = to.strip_suffix(".md")?;
    let here = if folder.is_empty() || to.contains('/') { to.to_owned() } else { format!("{folder}/{to}") };
    ALL.iter().any(|page| page.address == here).then(|| format!("/methods/{here}"))
}

/// The addresses of these pages.
pub(super) fn addresses() -> impl Iterator<Item = String> {
    std::iter::once("/methods".to_owned()).chain(ALL.iter().map(|page| format!("/methods/{}", page.address)))
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .get_cached("/methods", Access::Anyone, index)
        .get_cached("/methods/{name}", Access::Anyone, first)
        .get_cached("/methods/{group}/{name}", Access::Anyone, other)
        .get("/methodes", Access::Anyone, |cx: Ctx| async move { cx.redirect("/methods") })
}

#[derive(Template)]
#[template(path = "public/methods.html")]
struct Index {
    page: Page,
    /// Each first page with those that it holds.
    groups: Vec<(Line, Vec<Line>)>,
}

async fn index(cx: Ctx) -> Result<Response, WebError> {
    let t = cx.t();
    let locale = cx.locale();
    let line = |page: &Explained| (page.address, page.title(locale));
    let groups = ALL.iter().filter(|page| page.is_first()).map(|first| {
        let within =
            |page: &&Explained| page.address.split_once('/').is_some_and(|(group, _)| group == first.address);
        (line(first), ALL.iter().filter(within).map(line).collect())
    });
    let page = cx.page(t.get("public-methods-title")).describe(t.get("public-methods-lede"));
    Ok(cx.render(&Index { groups: groups.collect(), page }))
}

#[derive(Template)]
#[template(path = "public/method.html")]
struct View {
    page: Page,
    body: Html,
}

async fn first(cx: Ctx, Path(name): Path<String>) -> Result<Response, WebError> {
    show(&cx, &name)
}

async fn other(cx: Ctx, Path((group, name)): Path<(String, String)>) -> Result<Response, WebError> {
    show(&cx, &format!("{group}/{name}"))
}

fn show(cx: &Ctx, address: &str) -> Result<Response, WebError> {
    let locale = cx.locale();
    let find = |address: &str| ALL.iter().find(|page| page.address == address);
    let found = find(address).ok_or(WebError::NotFound)?;
    let mut page = cx.page(found.title(locale)).crumb(cx.t().get("public-methods-title"), "/methods");
    if let Some(group) = address.split_once('/').and_then(|(group, _)| find(group)) {
        page = page.crumb(group.title(locale), format!("/methods/{}", group.address));
    }
    Ok(cx.render(&View { body: found.html(locale), page }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every file of `docs/methods` has its page, and every link between them leads to one.
    #[test]
    fn every_explanation_has_its_page_and_every_link_leads_to_one() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods");
        for (language, panel) in [("fr", "tirage-au-sort"), ("en", "drawing-a-panel")] {
            let mut files = BTreeSet::new();
            let mut folders = vec![docs.join(language)];
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        folders.push(path);
                    } else {
                        let name = path.strip_prefix(docs.join(language)).unwrap().with_extension("");
                        let name = name.to_str().unwrap().replace('\\', "/");
                        files.insert(if name == panel { "panels".to_owned() } else { name });
                    }
                }
            }
            let pages: BTreeSet<String> = ALL.iter().map(|page| page.address.to_owned()).collect();
            assert_eq!(files, pages, "{language}");
        }
        for page in &ALL {
            for locale in Locale::ALL {
                let html = page.html(locale).0;
                assert!(!html.contains(".md\""), "{}: a link leads nowhere", page.address);
                assert!(!html.contains("<h1"), "{}", page.address);
                assert!(!page.title(locale).is_empty());
            }
        }
    }
}
