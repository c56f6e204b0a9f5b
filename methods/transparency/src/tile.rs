//! The tree cut into files that never change and can be cached for ever: C2SP tlog-tiles.
//!
//! A *hash tile* `tile/<L>/<N>` holds 256 consecutive hashes of the tree at height `8 * L`, 32 bytes each. An *entry
//! bundle* `tile/entries/<N>` holds the 256 leaves themselves, each preceded by its length on two bytes, big-endian.
//! The right edge is *partial*: `.p/<W>` tells its width, 1 to 255. `<N>` is written in groups of three digits, all
//! but the last with an `x`: 1234067 is `x001/x234/067`.
//!
//! With the tiles, any reader computes any proof alone: see [`crate::merkle`].

use crate::encode::{self, Hash};
use crate::merkle::{Node, Tree};
use std::fmt;

/// Hashes in a full tile.
pub const WIDTH: u16 = 256;
/// Levels of the tree in one tile.
pub const HEIGHT: u8 = 8;

/// What can be wrong with a tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The path is not that of a tile.
    #[error("{0:?} is not the path of a tile")]
    Path(String),
    /// The tree is not large enough for this tile.
    #[error("the tree has no {0}")]
    NotInTree(String),
    /// An entry is longer than the 65,535 bytes that its length prefix can say.
    #[error("an entry of {0} bytes is too long for an entry bundle")]
    EntryTooLong(usize),
    /// The bytes are not a sequence of hashes or of length-prefixed entries, or not as many as the width says.
    #[error("malformed tile")]
    Malformed,
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Hashes of the tree at height 8 × the level (0 to 63).
    Hashes(u8),
    /// The leaves themselves.
    Entries,
}

/// The address of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// Hashes of a level, or entries.
    pub kind: Kind,
    /// Position from the left.
    pub index: u64,
    /// Hashes or entries in it: 256 when full.
    pub width: u16,
}

impl Tile {
    /// Reads a path such as `tile/0/x001/x234/067.p/12` or `tile/entries/000`. Only the canonical spelling is read.
    pub fn parse(path: &str) -> Result<Self, Error> {
        Self::parse_loosely(path)
            .filter(|tile| tile.to_string() == path)
            .ok_or_else(|| Error::Path(path.to_owned()))
    }

    fn parse_loosely(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => Kind::Hashes(u8::try_from(encode::decimal(level)?).ok().filter(|level| *level < 64)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            None => (rest, WIDTH),
            Some((number, width)) => {
                (number, u16::try_from(encode::decimal(width)?).ok().filter(|w| (1..WIDTH).contains(w))?)
            }
        };
        let mut index: u64 = 0;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        Some(Self { kind, index, width })
    }

    /// The hash tiles of a tree of `size` leaves, level by level, from the left; the last of a level may be partial.
    pub fn of_size(size: u64) -> Vec<Self> {
        let mut tiles = Vec::new();
        for level in 0..8 {
            let hashes = size >> (HEIGHT * level);
            if hashes == 0 {
                break;
            }
            tiles.extend(row(Kind::Hashes(level), hashes));
        }
        tiles
    }

    /// The entry bundles of a tree of `size` leaves.
    pub fn entries_of_size(size: u64) -> Vec<Self> {
        row(Kind::Entries, size).collect()
    }

    /// The hashes or entries that precede this tile at its level, when that is a number at all.
    pub fn start(&self) -> Option<u64> {
        self.index.checked_mul(u64::from(WIDTH))
    }

    /// The hashes of this tile in `tree`, end to end. The tree may have grown past it. An entry bundle has none.
    pub fn hashes(&self, tree: &Tree) -> Result<Vec<u8>, Error> {
        let missing = || Error::NotInTree(self.to_string());
        let Kind::Hashes(level) = self.kind else { return Err(missing()) };
        let level = level.checked_mul(HEIGHT).ok_or_else(missing)?;
        let start = self.start().ok_or_else(missing)?;
        let mut bytes = Vec::with_capacity(usize::from(self.width) * 32);
        for index in (start..).take(usize::from(self.width)) {
            bytes.extend_from_slice(&tree.node(Node { level, index }).ok_or_else(missing)?);
        }
        Ok(bytes)
    }

