//! Two spellings of one value: found, and shown, never merged silently.

use unicode_normalization::UnicodeNormalization as _;

/// A text without what people vary: case, accents, spaces and punctuation.
pub(crate) fn fold(text: &str) -> String {
    deunicode::deunicode(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '+')
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text as it is compared: Unicode NFC, no space at either end.
pub(crate) fn clean(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').nfc().collect()
}

/// The one of `among` that looks like `text`, if one does.
pub(crate) fn nearest<'a>(text: &str, among: impl Iterator<Item = &'a str>) -> Option<String> {
    let folded = fold(text);
    let mut best: Option<(usize, &str)> = None;
    for other in among {
        let away = distance(&folded, &fold(other));
        let allowed = folded.chars().count().div_ceil(4);
        if away <= allowed && best.is_none_or(|(b, _)| away < b) {
            best = Some((away, other));
        }
    }
    best.map(|(_, other)| other.to_owned())
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut current = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = previous[j] + usize::from(x != *y);
            current.push(replaced.min(previous[j + 1] + 1).min(current[j] + 1));
        }
        previous = current;
    }
    previous[b.len()]
}
