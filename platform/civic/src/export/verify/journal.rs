//! The journal as a list of acts.

use std::collections::HashMap;

use parvis_transparency::bundle::Journal;
use parvis_transparency::encode;
use parvis_transparency::merkle::leaf_hash;
use serde_json::Value;

/// One leaf.
#[derive(Debug)]
pub struct Act {
    /// Its place.
    pub index: u64,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// What kind of act.
    pub kind: String,
    /// When it was recorded (the day, for votes).
    pub at: i64,
    /// What it says.
    pub body: Value,
}

impl Act {
    /// A whole number of its body.
    pub fn int(&self, name: &str) -> Option<i64> {
        self.body.get(name)?.as_i64()
    }

    /// A text of its body; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.body.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// How to name it in a sentence.
    pub fn name(&self) -> String {
        format!("leaf {} of the journal ({})", self.index, self.kind)
    }
}

/// All leaves, in order.
#[derive(Debug)]
pub struct Acts {
    all: Vec<Act>,
    by_hash: HashMap<String, usize>,
}

impl Acts {
    pub(super) fn read(journal: &Journal) -> Result<Self, String> {
        let mut acts = Self { all: Vec::with_capacity(journal.leaves.len()), by_hash: HashMap::new() };
        for (index, (leaf, line)) in (0..).zip(journal.leaves.iter().zip(journal.lines())) {
            let wrong = |why: &str| format!("leaf {index} of the journal {why}");
            if leaf["v"] != 1 {
                return Err(wrong("is of a version that this program does not know"));
            }
            let kind = leaf["kind"].as_str().ok_or_else(|| wrong("has no kind"))?.to_owned();
            let at = leaf["at"].as_i64().ok_or_else(|| wrong("has no date"))?;
            let hash = encode::to_hex(&leaf_hash(line));
            if acts.by_hash.insert(hash.clone(), acts.all.len()).is_some() {
                return Err(wrong("is there twice"));
            }
            acts.all.push(Act { index, hash, kind, at, body: leaf["body"].clone() });
        }
        Ok(acts)
    }

    /// How many leaves.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Every leaf, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Act> {
        self.all.iter()
    }

    /// The leaves of a kind, in order.
    pub fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Act> {
        self.all.iter().filter(move |a| a.kind == kind)
    }

    /// The leaf of this hash.
    pub fn get(&self, hash: &str) -> Option<&Act> {
        self.all.get(*self.by_hash.get(hash)?)
    }

    /// The last leaf among these kinds for each value of a number of its body.
    pub fn last_by<'a>(&'a self, kinds: &[&str], number: &str) -> HashMap<i64, &'a Act> {
        let mut last = HashMap::new();
        for act in self.all.iter().filter(|a| kinds.contains(&a.kind.as_str())) {
            if let Some(id) = act.int(number) {
                last.insert(id, act);
            }
        }
        last
    }
}
