//! The right edge of a growing tree, and nothing else of it.

use super::{Error, count, empty_root, node_hash};
use crate::encode::{self, Hash};

/// A compact range from 0: the roots of the complete subtrees that tile the leaves so far, widest first. Appending
/// and rooting need nothing more, so a journal of millions of leaves is continued from at most 64 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// One hash per bit set in `size`, from the highest bit down.
    nodes: Vec<Hash>,
}

impl Frontier {
    /// The frontier of the empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up a stored frontier. `nodes` are the complete subtrees that [`super::range_nodes`] lists for
    /// `0..size`; their count must be that of the bits set in `size`.
    pub fn from_parts(size: u64, nodes: Vec<Hash>) -> Result<Self, Error> {
        if count(&nodes) == u64::from(size.count_ones()) {
            Ok(Self { size, nodes })
        } else {
            Err(Error::WrongLength)
        }
    }

    /// Leaves so far; also the index that the next leaf gets.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The complete subtrees, widest first.
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// Adds a leaf hash and returns the index it got.
    ///
    /// # Panics
    /// At 2^64 leaves, which no journal reaches.
    pub fn append(&mut self, leaf_hash: Hash) -> u64 {
        let index = self.size;
        let mut hash = leaf_hash;
        // Each trailing one of the size is a complete subtree that the new leaf completes into a wider one.
        for _ in 0..index.trailing_ones() {
            let left = self.nodes.pop().expect("one node per bit set in the size");
            hash = node_hash(&left, &hash);
        }
        self.nodes.push(hash);
        self.size = index.checked_add(1).expect("a journal stays below 2^64 leaves");
        index
    }

    /// The root of the tree so far.
    pub fn root(&self) -> Hash {
        fold(&self.nodes).unwrap_or_else(empty_root)
    }

    /// As bytes: the size (8 bytes, big-endian), then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for node in &self.nodes {
            bytes.extend_from_slice(node);
        }
        bytes
    }

    /// Reads [`Self::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(Error::Malformed)?;
        let (hashes, rest) = hashes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(Error::Malformed);
        }
        Self::from_parts(u64::from_be_bytes(*size), hashes.to_vec())
    }

    /// As one line of text: the size, then the hashes in hexadecimal, separated by spaces.
    pub fn to_text(&self) -> String {
        let mut text = self.size.to_string();
        for node in &self.nodes {
            text.push(' ');
            text.push_str(&encode::to_hex(node));
        }
        text
    }

    /// Reads [`Self::to_text`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut words = text.split(' ');
        let size = words.next().and_then(encode::decimal).ok_or(Error::Malformed)?;
        let nodes = words.map(encode::from_hex).collect::<Option<Vec<Hash>>>().ok_or(Error::Malformed)?;
        Self::from_parts(size, nodes)
    }
}

/// Joins complete subtrees, widest first, into the root of the range they tile; `None` of none.
pub(super) fn fold(nodes: &[Hash]) -> Option<Hash> {
    let (last, rest) = nodes.split_last()?;
    Some(rest.iter().rev().fold(*last, |right, left| node_hash(left, &right)))
}
