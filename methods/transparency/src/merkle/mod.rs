//! The Merkle tree over the journal: RFC 6962 §2.1 and RFC 9162 §2.1, with SHA-256.
//!
//! - A leaf hashes as `SHA-256(0x00 || data)`, a node as `SHA-256(0x01 || left || right)`, no leaf at all as
//!   `SHA-256("")`. A tree of `n > 1` leaves splits at the largest power of two below `n`.
//! - [`Frontier`] appends with O(log n) memory: what a site keeps to sign its next checkpoint.
//! - [`Tree`] keeps every complete subtree: proofs in O(log n) for any size it ever had.
//! - [`Plan`] says which complete subtrees a proof needs, so that a caller whose nodes are in a database fetches
//!   them in one query, then assembles the proof.
//! - [`verify_inclusion`] and [`verify_consistency`] are the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2,
//!   step for step, and share no code with the generation above.

mod frontier;
mod plan;
mod tree;
mod verify;

pub use frontier::Frontier;
pub use plan::{Node, Plan, range_nodes};
pub use tree::Tree;
pub use verify::{root_from_inclusion, verify_consistency, verify_inclusion};

use crate::encode::{self, Hash};

/// What can be wrong with a size, a proof or a stored part of a tree.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A leaf was asked for that the tree of this size does not have.
    #[error("there is no leaf {index} in a tree of {size}")]
    NoSuchLeaf {
        /// The leaf asked for, from 0.
        index: u64,
        /// Leaves in the tree.
        size: u64,
    },
    /// A size was asked for that the tree has not reached, or an older size larger than the newer.
    #[error("size {asked} is beyond the tree's {size}")]
    BeyondSize {
        /// The size asked for.
        asked: u64,
        /// The size there is.
        size: u64,
    },
    /// The accessor had no hash for a complete subtree that the proof needs.
    #[error("the hash of node {index} at level {level} is missing")]
    MissingNode {
        /// Height above the leaves.
        level: u8,
        /// Position from the left at that level.
        index: u64,
    },
    /// A proof, or the parts of a stored frontier, have another count than the sizes call for.
    #[error("wrong number of hashes")]
    WrongLength,
    /// A stored frontier is not in its text or byte form.
    #[error("not a stored frontier")]
    Malformed,
    /// The proof does not lead to the root that it is compared with.
    #[error("the proof does not lead to this root")]
    RootMismatch,
}

/// The hash of one leaf: `SHA-256(0x00 || data)` (RFC 6962 §2.1).
pub fn leaf_hash(data: &[u8]) -> Hash {
    encode::sha256(&[&[0], data])
}

/// The hash of an inner node: `SHA-256(0x01 || left || right)` (RFC 6962 §2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    encode::sha256(&[&[1], left, right])
}

/// The root of a tree with no leaf: the hash of the empty string (RFC 6962 §2.1).
pub fn empty_root() -> Hash {
    encode::sha256(&[])
}

/// The root over a list of leaf hashes.
pub fn root(leaf_hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for hash in leaf_hashes {
        frontier.append(*hash);
    }
    frontier.root()
}

/// The inclusion proof of leaf `index` among `leaf_hashes` (RFC 9162 §2.1.3.1), computed from the leaves alone:
/// O(n), for small trees and checks. [`Tree::inclusion`] is the fast way.
pub fn inclusion_proof(leaf_hashes: &[Hash], index: u64) -> Result<Vec<Hash>, Error> {
    Plan::inclusion(index, count(leaf_hashes))?.over_leaves(leaf_hashes)
}

/// The consistency proof from the first `old_size` of `leaf_hashes` to all of them (RFC 9162 §2.1.4.1), computed
/// from the leaves alone: O(n). [`Tree::consistency`] is the fast way.
pub fn consistency_proof(leaf_hashes: &[Hash], old_size: u64) -> Result<Vec<Hash>, Error> {
    Plan::consistency(old_size, count(leaf_hashes))?.over_leaves(leaf_hashes)
}

/// A length as a tree size: no machine addresses more than 2^64 leaves.
pub(crate) fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).expect("a length fits in 64 bits")
}

#[cfg(test)]
mod tests;
