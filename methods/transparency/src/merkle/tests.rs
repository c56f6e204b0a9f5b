//! The tree against the published vectors of RFC 6962's reference implementation, and against the recursive
//! definitions of the RFCs written here a second time, as naively as they read.

use super::*;
use proptest::prelude::*;

fn hash(hex: &str) -> Hash {
    encode::from_hex(hex).unwrap()
}

fn hashes(hex: &[&str]) -> Vec<Hash> {
    hex.iter().map(|h| hash(h)).collect()
}

/// The eight leaves of the certificate-transparency reference tests.
fn reference_leaves() -> Vec<Hash> {
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        .iter()
        .map(|hex| leaf_hash(&hex::decode(hex).unwrap()))
        .collect()
}

const REFERENCE_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn roots_are_the_published_ones() {
    let leaves = reference_leaves();
    let mut frontier = Frontier::new();
    let tree: Tree = leaves.iter().copied().collect();
    for (n, expected) in REFERENCE_ROOTS.iter().enumerate() {
        let expected = hash(expected);
        assert_eq!(root(&leaves[..n]), expected);
        assert_eq!(oracle::root(&leaves[..n]), expected);
        assert_eq!(tree.root_at(n as u64).unwrap(), expected);
        assert_eq!(frontier.root(), expected);
        if let Some(leaf) = leaves.get(n) {
            assert_eq!(frontier.append(*leaf), n as u64);
        }
    }
}

