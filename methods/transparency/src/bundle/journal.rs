//! The journal of a bundle: key, checkpoint, leaves, tiles.

use super::{CHECKPOINT, Check, ENTRIES, Files, JOURNAL, KEY, required, required_text};
use crate::canonical;
use crate::checkpoint::Checkpoint;
use crate::encode;
use crate::merkle::{self, Tree, leaf_hash};
use crate::note::Verifier;
use crate::receipt::{self, Receipt};
use crate::tile::{Kind, Tile};
use serde_json::Value;
use std::collections::BTreeSet;

/// A journal whose leaves lead to the root of its signed checkpoint.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The head they lead to.
    pub checkpoint: Checkpoint,
    /// The leaves, in order.
    pub leaves: Vec<Value>,
    /// The tree over them.
    pub tree: Tree,
    /// The text of the entries, one line a leaf.
    text: Vec<u8>,
}

impl Journal {
    /// The canonical bytes of each leaf, in order.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        lines(&self.text)
    }

    /// Whether this journal continues another checkpoint of the same log, kept from earlier: its first leaves lead to
    /// that older root.
    pub fn continues(&self, older: &Checkpoint) -> bool {
        older.origin == self.checkpoint.origin
            && self.tree.root_at(older.size).is_ok_and(|root| root == older.root)
    }

    /// Whether the act of a receipt is in this journal at its place, whatever checkpoint the receipt was made from.
    pub fn holds(&self, receipt: &Receipt) -> bool {
        receipt.origin == self.checkpoint.origin
            && self.tree.leaf(receipt.index) == Some(leaf_hash(&receipt.leaf))
    }

    /// A receipt for the leaf at `index`, against the signed checkpoint of this journal, without opening.
    pub fn receipt(&self, index: u64, signed_checkpoint: &str) -> Result<Receipt, receipt::Error> {
        let size = self.checkpoint.size;
        let proof = self.tree.inclusion(index, size).map_err(receipt::Error::Inclusion)?;
        let line = usize::try_from(index).ok().and_then(|index| self.lines().nth(index));
        let leaf = line.ok_or(receipt::Error::Inclusion(merkle::Error::NoSuchLeaf { index, size }))?.to_vec();
        let origin = self.checkpoint.origin.clone();
        Ok(Receipt {
            origin,
            index,
            size,
            leaf,
            opening: None,
            proof,
            checkpoint: signed_checkpoint.to_owned(),
        })
    }
}

/// Check `journal-key`: `journal/key.txt` is one verifier key on one line, and the expected one if there is one.
pub fn key(files: &dyn Files, expected: Option<&Verifier>) -> (Check, Option<Verifier>) {
    let read = || -> Result<Verifier, String> {
        let text = required_text(files, KEY)?;
        let line = text.strip_suffix('\n').ok_or_else(|| format!("{KEY} does not end in a newline"))?;
        Verifier::parse(line).map_err(|e| format!("{KEY}: {e}"))
    };
    match (read(), expected) {
        (Err(detail), _) => (Check::fail("journal-key", detail), None),
        (Ok(key), Some(expected)) if key != *expected => {
            (Check::fail("journal-key", format!("{KEY} is {key}, not the key you hold, {expected}")), None)
        }
        (Ok(key), Some(_)) => (Check::pass("journal-key", format!("{key}, the key you hold")), Some(key)),
        (Ok(key), None) => {
            let detail = format!("{key}; compare it with the one the site publishes elsewhere");
            (Check::pass("journal-key", detail), Some(key))
        }
    }
}

/// Check `journal-checkpoint`: `journal/checkpoint` is a checkpoint of the log that `key` names, signed by it.
pub fn checkpoint(files: &dyn Files, key: &Verifier) -> (Check, Option<Checkpoint>) {
    let name = "journal-checkpoint";
    let opened = required_text(files, CHECKPOINT)
        .and_then(|signed| Checkpoint::open(&signed, key).map_err(|e| format!("{CHECKPOINT}: {e}")));
    match opened {
        Err(detail) => (Check::fail(name, detail), None),
        Ok(head) => {
            let root = encode::to_base64(&head.root);
            (Check::pass(name, format!("{}, {} leaves, root {root}", head.origin, head.size)), Some(head))
        }
    }
}

