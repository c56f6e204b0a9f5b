//! Two wordings side by side, paragraph beside paragraph, with what is removed and added marked in words, too.

use parvis_civic::text::{self, Piece};
use parvis_core::Locale;
use parvis_i18n::T;
use parvis_web::ui::Html;
use similar::{DiffTag, TextDiff};

use crate::decide;

/// One paragraph of each wording; one of them may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Row<'a> {
    old: Option<&'a str>,
    new: Option<&'a str>,
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect()
}

/// From this likeness on, in thousandths, a paragraph is the other one rewritten; below it, it is another one.
const REWRITTEN: i64 = 400;
/// Longer runs of changed paragraphs are paired in their order: comparing all with all would take too long.
const MANY: usize = 40;

/// Pairs the paragraphs of two wordings: the same ones face each other, and the changed ones the ones that they
/// rewrite.
fn pairs<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Row<'a>> {
    let diff = TextDiff::from_slices(old, new);
    let mut rows = vec![];
    for op in diff.ops() {
        let (_, a, b) = op.as_tag_tuple();
        let old = old.get(a).unwrap_or_default();
        let new = new.get(b).unwrap_or_default();
        if op.tag() == DiffTag::Equal {
            rows.extend(old.iter().map(|line| Row { old: Some(line), new: Some(line) }));
        } else if old.len() > MANY || new.len() > MANY {
            let pair = |i: usize| Row { old: old.get(i).copied(), new: new.get(i).copied() };
            rows.extend((0..old.len().max(new.len())).map(pair));
        } else {
            rows.extend(rewritten(old, new));
        }
    }
    rows
}

/// Pairs changed paragraphs in order, so that what faces each other has the most in common.
fn rewritten<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Row<'a>> {
    // best[i][j]: the most that the paragraphs from i and from j on can have in common.
    let mut best = vec![vec![0i64; new.len() + 1]; old.len() + 1];
    let mut like = vec![vec![0i64; new.len()]; old.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let likeness = decide::likeness(old[i], new[j]);
            like[i][j] = if likeness >= REWRITTEN { likeness } else { 0 };
            let together = if like[i][j] > 0 { like[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = together.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut rows = vec![];
    while i < old.len() || j < new.len() {
        let both = i < old.len() && j < new.len();
        if both && like[i][j] > 0 && best[i][j] == like[i][j] + best[i + 1][j + 1] {
            rows.push(Row { old: Some(old[i]), new: Some(new[j]) });
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || best[i][j] == best[i + 1][j]) {
            rows.push(Row { old: Some(old[i]), new: None });
            i += 1;
        } else {
            rows.push(Row { old: None, new: Some(new[j]) });
            j += 1;
        }
    }
    rows
}

/// The changed words of a paragraph, told so that they can be read: a word or a space that happens to stand in
/// both between two changes belongs to the change, and each change says first what goes, then what comes.
fn changes(old: &str, new: &str) -> Vec<Piece> {
    let pieces = text::diff(old, new);
    let mut told = vec![];
    let (mut removed, mut added) = (String::new(), String::new());
    let flush = |removed: &mut String, added: &mut String, told: &mut Vec<Piece>| {
        if !removed.is_empty() {
            told.push(Piece::Removed(std::mem::take(removed)));
        }
        if !added.is_empty() {
            told.push(Piece::Added(std::mem::take(added)));
        }
    };
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Removed(words) => removed.push_str(words),
            Piece::Added(words) => added.push_str(words),
            Piece::Same(words) => {
                let between = i > 0 && i + 1 < pieces.len();
                if between && words.trim().chars().count() <= 3 {
                    removed.push_str(words);
                    added.push_str(words);
                } else {
                    flush(&mut removed, &mut added, &mut told);
                    told.push(Piece::Same(words.clone()));
                }
            }
        }
    }
    flush(&mut removed, &mut added, &mut told);
    told
}

/// How many passages differ between two wordings.
pub(crate) fn passages(old: &str, new: &str) -> usize {
    pairs(&paragraphs(old), &paragraphs(new)).iter().filter(|row| row.old != row.new).count()
}