#[test]
fn proofs_are_the_published_ones() {
    let tree: Tree = reference_leaves().into_iter().collect();
    let left_most = hashes(&[
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    assert_eq!(tree.inclusion(0, 8).unwrap(), left_most);
    assert!(tree.inclusion(0, 1).unwrap().is_empty());
    assert_eq!(
        tree.inclusion(5, 8).unwrap(),
        hashes(&[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(tree.consistency(1, 8).unwrap(), left_most);
    assert_eq!(
        tree.consistency(6, 8).unwrap(),
        hashes(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(
        tree.consistency(2, 5).unwrap(),
        hashes(&[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ])
    );
}

/// The definitions of RFC 6962 §2.1 and RFC 9162 §2.1.3.1, §2.1.4.1, copied as recursion over slices.
mod oracle {
    use crate::encode::{Hash, sha256};

    fn split(n: usize) -> usize {
        let mut k = 1;
        while k * 2 < n {
            k *= 2;
        }
        k
    }

    pub fn root(d: &[Hash]) -> Hash {
        match d {
            [] => sha256(&[]),
            [leaf] => *leaf,
            _ => {
                let (left, right) = d.split_at(split(d.len()));
                sha256(&[&[1], &root(left), &root(right)])
            }
        }
    }

    pub fn path(m: usize, d: &[Hash]) -> Vec<Hash> {
        if d.len() == 1 {
            return vec![];
        }
        let k = split(d.len());
        let (mut path, other) =
            if m < k { (path(m, &d[..k]), root(&d[k..])) } else { (path(m - k, &d[k..]), root(&d[..k])) };
        path.push(other);
        path
    }

    pub fn subproof(m: usize, d: &[Hash], b: bool) -> Vec<Hash> {
        if m == d.len() {
            return if b { vec![] } else { vec![root(d)] };
        }
        let k = split(d.len());
        let (mut proof, other) = if m <= k {
            (subproof(m, &d[..k], b), root(&d[k..]))
        } else {
            (subproof(m - k, &d[k..], false), root(&d[..k]))
        };
        proof.push(other);
        proof
    }
}

fn leaves(n: usize) -> Vec<Hash> {
    (0..n).map(|i| leaf_hash(format!("leaf {i}").as_bytes())).collect()
}

#[test]
fn every_small_tree_agrees_with_the_definition() {
    let all = leaves(40);
    let tree: Tree = all.iter().copied().collect();
    for n in 0..=all.len() {
        let size = n as u64;
        let root = oracle::root(&all[..n]);
        assert_eq!(tree.root_at(size).unwrap(), root);
        assert_eq!(tree.frontier_at(size).unwrap().root(), root);
        for m in 0..n {
            let index = m as u64;
            let proof = tree.inclusion(index, size).unwrap();
            assert_eq!(proof, oracle::path(m, &all[..n]));
            assert_eq!(proof, inclusion_proof(&all[..n], index).unwrap());
            assert_eq!(verify_inclusion(index, size, &all[m], &proof, &root), Ok(()));
        }
        for m in 1..=n {
            let old = m as u64;
            let proof = tree.consistency(old, size).unwrap();
            assert_eq!(proof, oracle::subproof(m, &all[..n], true));
            assert_eq!(proof, consistency_proof(&all[..n], old).unwrap());
            assert_eq!(verify_consistency(old, size, &oracle::root(&all[..m]), &root, &proof), Ok(()));
        }
    }
}

/// Exhaustive on small trees: a proof holds for its own index, sizes, leaf and roots, and for nothing else.
#[test]
fn a_proof_proves_nothing_else() {
    let all = leaves(12);
    let tree: Tree = all.iter().copied().collect();
    for size in 1..=12_u64 {
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let proof = tree.inclusion(index, size).unwrap();
            let leaf = tree.leaf(index).unwrap();
            for other in (0..14).filter(|i| *i != index) {
                assert!(verify_inclusion(other, size, &leaf, &proof, &root).is_err());
            }
            let longer = [proof.clone(), vec![leaf]].concat();
            assert!(verify_inclusion(index, size, &leaf, &longer, &root).is_err());
            if !proof.is_empty() {
                assert!(verify_inclusion(index, size, &leaf, &proof[1..], &root).is_err());
                assert!(verify_inclusion(index, size, &leaf, &proof[..proof.len() - 1], &root).is_err());
            }
        }
        for old in 1..size {
            let old_root = tree.root_at(old).unwrap();
            let proof = tree.consistency(old, size).unwrap();
            assert!(verify_consistency(old, size, &root, &root, &proof).is_err());
            assert!(verify_consistency(old, size, &old_root, &old_root, &proof).is_err());
            assert!(verify_consistency(old, size, &old_root, &root, &[]).is_err());
            let longer = [proof.clone(), vec![root]].concat();
            assert!(verify_consistency(old, size, &old_root, &root, &longer).is_err());
            for other in (1..=14).filter(|o| *o != old) {
                assert!(
                    verify_consistency(other, size, &old_root, &root, &proof).is_err(),
                    "{old}→{other}, {size}"
                );
            }
        }
    }
}

#[test]
fn the_cases_the_rfc_leaves_out() {
    let tree: Tree = leaves(5).into_iter().collect();
    let (root, empty) = (tree.root(), empty_root());
    assert!(tree.consistency(0, 5).unwrap().is_empty());
    assert_eq!(verify_consistency(0, 5, &empty, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, 5, &root, &root, &[]), Err(Error::RootMismatch));
    assert_eq!(verify_consistency(0, 5, &empty, &root, &[root]), Err(Error::WrongLength));
    assert_eq!(verify_consistency(0, 0, &empty, &empty, &[]), Ok(()));
    assert_eq!(verify_consistency(0, 0, &empty, &root, &[]), Err(Error::RootMismatch));
    assert_eq!(verify_consistency(5, 5, &root, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(5, 5, &empty, &root, &[]), Err(Error::RootMismatch));
    assert_eq!(verify_consistency(5, 4, &root, &root, &[]), Err(Error::BeyondSize { asked: 5, size: 4 }));
    assert_eq!(tree.inclusion(5, 5), Err(Error::NoSuchLeaf { index: 5, size: 5 }));
    assert_eq!(tree.inclusion(0, 6), Err(Error::BeyondSize { asked: 6, size: 5 }));
    assert_eq!(tree.consistency(3, 6), Err(Error::BeyondSize { asked: 6, size: 5 }));
    assert_eq!(tree.root_at(6), Err(Error::BeyondSize { asked: 6, size: 5 }));
    assert_eq!(inclusion_proof(&[], 0), Err(Error::NoSuchLeaf { index: 0, size: 0 }));
}

/// No arithmetic overflows at the far end of the range, and absurd sizes are answered, not panicked on.
#[test]
fn the_largest_sizes_are_answered() {
    let leaf = leaf_hash(b"x");
    let plan = Plan::inclusion(u64::MAX - 1, u64::MAX).unwrap();
    let zeros = vec![[0; 32]; plan.nodes().len()];
    let proof = plan.assemble(&zeros).unwrap();
    let root = root_from_inclusion(u64::MAX - 1, u64::MAX, &leaf, &proof).unwrap();
    assert_eq!(verify_inclusion(u64::MAX - 1, u64::MAX, &leaf, &proof, &root), Ok(()));
    assert!(Plan::consistency(u64::MAX - 1, u64::MAX).is_ok());
    assert!(verify_consistency(u64::MAX - 1, u64::MAX, &leaf, &leaf, &[leaf]).is_err());
    let mut full = Frontier::from_parts(u64::MAX >> 1, vec![leaf; 63]).unwrap();
    assert_eq!(full.append(leaf), u64::MAX >> 1);
    assert_eq!(full.nodes().len(), 1);
}

#[test]
fn a_frontier_is_stored_and_taken_up() {
    for n in [0, 1, 2, 3, 7, 8, 13] {
        let mut frontier = Tree::from_iter(leaves(n)).frontier();
        assert_eq!(Frontier::from_bytes(&frontier.to_bytes()).unwrap(), frontier);
        let mut again = Frontier::parse(&frontier.to_text()).unwrap();
        again.append(leaf_hash(b"next"));
        frontier.append(leaf_hash(b"next"));
        assert_eq!(again, frontier);
    }
    assert_eq!(Frontier::from_parts(3, vec![[0; 32]]), Err(Error::WrongLength));
    assert_eq!(Frontier::parse("1"), Err(Error::WrongLength));
    for bad in ["", "01", "x", "1 00", "0 "] {
        assert_eq!(Frontier::parse(bad), Err(Error::Malformed), "{bad:?}");
    }
    assert_eq!(Frontier::from_bytes(&[0; 7]), Err(Error::Malformed));
    assert_eq!(Frontier::from_bytes(&[0; 9]), Err(Error::Malformed));
}

#[test]
fn a_missing_node_is_named() {
    let plan = Plan::inclusion(0, 4).unwrap();
    assert_eq!(plan.nodes(), [Node { level: 0, index: 1 }, Node { level: 1, index: 1 }]);
    let only_leaves = |node: Node| (node.level == 0).then_some([7; 32]);
    assert_eq!(plan.with(only_leaves), Err(Error::MissingNode { level: 1, index: 1 }));
    assert_eq!(plan.assemble(&[[7; 32]]), Err(Error::WrongLength));
    assert_eq!(plan.assemble(&[[7; 32]; 3]), Err(Error::WrongLength));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_trees_agree_with_the_definition(
        (n, m, old) in (1_usize..600).prop_flat_map(|n| (Just(n), 0..n, 1..=n)),
        bit in 0_usize..256,
        which in any::<prop::sample::Index>(),
    ) {
        let all = leaves(n);
        // The tree has gone on growing since: proofs are for a past size.
        let tree: Tree = leaves(n + 37).into_iter().collect();
        let (size, index) = (n as u64, m as u64);
        let root_now = oracle::root(&all);
        prop_assert_eq!(tree.root_at(size).unwrap(), root_now);
        prop_assert_eq!(root(&all), root_now);
        prop_assert_eq!(Plan::root(size).with(|node| tree.node(node)).unwrap(), vec![root_now]);

        let flip = |hash: &Hash| { let mut h = *hash; h[bit / 8] ^= 1 << (bit % 8); h };

        let proof = tree.inclusion(index, size).unwrap();
        prop_assert_eq!(&proof, &oracle::path(m, &all));
        prop_assert_eq!(verify_inclusion(index, size, &all[m], &proof, &root_now), Ok(()));
        prop_assert!(verify_inclusion(index, size, &flip(&all[m]), &proof, &root_now).is_err());
        prop_assert!(verify_inclusion(index, size, &all[m], &proof, &flip(&root_now)).is_err());
        prop_assert!(verify_inclusion(index, size, &all[m], &proof, &tree.root()).is_err());
        if !proof.is_empty() {
            let mut wrong = proof.clone();
            let at = which.index(wrong.len());
            wrong[at] = flip(&wrong[at]);
            prop_assert!(verify_inclusion(index, size, &all[m], &wrong, &root_now).is_err());
        }

        let old_root = oracle::root(&all[..old]);
        let proof = tree.consistency(old as u64, size).unwrap();
        prop_assert_eq!(&proof, &oracle::subproof(old, &all, true));
        prop_assert_eq!(verify_consistency(old as u64, size, &old_root, &root_now, &proof), Ok(()));
        prop_assert!(verify_consistency(old as u64, size, &flip(&old_root), &root_now, &proof).is_err());
        prop_assert!(verify_consistency(old as u64, size, &old_root, &flip(&root_now), &proof).is_err());
        if !proof.is_empty() {
            let mut wrong = proof.clone();
            let at = which.index(wrong.len());
            wrong[at] = flip(&wrong[at]);
            prop_assert!(verify_consistency(old as u64, size, &old_root, &root_now, &wrong).is_err());
        }
    }
}