    /// The entries of this bundle among all the `leaves` of a tree, length-prefixed. A hash tile has none.
    pub fn entries<L: AsRef<[u8]>>(&self, leaves: &[L]) -> Result<Vec<u8>, Error> {
        let missing = || Error::NotInTree(self.to_string());
        if self.kind != Kind::Entries {
            return Err(missing());
        }
        let start = self.start().and_then(|start| usize::try_from(start).ok()).ok_or_else(missing)?;
        let end = start.checked_add(usize::from(self.width)).ok_or_else(missing)?;
        encode_entries(leaves.get(start..end).ok_or_else(missing)?)
    }

    /// Reads the hashes of a hash tile, checking that it is as wide as its address says.
    pub fn read_hashes(&self, bytes: &[u8]) -> Result<Vec<Hash>, Error> {
        match bytes.as_chunks::<32>() {
            (hashes, []) if hashes.len() == usize::from(self.width) => Ok(hashes.to_vec()),
            _ => Err(Error::Malformed),
        }
    }
}

impl fmt::Display for Tile {
    /// The path under the log's prefix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Hashes(level) => write!(f, "tile/{level}/")?,
            Kind::Entries => f.write_str("tile/entries/")?,
        }
        let digits = self.index.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().next_multiple_of(3));
        let last = padded.len() - 3;
        for group in (0..last).step_by(3) {
            write!(f, "x{}/", &padded[group..group + 3])?;
        }
        f.write_str(&padded[last..])?;
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// Puts entries end to end, each preceded by its length (two bytes, big-endian).
pub fn encode_entries<L: AsRef<[u8]>>(entries: &[L]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| Error::EntryTooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Reads an entry bundle back into its entries.
pub fn parse_entries(bytes: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(Error::Malformed)?;
        let (entry, after) =
            after.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(Error::Malformed)?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

fn row(kind: Kind, count: u64) -> impl Iterator<Item = Tile> {
    let (full, partial) = (count / u64::from(WIDTH), count % u64::from(WIDTH));
    let width = u16::try_from(partial).expect("a remainder of 256 fits");
    let last = (width > 0).then_some(Tile { kind, index: full, width });
    (0..full).map(move |index| Tile { kind, index, width: WIDTH }).chain(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{self, leaf_hash};
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        let hashes = |level, index, width| Tile { kind: Kind::Hashes(level), index, width };
        for (tile, path) in [
            (hashes(0, 1_234_067, 256), "tile/0/x001/x234/067"),
            (hashes(0, 0, 256), "tile/0/000"),
            (hashes(1, 999, 1), "tile/1/999.p/1"),
            (hashes(63, 1000, 255), "tile/63/x001/000.p/255"),
            (hashes(2, u64::MAX, 256), "tile/2/x018/x446/x744/x073/x709/x551/615"),
            (Tile { kind: Kind::Entries, index: 273, width: 112 }, "tile/entries/273.p/112"),
        ] {
            assert_eq!(tile.to_string(), path);
            assert_eq!(Tile::parse(path).unwrap(), tile);
        }
        for bad in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/0/x000/001",
            "tile/0/x001",
            "tile/0/001/000",
            "tile/0/x1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p",
            "tile/0/000/",
            "/tile/0/000",
            "tile/entry/000",
            "tile/0/+01",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert_eq!(Tile::parse(bad), Err(Error::Path(bad.into())), "{bad}");
        }
    }

    #[test]
    fn a_tree_of_70_000_has_the_tiles_the_specification_counts() {
        let tiles = Tile::of_size(70_000);
        let level =
            |n| tiles.iter().filter(|t| t.kind == Kind::Hashes(n)).map(|t| t.width).collect::<Vec<_>>();
        assert_eq!((level(0).len(), level(0)[272], level(0)[273]), (274, 256, 112));
        assert_eq!(level(1), [256, 17]);
        assert_eq!(level(2), [1]);
        assert_eq!(tiles.len(), 277);
        let paths = |size| Tile::of_size(size).iter().map(Tile::to_string).collect::<Vec<_>>();
        assert_eq!(paths(256), ["tile/0/000", "tile/1/000.p/1"]);
        assert_eq!(paths(1), ["tile/0/000.p/1"]);
        assert_eq!(paths(0), [""; 0]);
        assert_eq!(
            Tile::entries_of_size(257).iter().map(Tile::to_string).collect::<Vec<_>>(),
            ["tile/entries/000", "tile/entries/001.p/1"]
        );
    }

    fn tree(n: usize) -> (Vec<Vec<u8>>, Tree) {
        let leaves: Vec<Vec<u8>> = (0..n).map(|i| format!("leaf {i}").into_bytes()).collect();
        let tree = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        (leaves, tree)
    }

    #[test]
    fn tiles_hold_the_roots_of_the_leaves_they_span() {
        let (leaves, tree) = tree(70_000);
        let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        for tile in Tile::of_size(70_000) {
            let read = tile.read_hashes(&tile.hashes(&tree).unwrap()).unwrap();
            let Kind::Hashes(level) = tile.kind else { unreachable!() };
            let span = 256_usize.pow(u32::from(level));
            let i = read.len() - 1;
            let from = (usize::try_from(tile.index).unwrap() * 256 + i) * span;
            assert_eq!(read[i], merkle::root(&hashes[from..from + span]), "{tile}");
        }
        let beyond = Tile { kind: Kind::Hashes(0), index: 273, width: 113 };
        assert!(matches!(beyond.hashes(&tree), Err(Error::NotInTree(_))));
        let absurd = Tile { kind: Kind::Hashes(63), index: u64::MAX, width: 256 };
        assert!(matches!(absurd.hashes(&tree), Err(Error::NotInTree(_))));
        assert_eq!(
            Tile { kind: Kind::Hashes(0), index: 0, width: 2 }.read_hashes(&[0; 32]),
            Err(Error::Malformed)
        );
    }

    #[test]
    fn entry_bundles_hold_the_leaves() {
        let (leaves, _) = tree(300);
        let [first, second] = Tile::entries_of_size(300)[..] else { panic!("two bundles") };
        let read = second.entries(&leaves).unwrap();
        assert_eq!(
            parse_entries(&read).unwrap(),
            leaves[256..].iter().map(Vec::as_slice).collect::<Vec<_>>()
        );
        assert_eq!(parse_entries(&first.entries(&leaves).unwrap()).unwrap().len(), 256);
        assert!(matches!(second.entries(&leaves[..299]), Err(Error::NotInTree(_))));
        assert_eq!(encode_entries(&[vec![0; 65_536]]), Err(Error::EntryTooLong(65_536)));
        assert_eq!(parse_entries(&[0]), Err(Error::Malformed));
        assert_eq!(parse_entries(&[0, 2, 1]), Err(Error::Malformed));
        assert_eq!(parse_entries(&[0, 0]).unwrap(), [b""]);
    }

    proptest! {
        #[test]
        fn paths_and_entries_read_back(
            level in 0_u8..64,
            entries: bool,
            index: u64,
            width in 1_u16..=256,
            data: Vec<Vec<u8>>,
            junk: Vec<u8>,
        ) {
            let kind = if entries { Kind::Entries } else { Kind::Hashes(level) };
            let tile = Tile { kind, index, width };
            prop_assert_eq!(Tile::parse(&tile.to_string()), Ok(tile));
            let bytes = encode_entries(&data).unwrap();
            prop_assert_eq!(parse_entries(&bytes).unwrap(), data.iter().map(Vec::as_slice).collect::<Vec<_>>());
            // Whatever reads at all reads as something that writes the same bytes again.
            if let Ok(entries) = parse_entries(&junk) {
                prop_assert_eq!(encode_entries(&entries).unwrap(), junk);
            }
        }
    }
}
