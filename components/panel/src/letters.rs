//! Drawing letters from a frame: by a public seed, once.

use std::collections::HashMap;

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf, sha256_hex};
use parvis_core::Millis;
use parvis_sortition::Chance;
use parvis_store::Tx;
use serde_json::json;

use crate::store;

/// The lines of a frame that get a letter: `letters` of `lines`, in the order of the draw. Anybody who knows both numbers
/// and the seed finds the same (the generator is that of `parvis_sortition`).
pub fn numbers(lines: i64, letters: i64, seed: &str) -> Vec<i64> {
    // The lines stand in their order; each place is swapped with one at it or after it. Only the places that a swap has
    // touched are kept: a list may be longer than memory.
    let mut moved: HashMap<i64, i64> = HashMap::new();
    let mut chance = Chance::new(seed);
    let mut drawn = vec![];
    for place in 0..letters.clamp(0, lines) {
        let left = u64::try_from(lines - place).unwrap_or(1);
        let other = place + i64::try_from(chance.below(left)).unwrap_or(0);
        let here = moved.get(&place).copied().unwrap_or(place + 1);
        drawn.push(moved.get(&other).copied().unwrap_or(other + 1));
        moved.insert(other, here);
    }
    drawn
}

/// The SHA-256 of the numbers drawn, one a line.
pub(crate) fn numbers_sha256<N: std::fmt::Display>(numbers: &[N]) -> String {
    let text: String = numbers.iter().map(|n| format!("{n}\n")).collect();
    sha256_hex(text.as_bytes())
}

/// Draws the letters of a frame, once.
///
/// # Errors
/// [`Error::Conflict`] without a frame, or when they were drawn; the database.
pub(crate) async fn draw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    count: i64,
    seed: &str,
) -> Result<(), Error> {
    let panel = store::panel(tx, activity_id).await?;
    if panel.letters_at.is_some() {
        return Err(Error::Conflict("panel-letters-already"));
    }
    if panel.frame_lines == 0 {
        return Err(Error::Conflict("panel-letters-no-frame"));
    }
    let numbers = numbers(panel.frame_lines, count, seed);
    store::set_letters(tx, now, activity_id, &numbers, seed).await?;
    let body = json!({
        "activity": activity_id, "frame": panel.frame_lines, "letters": numbers.len(), "seed": seed,
        "numbers_sha256": numbers_sha256(&numbers),
    });
    journal::write(tx, now, Leaf::new("sortition-letters").object("activity", activity_id).body(body))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same draw on a list that is written out whole.
    fn plainly(lines: i64, letters: usize, seed: &str) -> Vec<i64> {
        let mut all: Vec<i64> = (1..=lines).collect();
        let mut chance = Chance::new(seed);
        for place in 0..letters {
            let left = u64::try_from(all.len() - place).unwrap();
            all.swap(place, place + usize::try_from(chance.below(left)).unwrap());
        }
        all.truncate(letters);
        all
    }

    #[test]
    fn letters_are_drawn_by_the_seed_alone() {
        let drawn = numbers(1000, 50, "dés : 3 5 1");
        assert_eq!(drawn, numbers(1000, 50, "dés : 3 5 1"));
        assert_ne!(drawn, numbers(1000, 50, "dés : 3 5 2"));
        assert_eq!(drawn, plainly(1000, 50, "dés : 3 5 1"));
        assert_eq!(numbers(40, 40, "x"), plainly(40, 40, "x"));
        let mut sorted = drawn.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(
            (sorted.len(), *sorted.first().unwrap() >= 1, *sorted.last().unwrap() <= 1000),
            (50, true, true)
        );
        let mut all = numbers(7, 99, "x");
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4, 5, 6, 7]);
        // Fewer letters are the first of more: a second sending continues the first.
        assert_eq!(numbers(1000, 80, "s")[..50], numbers(1000, 50, "s"));
    }
}