/// Check `journal-entries`: each line of `journal/entries.jsonl` is a leaf in canonical form, and they are as many as
/// the checkpoint says and lead to its root.
pub fn entries(files: &dyn Files, checkpoint: Checkpoint) -> (Check, Option<Journal>) {
    match read_entries(files, checkpoint) {
        Err(detail) => (Check::fail("journal-entries", detail), None),
        Ok(journal) => {
            let detail = format!("{} leaves lead to the signed root", journal.leaves.len());
            (Check::pass("journal-entries", detail), Some(journal))
        }
    }
}

fn read_entries(files: &dyn Files, checkpoint: Checkpoint) -> Result<Journal, String> {
    let text = required(files, ENTRIES)?.into_owned();
    if text.last().is_some_and(|last| *last != b'\n') {
        return Err(format!("{ENTRIES} does not end in a newline"));
    }
    let mut leaves = Vec::new();
    let mut tree = Tree::new();
    for (i, line) in lines(&text).enumerate() {
        leaves.push(canonical::parse(line).map_err(|e| format!("{ENTRIES}, line {}: {e}", i + 1))?);
        tree.append(leaf_hash(line));
    }
    if tree.size() != checkpoint.size {
        return Err(format!("{ENTRIES} has {} leaves, the checkpoint says {}", tree.size(), checkpoint.size));
    }
    if tree.root() != checkpoint.root {
        let (found, signed) = (encode::to_base64(&tree.root()), encode::to_base64(&checkpoint.root));
        return Err(format!("{ENTRIES} leads to the root {found}, the checkpoint signs {signed}"));
    }
    Ok(Journal { checkpoint, leaves, tree, text })
}

/// The lines of a text that is empty or ends in a newline.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|b| *b == b'\n').map(|line| line.strip_suffix(b"\n").unwrap_or(line))
}

/// Check `journal-tiles`: all hash tiles of the tree are under `journal/`, and whatever tile or entry bundle is there
/// is that of this tree.
pub fn tiles(files: &dyn Files, journal: &Journal) -> Check {
    Check::from_result("journal-tiles", compare_tiles(files, journal))
}

fn compare_tiles(files: &dyn Files, journal: &Journal) -> Result<String, String> {
    let mut missing: BTreeSet<Tile> = Tile::of_size(journal.checkpoint.size).into_iter().collect();
    let leaves: Vec<&[u8]> = journal.lines().collect();
    let mut count = 0_usize;
    for name in files.names() {
        let Some(path) = name.strip_prefix(JOURNAL).filter(|path| path.starts_with("tile/")) else {
            continue;
        };
        let tile = Tile::parse(path).map_err(|e| e.to_string())?;
        let computed = match tile.kind {
            Kind::Hashes(_) => tile.hashes(&journal.tree),
            Kind::Entries => tile.entries(&leaves),
        };
        if *required(files, &name)? != *computed.map_err(|e| format!("{name}: {e}"))? {
            return Err(format!("{name} is not the tile of this journal"));
        }
        missing.remove(&tile);
        count += 1;
    }
    match missing.first() {
        Some(tile) => Err(format!("{JOURNAL}{tile} is missing")),
        None => Ok(format!("{count} tiles recomputed, all equal")),
    }
}

/// The `journal/…` files of a bundle, for an exporter: key, signed checkpoint, entries, hash tiles. `leaves` are the
/// canonical bytes of all leaves that the checkpoint counts; nothing is checked here that the checks do not check.
pub fn journal_files<L: AsRef<[u8]>>(
    leaves: &[L],
    signed_checkpoint: &str,
    key: &Verifier,
) -> Vec<(String, Vec<u8>)> {
    let tree: Tree = leaves.iter().map(|leaf| leaf_hash(leaf.as_ref())).collect();
    let mut entries = Vec::new();
    for leaf in leaves {
        entries.extend_from_slice(leaf.as_ref());
        entries.push(b'\n');
    }
    let mut files = vec![
        (KEY.to_owned(), format!("{key}\n").into_bytes()),
        (CHECKPOINT.to_owned(), signed_checkpoint.as_bytes().to_vec()),
        (ENTRIES.to_owned(), entries),
    ];
    for tile in Tile::of_size(tree.size()) {
        let hashes = tile.hashes(&tree).expect("a tree has the tiles of its own size");
        files.push((format!("{JOURNAL}{tile}"), hashes));
    }
    files
}
