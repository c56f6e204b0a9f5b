//! Small pieces: dates, status words, the path of phases, messages.

use askama::Template;
use parvis_civic::process::{Moment, Phase};
use parvis_civic::text::Piece;
use parvis_core::{Localized, Millis};
use parvis_i18n::{Int, T};

use crate::page::Page;

/// HTML made here; what came from people in it is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(pub String);

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

super::is_html!(Html, PhasePath);

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    parvis_civic::text::escape(text, &mut out);
    out
}

/// The links between pages that belong together, as `(address, words, whether it is this page)`.
pub fn tabs(label: &str, links: impl IntoIterator<Item = (String, String, bool)>) -> Html {
    let mut out = format!("<nav aria-label=\"{}\"><ul class=\"tabs\">", escape(label));
    for (href, words, is_here) in links {
        let here = if is_here { " aria-current=\"true\"" } else { "" };
        let (href, words) = (escape(&href), escape(&words));
        out.push_str(&format!("<li><a href=\"{href}\"{here}>{words}</a></li>"));
    }
    out.push_str("</ul></nav>");
    Html(out)
}

/// One step of a path of phases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub title: String,
    /// Its dates, in words.
    pub dates: String,
    /// Where the clock stands.
    pub moment: Moment,
}

/// The phases of a process as a path with "you are here".
#[derive(Debug, Clone, Template)]
#[template(path = "ui/phase_path.html")]
pub struct PhasePath {
    steps: Vec<Step>,
    t: T,
}

impl PhasePath {
    /// A path of steps that are not all phases.
    pub fn of(steps: Vec<Step>, t: &T) -> Self {
        Self { steps, t: t.clone() }
    }

    fn class(moment: &Moment) -> &'static str {
        match moment {
            Moment::Before => "step-before",
            Moment::During => "step-during",
            Moment::After => "step-after",
        }
    }

    fn word(&self, moment: &Moment) -> String {
        self.t.get(match moment {
            Moment::Before => "web-step-before",
            Moment::During => "web-step-during",
            Moment::After => "web-step-after",
        })
    }
}

impl Page {
    /// An instant with its weekday and time: `lundi 23 novembre 2026 à 18 h 30`.
    pub fn when(&self, at: impl Int) -> Html {
        let at = at.int();
        Html(format!("<time datetime=\"{}\">{}</time>", self.t.iso(at), self.t.datetime(at)))
    }

    /// An instant by its day: `23 novembre 2026`.
    pub fn day(&self, at: impl Int) -> Html {
        let at = at.int();
        Html(format!("<time datetime=\"{}\">{}</time>", self.t.iso(at), self.t.date(at)))
    }

    /// The hidden field that makes a form count once.
    pub fn idem_field(&self) -> Html {
        Html(format!("<input type=\"hidden\" name=\"idem\" value=\"{}\">", escape(&self.idem)))
    }

