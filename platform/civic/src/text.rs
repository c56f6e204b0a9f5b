//! Texts that people write: Markdown or plain, to safe HTML, to a short extract, to a readable diff.

use std::sync::LazyLock;

use parvis_core::Locale;
use similar::{ChangeTag, TextDiff};

/// How a contribution's text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown: what people write here.
    Markdown,
    /// Plain text, line breaks kept: what was imported.
    Plain,
}

impl Format {
    /// The name kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Plain => "text",
        }
    }

    /// Reads `code()`.
    pub fn parse(code: &str) -> Self {
        if code == "text" { Self::Plain } else { Self::Markdown }
    }
}

/// The barrier against markup that people should not be able to publish: no script, no style, no picture,
/// no form, no frame; links keep `http`, `https` and `mailto` and say that they are not ours.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(
            [
                "p",
                "br",
                "strong",
                "em",
                "del",
                "a",
                "ul",
                "ol",
                "li",
                "blockquote",
                "code",
                "pre",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
            ]
            .into(),
        )
        .tag_attributes([("a", ["href"].into()), ("ol", ["start"].into())].into())
        .clean_content_tags(["script", "style"].into())
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("nofollow ugc noopener"));
    cleaner
});

/// Safe HTML of a text. Headings start at `h3`, so that a contribution never breaks the page's outline.
pub fn html(source: &str, format: Format) -> String {
    match format {
        Format::Markdown => markdown(source),
        Format::Plain => plain(source),
    }
}

fn markdown(source: &str) -> String {
    use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
    let lower = |level: HeadingLevel| match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let events = Parser::new_ext(source, options).map(|event| match event {
        // What looks like markup is shown as it was typed, never interpreted.
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: lower(level), id: None, classes: vec![], attrs: vec![] })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut out = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut out, events);
    CLEANER.clean(&out).to_string()
}

fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 5 / 4);
    for paragraph in source.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        out.push_str("<p>");
        for (i, line) in paragraph.lines().enumerate() {
            if i > 0 {
                out.push_str("<br>");
            }
            linked(line.trim_end(), &mut out);
        }
        out.push_str("</p>\n");
    }
    out
}

/// Escapes a line and makes its bare addresses followable.
fn linked(line: &str, out: &mut String) {
    for (i, word) in line.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let is_address = (word.starts_with("https://") || word.starts_with("http://")) && word.len() > 10;
        if is_address {
            let end = word.trim_end_matches([')', '.', ',', ';', '»', '"', '\'']).len();
            let (address, rest) = word.split_at(end);
            out.push_str("<a href=\"");
            escape(address, out);
            out.push_str("\" rel=\"nofollow ugc noopener\">");
            escape(address, out);
            out.push_str("</a>");
            escape(rest, out);
        } else {
            escape(word, out);
        }
    }
}

/// Escapes text for HTML content and quoted attributes.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

/// The words of a text without its marks, on one line: for extracts, search and notifications.
pub fn words(source: &str, format: Format) -> String {
    let mut out = String::with_capacity(source.len());
    match format {
        Format::Plain => out.push_str(source),
        Format::Markdown => {
            use pulldown_cmark::{Event, Parser};
            for event in Parser::new(source) {
                match event {
                    Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                        out.push_str(&t)
                    }
                    Event::SoftBreak | Event::HardBreak | Event::End(_) => out.push(' '),
                    _ => {}
                }
            }
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `max` characters of a text, cut between words, with an ellipsis when something is left out.
pub fn extract(source: &str, format: Format, max: usize) -> String {
    let head: String = source.chars().take(max * 6).collect();
    let words = words(&head, format);
    if words.chars().count() <= max && head.len() == source.len() {
        return words;
    }
    let cut: String = words.chars().take(max).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(kept, _)| kept);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// One piece of a readable diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// In the old text only.
    Removed(String),
    /// In the new text only.
    Added(String),
}

/// The words that changed between two texts, in reading order: neighbouring pieces of a kind are joined.
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::from_unicode_words(old, new);
    let mut pieces: Vec<Piece> = vec![];
    for change in diff.iter_all_changes() {
        let value = change.value();
        match (pieces.last_mut(), change.tag()) {
            (Some(Piece::Same(t)), ChangeTag::Equal)
            | (Some(Piece::Removed(t)), ChangeTag::Delete)
            | (Some(Piece::Added(t)), ChangeTag::Insert) => t.push_str(value),
            (_, ChangeTag::Equal) => pieces.push(Piece::Same(value.to_owned())),
            (_, ChangeTag::Delete) => pieces.push(Piece::Removed(value.to_owned())),
            (_, ChangeTag::Insert) => pieces.push(Piece::Added(value.to_owned())),
        }
    }
    pieces
}

