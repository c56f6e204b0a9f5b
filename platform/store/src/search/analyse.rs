//! From a text to the words that are compared.
//!
//! A site is often bilingual and a text does not say its language, so each word is kept in up to four forms, without
//! accents: as it is, its French stem, the French stem of its unaccented form (people search without accents), and
//! its English stem. A query word is found when any of its forms is in the document. `écoles`, `ecole` and `l’école`
//! meet in `ecol`; `national` and `nationaux` in `national`; `cities` and `city` in `citi`.

use std::collections::HashSet;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation as _;

/// Longer "words" are addresses or mistakes; their beginning is enough.
const LONGEST: usize = 40;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Different forms, ASCII letters and digits only, the plain one first.
    pub forms: Vec<String>,
}

impl Word {
    pub fn plain(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }
}

/// French words that are glued to the next by an apostrophe.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
];

/// Words that say nothing of a subject, without accents, in both languages.
const STOP_WORDS: &str = "
    a afin ai aie ainsi alors apres as au aucun aucune aura auraient aurait aussi autre autres aux avaient avait avant
    avec avez avoir avons car ce ceci cela celle celles celui ces cet cette ceux chaque ci comme comment d dans de des
    deja depuis donc dont du elle elles en encore entre es est et etaient etait etant ete etes etre eu eux fait faire
    fois font furent fut hors ici il ils j je l la le les leur leurs lors lorsque lui m ma mais me meme memes mes mon
    n ne ni nos notre nous on ont or ou par parce pas peu peut peuvent plus plutot pour pourrait pourquoi puis qu quand
    que quel quelle quelles quels qui quoi s sa sans se sera seraient serait seront ses si sien soi soit sommes son
    sont sous suis sur t ta tandis te tel telle telles tels tes toi ton tous tout toute toutes tres tu un une vers
    voici voila vos votre vous y
    about above after again all also am an and any are at be because been before being below between both but by can
    could did do does doing down during each few for from further had has have having he her here hers him his how i
    if in into is it its just more most my no nor not now of off once only other our ours out over own same she should
    so some such than that the their theirs them then there these they this those through to too under until up very
    was we were what when where which while who whom why will with would you your yours";

static STOP: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());

/// The words of a text that count, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let french = Stemmer::create(Algorithm::French);
    let english = Stemmer::create(Algorithm::English);
    let mut words = Vec::new();
    for token in text.unicode_words() {
        let token = token.to_lowercase().replace('’', "'");
        let token = without_elision(&token);
        let token = token.strip_suffix("'s").unwrap_or(token).replace('\'', "");
        let folded = fold(&token);
        let pieces: Vec<&str> =
            folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()).collect();
        let whole = pieces.len() == 1;
        for piece in pieces {
            let piece = &piece[..piece.len().min(LONGEST)];
            let letter_alone = piece.len() == 1 && !piece.as_bytes()[0].is_ascii_digit();
            if letter_alone || STOP.contains(piece) {
                continue;
            }
            let mut forms = vec![piece.to_owned()];
            if !piece.bytes().any(|b| b.is_ascii_digit()) {
                let mut add = |form: String| {
                    let plain = form.bytes().all(|b| b.is_ascii_alphanumeric());
                    if plain && !form.is_empty() && form.len() <= LONGEST && !forms.contains(&form) {
                        forms.push(form);
                    }
                };
                if whole {
                    add(fold(&french.stem(&token)));
                }
                add(french.stem(piece).into_owned());
                add(english.stem(piece).into_owned());
            }
            words.push(Word { forms });
        }
    }
    words
}

fn without_elision(token: &str) -> &str {
    match token.split_once('\'') {
        Some((before, after)) if ELISIONS.contains(&before) && !after.is_empty() => without_elision(after),
        _ => token,
    }
}

/// Lower-case ASCII: accents off, `œ` as `oe`, other scripts transliterated.
fn fold(text: &str) -> String {
    let mut folded = deunicode::deunicode(text);
    folded.make_ascii_lowercase();
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(a: &str, b: &str) -> bool {
        let (a, b) = (words(a), words(b));
        a.len() == 1 && b.len() == 1 && a[0].forms.iter().any(|f| b[0].forms.contains(f))
    }

    #[test]
    fn words_that_should_meet_do() {
        let pairs = [
            ("écoles", "ecole"),
            ("nationaux", "national"),
            ("l’école", "ecole"),
            ("L'École", "écoles"),
            ("chevaux", "cheval"),
            ("journée", "journee"),
            ("cities", "city"),
            ("e\u{301}cole", "école"),
            ("qu’une école", "école"),
            ("œuvre", "oeuvres"),
            ("voting", "votes"),
            ("citizen’s", "citizens"),
            ("publiées", "publier"),
            ("aujourd’hui", "aujourdhui"),
        ];
        for (a, b) in pairs {
            assert!(meet(a, b), "{a} / {b}: {:?} {:?}", words(a), words(b));
        }
        for (a, b) in [("école", "éclair"), ("3", "30"), ("loi", "lois2")] {
            assert!(!meet(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn only_plain_words_come_out() {
        for text in [
            "\" OR *",
            "a:b NEAR(c) ^d {e}",
            "北京 Москва 🎉 ½ \u{0}x",
            "l'",
            "''''",
            "(",
            "x".repeat(500).as_str(),
        ] {
            for word in words(text) {
                assert!(
                    word.forms.iter().all(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_alphanumeric()))
                );
            }
        }
        assert!(words("\" OR *").is_empty());
        assert_eq!(words("le la les the of").len(), 0);
    }
}
