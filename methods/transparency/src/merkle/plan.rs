//! Which complete subtrees a proof is made of, before any hash is known.

use super::frontier::fold;
use super::{Error, count};
use crate::encode::Hash;
use std::ops::Range;

/// The place of a complete subtree: at height `level` over the leaves (0), the `index`-th from the left. It covers
/// the leaves `index * 2^level .. (index + 1) * 2^level`, and never changes once it is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Height above the leaves.
    pub level: u8,
    /// Position from the left at that level.
    pub index: u64,
}

/// The recipe of a proof: each of its hashes covers a range of leaves, and each range is tiled by complete subtrees.
///
/// With the nodes in a database: ask [`Plan::nodes`], fetch those hashes in that order, give them to
/// [`Plan::assemble`]. With the nodes at hand: [`Plan::with`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    ranges: Vec<Range<u64>>,
}

impl Plan {
    /// The inclusion proof of leaf `index` in the tree of `size` leaves: PATH of RFC 9162 §2.1.3.1.
    pub fn inclusion(index: u64, size: u64) -> Result<Self, Error> {
        if index >= size {
            return Err(Error::NoSuchLeaf { index, size });
        }
        let mut ranges = Vec::new();
        let mut here = 0..size;
        while here.end - here.start > 1 {
            let split = here.start + split_point(here.end - here.start);
            if index < split {
                ranges.push(split..here.end);
                here.end = split;
            } else {
                ranges.push(here.start..split);
                here.start = split;
            }
        }
        // The walk goes from the root down; the proof lists the hashes from the leaf up.
        ranges.reverse();
        Ok(Self { ranges })
    }

    /// The consistency proof from the tree of `old_size` leaves to that of `size`: SUBPROOF of RFC 9162 §2.1.4.1.
    /// Between equal sizes, and from the empty tree (which the RFC leaves out), the proof is empty.
    pub fn consistency(old_size: u64, size: u64) -> Result<Self, Error> {
        if old_size > size {
            return Err(Error::BeyondSize { asked: old_size, size });
        }
        let mut ranges = Vec::new();
        if old_size == 0 {
            return Ok(Self { ranges });
        }
        let mut here = 0..size;
        while old_size != here.end {
            let split = here.start + split_point(here.end - here.start);
            if old_size <= split {
                ranges.push(split..here.end);
                here.end = split;
            } else {
                ranges.push(here.start..split);
                here.start = split;
            }
        }
        // A subtree that starts at 0 is the old tree itself, whose root the verifier already has (the flag `b`).
        if here.start != 0 {
            ranges.push(here);
        }
        ranges.reverse();
        Ok(Self { ranges })
    }

    /// The root of the first `size` leaves, as a plan of one hash. An empty tree has no node to fetch: its plan is
    /// empty, its root is [`super::empty_root`].
    pub fn root(size: u64) -> Self {
        Self { ranges: if size == 0 { Vec::new() } else { vec![0..size; 1] } }
    }

    /// The complete subtrees to fetch, in the order [`Plan::assemble`] takes them.
    pub fn nodes(&self) -> Vec<Node> {
        self.ranges.iter().flat_map(|range| range_nodes(range.clone())).collect()
    }

    /// Joins the hashes of [`Plan::nodes`] into the hashes of the proof.
    pub fn assemble(&self, hashes: &[Hash]) -> Result<Vec<Hash>, Error> {
        let mut proof = Vec::with_capacity(self.ranges.len());
        let mut rest = hashes;
        for range in &self.ranges {
            let (these, others) =
                rest.split_at_checked(range_nodes(range.clone()).len()).ok_or(Error::WrongLength)?;
            proof.push(fold(these).ok_or(Error::WrongLength)?);
            rest = others;
        }
        if rest.is_empty() { Ok(proof) } else { Err(Error::WrongLength) }
    }

    /// The proof, with an accessor to the hashes of complete subtrees.
    pub fn with(&self, mut hash: impl FnMut(Node) -> Option<Hash>) -> Result<Vec<Hash>, Error> {
        let hashes = self
            .nodes()
            .into_iter()
            .map(|node| hash(node).ok_or(Error::MissingNode { level: node.level, index: node.index }))
            .collect::<Result<Vec<_>, _>>()?;
        self.assemble(&hashes)
    }

    /// The proof, recomputed from all the leaf hashes.
    pub(super) fn over_leaves(&self, leaf_hashes: &[Hash]) -> Result<Vec<Hash>, Error> {
        let size = count(leaf_hashes);
        self.ranges
            .iter()
            .map(|range| {
                let beyond = || Error::BeyondSize { asked: range.end, size };
                let start = usize::try_from(range.start).map_err(|_| beyond())?;
                let end = usize::try_from(range.end).map_err(|_| beyond())?;
                leaf_hashes.get(start..end).map(super::root).ok_or_else(beyond)
            })
            .collect()
    }
}

/// The complete subtrees that tile a range of leaves, widest first. The range must be a subtree of some tree of
/// RFC 6962, that is, begin at a multiple of the smallest power of two that covers its length; `0..size` always is
/// one, and gives the nodes of [`super::Frontier`].
pub fn range_nodes(range: Range<u64>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let level = (range.end - start).ilog2();
        nodes.push(Node { level: u8::try_from(level).expect("a level is below 64"), index: start >> level });
        start += 1 << level;
    }
    nodes
}

/// The largest power of two smaller than `n > 1` (RFC 6962 §2.1).
fn split_point(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}
