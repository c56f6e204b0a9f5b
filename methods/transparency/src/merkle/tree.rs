//! A tree held whole in memory.

use super::frontier::{Frontier, fold};
use super::plan::{Node, Plan, range_nodes};
use super::{Error, count, empty_root, node_hash};
use crate::encode::Hash;

/// Every complete subtree of an append-only tree: two hashes (64 bytes) a leaf. Since complete subtrees never
/// change, the same store gives roots and proofs for any size the tree ever had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[l][i]` is the root of the leaves `i * 2^l .. (i + 1) * 2^l`.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves so far.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| count(leaves))
    }

    /// Adds a leaf hash and returns the index it got. Amortised O(1): a leaf completes one subtree on average.
    pub fn append(&mut self, leaf_hash: Hash) -> u64 {
        let index = self.size();
        let mut hash = leaf_hash;
        let mut level = 0;
        loop {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(hash);
            // An even count means that this node has just completed a pair.
            let &[.., left, right] = row.as_slice() else { return index };
            if row.len() % 2 == 1 {
                return index;
            }
            hash = node_hash(&left, &right);
            level += 1;
        }
    }

    /// The hash of a complete subtree, if the tree has it.
    pub fn node(&self, node: Node) -> Option<Hash> {
        self.levels.get(usize::from(node.level))?.get(usize::try_from(node.index).ok()?).copied()
    }

    /// The hash of leaf `index`.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.node(Node { level: 0, index })
    }

    /// The index of the leaf with this hash, the last one first: O(size).
    pub fn find(&self, leaf_hash: &Hash) -> Option<u64> {
        let place = self.levels.first()?.iter().rposition(|hash| hash == leaf_hash)?;
        u64::try_from(place).ok()
    }

    /// The root of the whole tree.
    pub fn root(&self) -> Hash {
        self.frontier().root()
    }

    /// The root the tree had when it had `size` leaves.
    pub fn root_at(&self, size: u64) -> Result<Hash, Error> {
        self.subtrees(size).map(|nodes| fold(&nodes).unwrap_or_else(empty_root))
    }

    /// The frontier of the whole tree.
    pub fn frontier(&self) -> Frontier {
        self.frontier_at(self.size()).expect("a tree has its own complete subtrees")
    }

    /// The frontier the tree had when it had `size` leaves.
    pub fn frontier_at(&self, size: u64) -> Result<Frontier, Error> {
        Frontier::from_parts(size, self.subtrees(size)?)
    }

    /// The proof that leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1).
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
        self.reaches(size)?;
        Plan::inclusion(index, size)?.with(|node| self.node(node))
    }

    /// The proof that the tree of `size` leaves continues that of `old_size` (RFC 9162 §2.1.4.1).
    pub fn consistency(&self, old_size: u64, size: u64) -> Result<Vec<Hash>, Error> {
        self.reaches(size)?;
        Plan::consistency(old_size, size)?.with(|node| self.node(node))
    }

    fn reaches(&self, asked: u64) -> Result<(), Error> {
        let size = self.size();
        if asked <= size { Ok(()) } else { Err(Error::BeyondSize { asked, size }) }
    }

    fn subtrees(&self, size: u64) -> Result<Vec<Hash>, Error> {
        self.reaches(size)?;
        range_nodes(0..size)
            .into_iter()
            .map(|node| self.node(node).ok_or(Error::MissingNode { level: node.level, index: node.index }))
            .collect()
    }
}

impl Extend<Hash> for Tree {
    /// Appends leaf hashes in order.
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaf_hashes: T) {
        for hash in leaf_hashes {
            self.append(hash);
        }
    }
}

impl FromIterator<Hash> for Tree {
    /// The tree over these leaf hashes.
    fn from_iter<T: IntoIterator<Item = Hash>>(leaf_hashes: T) -> Self {
        let mut tree = Self::new();
        tree.extend(leaf_hashes);
        tree
    }
}
