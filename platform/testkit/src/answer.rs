//! What came back, as a person reads it.

use http::{HeaderMap, StatusCode, header, response::Parts};
use scraper::{ElementRef, Html, Node, Selector};

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads, when it redirects.
    pub location: Option<String>,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: bytes::Bytes,
    /// Its body as text; empty when it is not.
    pub html: String,
    path: String,
}

const BLOCKS: [&str; 27] = [
    "p", "div", "section", "article", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "form", "fieldset",
    "legend", "label", "table", "tr", "dl", "dt", "dd", "nav", "header", "footer", "figure", "details",
    "summary",
];

impl Answer {
    pub(crate) fn new(parts: Parts, body: bytes::Bytes, path: &str) -> Self {
        let location = parts.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let html = String::from_utf8(body.to_vec()).unwrap_or_default();
        Self {
            status: parts.status.as_u16(),
            location,
            headers: parts.headers,
            body,
            html,
            path: path.to_owned(),
        }
    }

    /// Fails the test unless the status is this one.
    ///
    /// # Panics
    /// With the page as text.
    #[track_caller]
    pub fn assert_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }

    /// Fails the test unless it redirects (303) to this path.
    ///
    /// # Panics
    /// With the page as text.
    #[track_caller]
    pub fn assert_redirect(&self, to: &str) -> &Self {
        assert_eq!(self.status, StatusCode::SEE_OTHER.as_u16(), "{}: {}", self.path, self.text());
        assert_eq!(self.location.as_deref(), Some(to), "{}", self.path);
        self
    }

    /// Fails the test unless the main content holds these words.
    ///
    /// # Panics
    /// With the page as text.
    #[track_caller]
    pub fn assert_says(&self, words: &str) -> &Self {
        let text = self.text().replace(['\u{a0}', '\u{202f}'], " ");
        let words = words.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains(&words), "{}: no “{words}” in\n{text}", self.path);
        self
    }

    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// What a person reads: the main content (or everything, without one) as plain text, one block a line,
    /// links as `[words](address)`, fields as `{name: value}`, buttons as `<words>`.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        let main = Selector::parse("main").expect("a selector");
        let root = document.select(&main).next().unwrap_or_else(|| document.root_element());
        let mut text = String::new();
        read(root, &mut text);
        let lines: Vec<_> = text
            .lines()
            .map(|l| l.split([' ', '\t']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
            .filter(|l| !l.is_empty())
            .collect();
        lines.join("\n")
    }

    /// The text of every element that a CSS selector finds.
    ///
    /// # Panics
    /// When it is not a selector.
    pub fn select(&self, css: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(css).expect("a CSS selector");
        let words = |e: ElementRef<'_>| e.text().collect::<String>();
        document
            .select(&selector)
            .map(|e| words(e).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of every element that a CSS selector finds.
    ///
    /// # Panics
    /// When it is not a selector.
    pub fn attr(&self, css: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(css).expect("a CSS selector");
        document.select(&selector).filter_map(|e| e.attr(name)).map(str::to_owned).collect()
    }

    /// The `value` of the field of that name on the page.
    pub fn value(&self, name: &str) -> Option<String> {
        let area = self.select(&format!("textarea[name=\"{name}\"]")).into_iter().next();
        area.or_else(|| self.attr(&format!("input[name=\"{name}\"]"), "value").into_iter().next())
    }

    /// The message beside a field, without its prefix.
    pub fn field_error(&self, field: &str) -> Option<String> {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse(&format!("[id=\"{field}-error\"]")).expect("a CSS selector");
        let element = document.select(&selector).next()?;
        let words: String =
            element.children().filter_map(|c| c.value().as_text()).map(|t| t.to_string()).collect();
        Some(words.trim().to_owned())
    }
}

fn read(element: ElementRef<'_>, out: &mut String) {
    let name = element.value().name();
    match name {
        "script" | "style" | "svg" | "template" => {
            if let Some(label) = element.attr("aria-label") {
                out.push_str(&format!("({label}) "));
            }
            return;
        }
        "input" => {
            let value = |n: &str| element.attr(n).unwrap_or_default();
            let ticked = element.attr("checked").is_some();
            match value("type") {
                "hidden" => {}
                "radio" | "checkbox" => out.push_str(if ticked { "[x] " } else { "[ ] " }),
                _ => out.push_str(&format!("{{{}: {}}}\n", value("name"), value("value"))),
            }
            return;
        }
        "textarea" => {
            let text: String = element.text().collect();
            out.push_str(&format!("{{{}: {}}}\n", element.attr("name").unwrap_or("text"), text.trim()));
            return;
        }
        "br" => {
            out.push('\n');
            return;
        }
        _ => {}
    }
    let is_block = BLOCKS.contains(&name);
    if is_block && !out.ends_with('\n') {
        out.push('\n');
    }
    match name {
        "a" => out.push('['),
        "button" => out.push('<'),
        "h1" => out.push_str("# "),
        "h2" => out.push_str("## "),
        "h3" => out.push_str("### "),
        "li" => out.push_str("- "),
        "td" | "th" => out.push_str("| "),
        _ => {}
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(&text.replace('\n', " ")),
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(child) {
                    read(element, out);
                }
            }
            _ => {}
        }
    }
    match name {
        "a" => out.push_str(&format!("]({})", element.attr("href").unwrap_or_default())),
        "button" => out.push('>'),
        "option" | "td" | "th" => out.push(' '),
        _ => {}
    }
    if is_block {
        out.push('\n');
    }
}
