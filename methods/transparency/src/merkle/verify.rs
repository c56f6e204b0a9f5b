//! Verification, step for step as RFC 9162 writes it. The letters `fn`, `sn`, `fr`, `sr` of the RFC are `node`,
//! `last`, `old`, `new` here.

use super::{Error, empty_root, node_hash};
use crate::encode::Hash;

/// The root that an inclusion proof leads to (RFC 9162 §2.1.3.2, steps 1 to 5 without the last comparison), to be
/// compared with a root obtained elsewhere.
pub fn root_from_inclusion(index: u64, size: u64, leaf_hash: &Hash, proof: &[Hash]) -> Result<Hash, Error> {
    // 1. The leaf must be within the tree.
    if index >= size {
        return Err(Error::NoSuchLeaf { index, size });
    }
    // 2 and 3.
    let (mut node, mut last) = (index, size - 1);
    let mut root = *leaf_hash;
    // 4.
    for sibling in proof {
        if last == 0 {
            return Err(Error::WrongLength);
        }
        if node & 1 == 1 || node == last {
            root = node_hash(sibling, &root);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    // 5, first half: every level was climbed.
    if last == 0 { Ok(root) } else { Err(Error::WrongLength) }
}

/// Checks that `leaf_hash` is leaf `index` of the tree of `size` leaves whose root is `root` (RFC 9162 §2.1.3.2).
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf_hash: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), Error> {
    if root_from_inclusion(index, size, leaf_hash, proof)? == *root {
        Ok(())
    } else {
        Err(Error::RootMismatch)
    }
}

/// Checks that the tree of `size` leaves with `root` continues that of `old_size` leaves with `old_root`, without
/// one leaf changed (RFC 9162 §2.1.4.2).
///
/// Two cases that the RFC leaves out are decided here: equal sizes need equal roots and an empty proof; the empty
/// tree, whose root is known, is continued by every tree, with an empty proof.
pub fn verify_consistency(
    old_size: u64,
    size: u64,
    old_root: &Hash,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), Error> {
    if old_size > size {
        return Err(Error::BeyondSize { asked: old_size, size });
    }
    if old_size == 0 || old_size == size {
        let known = if old_size == 0 { empty_root() } else { *root };
        return match proof {
            [] if *old_root != known || (size == 0 && *root != known) => Err(Error::RootMismatch),
            [] => Ok(()),
            _ => Err(Error::WrongLength),
        };
    }
    // 1 and 2. A complete old tree is itself the first subtree of the new one, so the proof leaves it out.
    let (first, rest) = if old_size.is_power_of_two() {
        if proof.is_empty() {
            return Err(Error::WrongLength);
        }
        (old_root, proof)
    } else {
        proof.split_first().ok_or(Error::WrongLength)?
    };
    // 3 and 4.
    let (mut node, mut last) = (old_size - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // 5.
    let (mut old, mut new) = (*first, *first);
    // 6.
    for sibling in rest {
        if last == 0 {
            return Err(Error::WrongLength);
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    // 7.
    if last != 0 {
        return Err(Error::WrongLength);
    }
    if old == *old_root && new == *root { Ok(()) } else { Err(Error::RootMismatch) }
}