/// Both wordings, each whole under its name: beside each other where there is room, one above the other on a
/// phone. What is removed is marked in the first, what is added in the second.
pub(crate) fn sides(t: &T, lang: Locale, left: &str, right: &str, old: &str, new: &str) -> Html {
    let (removed, added) = (t.get("consultation-diff-removed"), t.get("consultation-diff-added"));
    let (mut before, mut after) = (String::new(), String::new());
    for row in pairs(&paragraphs(old), &paragraphs(new)) {
        let (mut a, mut b) = (String::new(), String::new());
        match (row.old, row.new) {
            (Some(old), Some(new)) => {
                for piece in changes(old, new) {
                    match piece {
                        Piece::Same(words) => {
                            text::escape(&words, &mut a);
                            text::escape(&words, &mut b);
                        }
                        Piece::Removed(words) => mark("del", &removed, &words, &mut a),
                        Piece::Added(words) => mark("ins", &added, &words, &mut b),
                    }
                }
            }
            (Some(old), None) => mark("del", &removed, old, &mut a),
            (None, Some(new)) => mark("ins", &added, new, &mut b),
            (None, None) => {}
        }
        for (out, cell) in [(&mut before, a), (&mut after, b)] {
            if !cell.is_empty() {
                out.push_str(&format!("<p>{cell}</p>"));
            }
        }
    }
    let mut out = String::from("<div class=\"compare\">");
    for (name, html) in [(left, before), (right, after)] {
        out.push_str("<section><h3>");
        text::escape(name, &mut out);
        out.push_str(&format!("</h3><div lang=\"{lang}\">{html}</div></section>"));
    }
    out.push_str("</div>");
    Html(out)
}

fn mark(tag: &str, word: &str, words: &str, out: &mut String) {
    out.push_str(&format!("<{tag}><span class=\"unseen\">["));
    text::escape(word, out);
    out.push_str(" : </span>");
    text::escape(words, out);
    out.push_str(&format!("<span class=\"unseen\">]</span></{tag}>"));
}

/// One text with its changes marked where they are.
pub(crate) fn marked(t: &T, old: &str, new: &str) -> Html {
    let (removed, added) = (t.get("consultation-diff-removed"), t.get("consultation-diff-added"));
    let mut out = String::from("<div class=\"prose marked\">");
    for row in pairs(&paragraphs(old), &paragraphs(new)) {
        out.push_str("<p>");
        match (row.old, row.new) {
            (Some(old), Some(new)) => {
                for piece in changes(old, new) {
                    match piece {
                        Piece::Same(words) => text::escape(&words, &mut out),
                        Piece::Removed(words) => mark("del", &removed, &words, &mut out),
                        Piece::Added(words) => mark("ins", &added, &words, &mut out),
                    }
                }
            }
            (Some(old), None) => mark("del", &removed, old, &mut out),
            (None, Some(new)) => mark("ins", &added, new, &mut out),
            (None, None) => {}
        }
        out.push_str("</p>");
    }
    out.push_str("</div>");
    Html(out)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parvis_web::Catalog;

    use super::*;

    fn t() -> T {
        let catalog = Catalog::build(&[crate::SOURCE]).unwrap();
        Arc::new(catalog).t(Locale::Fr, jiff::tz::TimeZone::UTC)
    }

    #[test]
    fn paragraphs_face_the_ones_they_replace() {
        let old = "Un.\n\nLe maire décide seul.\n\nTrois.";
        let new = "Un.\n\nLe conseil décide.\n\nDeux et demi.\n\nTrois.";
        assert_eq!(passages(old, new), 2);
        assert_eq!(passages(old, old), 0);
        let html = sides(&t(), Locale::Fr, "Avant", "Après", old, new).0;
        assert_eq!(html.matches("<p>Trois.</p>").count(), 2, "{html}");
        assert!(html.contains("<del><span class=\"unseen\">[retiré : </span>maire"), "{html}");
        assert!(html.contains("<ins><span class=\"unseen\">[ajouté : </span>Deux et demi."), "{html}");
    }

    #[test]
    fn changes_are_told_so_that_they_can_be_read() {
        let told = changes("Elle ferme à 22 h le lundi.", "Elle ferme à minuit, sauf le lundi.");
        let words: Vec<String> = told.iter().map(|p| format!("{p:?}")).collect();
        assert_eq!(
            words,
            [
                "Same(\"Elle ferme à \")",
                "Removed(\"22 h\")",
                "Added(\"minuit, sauf\")",
                "Same(\" le lundi.\")"
            ]
        );
        // Another paragraph is not the first one rewritten.
        let rows =
            pairs(&["Les habitants paient moitié prix."], &["Un comité se réunit quatre fois par an."]);
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|r| r.old.is_none() || r.new.is_none()));
    }

    #[test]
    fn what_people_write_is_shown_and_not_run() {
        let nasty = "<script>alert(1)</script> \"><img src=x onerror=alert(1)>";
        for html in [sides(&t(), Locale::Fr, nasty, nasty, "a", nasty).0, marked(&t(), nasty, "b").0] {
            assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        }
    }
}
