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

/// Titles in one line, the first dozen of many.
pub(crate) fn listed(titles: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown = titles.iter().take(SHOWN).map(|t| format!("«{t}»")).collect::<Vec<_>>().join(", ");
    match titles.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// The one of `among` that looks like `text`, if one does.
pub(crate) fn nearest<'a>(text: &str, among: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for other in among {
        if let Some(away) = slips(text, other)
            && best.is_none_or(|(b, _)| away < b)
        {
            best = Some((away, other));
        }
    }
    best.map(|(_, other)| other.to_owned())
}

/// How many slips of the hand make one text of the other; `None` when they are rather two texts.
///
/// Following a wrong hint would put people under a value that is not theirs, so few slips are allowed: none in a short
/// word («M» is no «F», «man» no «men»), none in a number (18-24 is not 18-29), and in the others word by word, so that
/// «zone A» is not «zone B».
fn slips(a: &str, b: &str) -> Option<usize> {
    let (whole_a, whole_b) = (fold(a), fold(b));
    if whole_a == whole_b {
        return Some(0);
    }
    let (words_a, words_b) = (words(a), words(b));
    if words_a.len() != words_b.len() {
        return slips_of_word(&whole_a, &whole_b);
    }
    words_a.iter().zip(&words_b).map(|(a, b)| slips_of_word(a, b)).sum()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '+').map(fold).filter(|w| !w.is_empty()).collect()
}

fn slips_of_word(a: &str, b: &str) -> Option<usize> {
    let figures = |w: &str| w.chars().filter(|c| !c.is_alphabetic()).collect::<String>();
    let letters = a.chars().count().min(b.chars().count());
    let allowed = if letters < 4 { 0 } else { 1 + (letters - 4) / 8 };
    let away = distance(a, b);
    (away <= allowed && figures(a) == figures(b)).then_some(away)
}

/// How many letters are missing, too many or different, or pairs of neighbours swapped (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{listed, nearest};

    #[test]
    fn a_slip_of_the_hand_has_a_near_value() {
        let near = [
            ("Under 40", "under 40"),
            ("f", "F"),
            ("mâle", "Male"),
            ("plaec", "place"),
            ("homes", "home"),
            ("Saint Denis", "Saint-Denis"),
            ("Agriculteur exploitant", "Agriculteurs exploitants"),
            ("plusde 40 ans", "plus de 40 ans"),
        ];
        for (text, other) in near {
            assert_eq!(nearest(text, [other].into_iter()).as_deref(), Some(other), "{text}");
        }
        assert_eq!(nearest("valleys", ["valves", "valley"].into_iter()).as_deref(), Some("valley"));
    }

    #[test]
    fn many_titles_are_not_all_listed() {
        let titles: Vec<String> = (1..=14).map(|n| format!("c{n}")).collect();
        assert_eq!(listed(&titles[..2]), "«c1», «c2»");
        assert!(listed(&titles[..12]).ends_with("«c11», «c12»"));
        assert!(listed(&titles).ends_with("«c11», «c12» and 2 more"));
    }

    #[test]
    fn another_value_is_not_a_near_one() {
        let apart = [
            ("M", "F"),
            ("H", "HF"),
            ("man", "men"),
            ("homme", "femme"),
            ("woman", "man"),
            ("18-24", "18-29"),
            ("16 à 29 ans", "18 à 29 ans"),
            ("zone A", "zone B"),
            ("Quartier I", "Quartier II"),
            ("unemployed", "employed"),
            ("unqualified", "qualified"),
            ("65", "65+"),
        ];
        for (text, other) in apart {
            assert_eq!(nearest(text, [other].into_iter()), None, "{text}");
            assert_eq!(nearest(other, [text].into_iter()), None, "{other}");
        }
    }
}