    /// A hidden field.
    pub fn hidden(&self, name: &str, value: impl AsRef<str>) -> Html {
        let (name, value) = (escape(name), escape(value.as_ref()));
        Html(format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"))
    }

    /// What this form does, in the visitor's words (`Voter pour l’article 9`): shown to somebody who has to
    /// sign in first, when they come back.
    pub fn about_field(&self, what: impl AsRef<str>) -> Html {
        self.hidden("about", what)
    }

    /// A status: a sign and a word, never a colour alone. `kind`: `open`, `soon`, `closed`, `yes`, `no`,
    /// `draft`, `hidden`, `info`.
    pub fn status(&self, kind: &str, label: impl AsRef<str>) -> Html {
        let sign = match kind {
            "open" => "●",
            "soon" => "○",
            "closed" => "■",
            "yes" => "✓",
            "no" => "✕",
            "draft" => "…",
            "hidden" => "—",
            _ => "i",
        };
        let (kind, label) = (escape(kind), escape(label.as_ref()));
        Html(format!(
            "<span class=\"tag tag-{kind}\"><span class=\"tag-sign\" aria-hidden=\"true\">{sign}</span>{label}</span>"
        ))
    }

    /// What stands where a list is empty, by its key.
    pub fn empty(&self, key: &str) -> Html {
        Html(format!("<p class=\"empty\">{}</p>", escape(&self.t.get(key))))
    }

    /// The path of phases, with "you are here".
    pub fn phase_path(&self, phases: &[Phase], now: impl Int) -> PhasePath {
        let now: Millis = now.int();
        let steps = phases
            .iter()
            .map(|phase| Step {
                title: phase.title.get(self.t.locale).to_owned(),
                dates: self.t.with2(
                    "web-from-to",
                    "from",
                    self.t.short_date(phase.starts_at),
                    "to",
                    // The end is the first millisecond after: its last day is the one before.
                    self.t.short_date(phase.ends_at - 1),
                ),
                moment: phase.moment(now),
            })
            .collect();
        PhasePath::of(steps, &self.t)
    }

    /// What was added and removed between two wordings, in one text; signs and words tell, not colours alone.
    pub fn diff(&self, pieces: &[Piece]) -> Html {
        self.diff_side(pieces, true, true)
    }

    /// The old wording with what was removed marked.
    pub fn diff_old(&self, pieces: &[Piece]) -> Html {
        self.diff_side(pieces, true, false)
    }

    /// The new wording with what was added marked.
    pub fn diff_new(&self, pieces: &[Piece]) -> Html {
        self.diff_side(pieces, false, true)
    }

    fn diff_side(&self, pieces: &[Piece], old: bool, new: bool) -> Html {
        let (removed, added) = (self.t.get("web-diff-removed"), self.t.get("web-diff-added"));
        let mut html = String::from("<p class=\"diff\">");
        for piece in pieces {
            let (tag, word, text) = match piece {
                Piece::Same(text) => ("", "", text),
                Piece::Removed(text) if old => ("del", removed.as_str(), text),
                Piece::Added(text) if new => ("ins", added.as_str(), text),
                _ => continue,
            };
            let text = escape(text).replace('\n', "<br>");
            if tag.is_empty() {
                html.push_str(&text);
            } else {
                html.push_str(&format!("<{tag}><span class=\"unseen\">{word} </span>{text}</{tag}>"));
            }
        }
        html.push_str("</p>");
        Html(html)
    }

    /// A text of the organisation in the visitor's language, plain: for attributes and titles.
    pub fn say<'a>(&self, text: &'a Localized) -> &'a str {
        text.get(self.t.locale)
    }

    /// A text of the organisation in the visitor's language; marked with its own when there is no other.
    pub fn said(&self, text: &Localized) -> Html {
        let words = escape(text.get(self.t.locale));
        let lang = text.lang(self.t.locale);
        if lang == self.t.locale {
            Html(words)
        } else {
            Html(format!("<span lang=\"{lang}\">{words}</span>"))
        }
    }

    /// A Markdown text of the organisation in the visitor's language, as safe HTML in a `div`.
    pub fn prose(&self, text: &Localized) -> Html {
        let html = parvis_civic::text::html(text.get(self.t.locale), parvis_civic::text::Format::Markdown);
        let lang = text.lang(self.t.locale);
        let lang = if lang == self.t.locale { String::new() } else { format!(" lang=\"{lang}\"") };
        Html(format!("<div class=\"prose\"{lang}>{html}</div>"))
    }

    /// HTML that is already safe (from `parvis_civic::text::html`), in a `div` of prose.
    pub fn prose_html(&self, html: impl AsRef<str>, lang: impl AsRef<str>) -> Html {
        let lang = lang.as_ref();
        let lang = if lang.is_empty() || lang == self.t.locale.code() {
            String::new()
        } else {
            format!(" lang=\"{}\"", escape(lang))
        };
        Html(format!("<div class=\"prose\"{lang}>{}</div>", html.as_ref()))
    }
}