/// A URL piece made from a title: ASCII, lower case, hyphens; never empty.
pub fn slug(title: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut slug = String::new();
    for c in title.nfd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'œ' => slug.push_str("oe"),
            'æ' => slug.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_matches('-').to_owned();
    if slug.is_empty() { "x".into() } else { slug }
}

/// Folds a name for comparison: no accents, no case, no punctuation, single spaces.
pub fn fold(name: &str) -> String {
    slug(name)
}

/// A guess of the language of a text, among ours: by its commonest short words.
pub fn guess_locale(text: &str, otherwise: Locale) -> Locale {
    let (mut fr, mut en) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).take(400) {
        match word.to_lowercase().as_str() {
            "le" | "la" | "les" | "des" | "une" | "est" | "pour" | "que" | "dans" | "et" | "du" => fr += 1,
            "the" | "of" | "and" | "is" | "to" | "for" | "that" | "in" | "with" | "be" => en += 1,
            _ => {}
        }
    }
    match fr.cmp(&en) {
        std::cmp::Ordering::Greater => Locale::Fr,
        std::cmp::Ordering::Less => Locale::En,
        std::cmp::Ordering::Equal => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_not_run() {
        let shown = html("<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>", Format::Markdown);
        assert!(!shown.contains("<script") && !shown.contains("<img"), "{shown}");
        assert!(shown.contains("&lt;script&gt;"), "what was typed is shown: {shown}");
        let marked =
            html("# Titre\n[x](javascript:alert(1)) **gras** [y](https://exemple.fr)", Format::Markdown);
        assert!(!marked.contains("href=\"javascript:"), "{marked}");
        assert!(marked.contains("<h3>Titre</h3>") && marked.contains("<strong>gras</strong>"), "{marked}");
        assert!(marked.contains("href=\"https://exemple.fr\" rel=\"nofollow ugc noopener\""), "{marked}");
    }

    #[test]
    fn plain_text_keeps_its_lines_and_links_its_addresses() {
        let html = html("a <b>\n(http://exemple.fr/x).\n\nfin", Format::Plain);
        assert_eq!(html, "<p>a &lt;b&gt;<br>(http://exemple.fr/x).</p>\n<p>fin</p>\n");
        let linked = super::html("voir http://exemple.fr/x.", Format::Plain);
        assert!(
            linked.contains("<a href=\"http://exemple.fr/x\" rel=\"nofollow ugc noopener\">"),
            "{linked}"
        );
    }

    #[test]
    fn extracts_are_cut_between_words() {
        assert_eq!(extract("un deux trois quatre", Format::Plain, 12), "un deux…");
        assert_eq!(extract("**un** deux", Format::Markdown, 12), "un deux");
    }

    #[test]
    fn a_diff_gives_both_texts_back() {
        let (old, new) = ("Le maire décide seul du budget.", "Le conseil décide du budget annuel.");
        let pieces = diff(old, new);
        let side = |keep_old: bool| {
            pieces
                .iter()
                .filter_map(|p| match p {
                    Piece::Same(t) => Some(t.as_str()),
                    Piece::Removed(t) => keep_old.then_some(t.as_str()),
                    Piece::Added(t) => (!keep_old).then_some(t.as_str()),
                })
                .collect::<String>()
        };
        assert_eq!(side(true), old);
        assert_eq!(side(false), new);
        assert!(pieces.contains(&Piece::Removed(" seul".into())), "{pieces:?}");
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Œuvres & Cœurs : l’été à Évry !"), "oeuvres-coeurs-l-ete-a-evry");
        assert_eq!(slug("???"), "x");
    }
}
