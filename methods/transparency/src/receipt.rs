//! The receipt: what a person keeps to show, years later and without the site, that their act is in the journal.
//!
//! It is a text one can print, mail or put in a file:
//!
//! ```text
//! parvis-receipt-v1
//! log town.example/journal
//! index 5
//! size 8
//! leaf {"kind":"vote","who":"6f1e…"}
//! salt 000102030405060708090a0b0c0d0e0f
//! content {"name":"Ada"}
//! proof vBoGQ7EuTS18d5GPROD095+Doj2s…=
//! proof yoVOoSjtBQtBs1/xuFuIuyveRh6e…=
//!
//! town.example/journal
//! 8
//! Xcnaeacg…=
//!
//! — town.example/journal Az3grlgt…
//! ```
//!
//! The lines come in this order. `salt` and `content` go together and may be absent: they open a commitment
//! ([`crate::commitment`]) that the leaf holds, and are the only personal part of a receipt. The last block is the
//! signed checkpoint as the journal published it. The shape is close to C2SP tlog-proof, with the leaf inside so
//! that nothing else is needed than the log's public key.

use crate::canonical;
use crate::checkpoint::{self, Checkpoint};
use crate::commitment::{self, Salt};
use crate::encode::{self, Hash};
use crate::merkle::{self, leaf_hash};
use crate::note::Verifier;
use serde_json::Value;
use std::fmt::Write as _;

/// The first line of every receipt.
pub const HEADER: &str = "parvis-receipt-v1";

/// Why a receipt cannot be read, or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is not a receipt; `line` counts from 1.
    #[error("line {line}: expected {expected}")]
    Malformed {
        /// Where reading stopped.
        line: usize,
        /// What should have been there.
        expected: &'static str,
    },
    /// The checkpoint is malformed, of another log, or not signed by the key.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(#[from] checkpoint::Error),
    /// The receipt says another log than its checkpoint.
    #[error("the receipt is of {receipt:?}, its checkpoint of {checkpoint:?}")]
    OtherLog {
        /// The `log` line.
        receipt: String,
        /// The origin of the checkpoint.
        checkpoint: String,
    },
    /// The receipt says another size than its checkpoint.
    #[error("the receipt counts {receipt} acts, its checkpoint {checkpoint}")]
    OtherSize {
        /// The `size` line.
        receipt: u64,
        /// The size in the checkpoint.
        checkpoint: u64,
    },
    /// The leaf is not canonical JSON.
    #[error("the leaf: {0}")]
    Leaf(canonical::Error),
    /// The content of the opening is not canonical JSON.
    #[error("the content: {0}")]
    Content(canonical::Error),
    /// The proof does not lead from the leaf to the root of the checkpoint.
    #[error("this act is not in this journal: {0}")]
    Inclusion(merkle::Error),
    /// The leaf holds no commitment that the salt and the content open.
    #[error("the salt and the content open no commitment of this leaf")]
    Opening,
}

impl Error {
    /// A stable word for this error, to choose a sentence in the reader's language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::Checkpoint(_) => "checkpoint",
            Self::OtherLog { .. } => "other-log",
            Self::OtherSize { .. } => "other-size",
            Self::Leaf(_) => "leaf",
            Self::Content(_) => "content",
            Self::Inclusion(_) => "inclusion",
            Self::Opening => "opening",
        }
    }
}

/// What opens the commitment of a leaf: known to the person and, until it forgets them, to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The random part.
    pub salt: Salt,
    /// The canonical bytes of the personal datum.
    pub content: Vec<u8>,
}

/// One act and the proof that it is in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The origin of the log.
    pub origin: String,
    /// Position of the leaf, from 0.
    pub index: u64,
    /// Leaves in the tree of the checkpoint.
    pub size: u64,
    /// The leaf: canonical JSON bytes.
    pub leaf: Vec<u8>,
    /// What opens the leaf's commitment, for the person it is about.
    pub opening: Option<Opening>,
    /// The inclusion proof (RFC 9162 §2.1.3).
    pub proof: Vec<Hash>,
    /// The signed checkpoint, as published.
    pub checkpoint: String,
}

/// What a receipt that holds has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The checkpoint whose signature and root hold.
    pub checkpoint: Checkpoint,
    /// The act, as it stands in the journal.
    pub leaf: Value,
    /// The personal datum, when the receipt opens it.
    pub content: Option<Value>,
}

impl Receipt {
    /// The receipt as text. Fails on a receipt that could not be read back, such as a leaf that is not canonical.
    pub fn to_text(&self) -> Result<String, Error> {
        let leaf =
            canonical::parse(&self.leaf).and_then(|leaf| canonical::to_text(&leaf)).map_err(Error::Leaf)?;
        let (origin, index, size) = (&self.origin, self.index, self.size);
        let mut text = format!("{HEADER}\nlog {origin}\nindex {index}\nsize {size}\nleaf {leaf}\n");
        let mut line = |word: &str, rest: &str| {
            writeln!(text, "{word} {rest}").expect("writing into a String never fails");
        };
        if let Some(opening) = &self.opening {
            let content = canonical::parse(&opening.content).and_then(|content| canonical::to_text(&content));
            line("salt", &commitment::salt_to_hex(&opening.salt));
            line("content", &content.map_err(Error::Content)?);
        }
        for hash in &self.proof {
            line("proof", &encode::to_base64(hash));
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        // An origin with a line break, or a checkpoint that is not a note, would be read as something else.
        if Self::parse(&text)? == *self {
            Ok(text)
        } else {
            Err(Error::Malformed { line: 2, expected: "one line" })
        }
    }

    /// Reads a receipt. What mail and editors do to a text is undone first (a byte order mark, `\r\n`, spaces at the
    /// end of lines, empty lines around); beyond that, each line must be as [`Self::to_text`] writes it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}').trim_matches([' ', '\r', '\n']);
        let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches([' ', '\r'])).collect();
        let mut lines = Lines { lines: &lines, at: 0 };
        if lines.next() != Some(HEADER) {
            return Err(lines.expected("parvis-receipt-v1"));
        }
        let origin = lines.word("log ").ok_or_else(|| lines.expected("log and its name"))?.to_owned();
        let number = |text: Option<&str>| text.and_then(encode::decimal);
        let index = number(lines.word("index ")).ok_or_else(|| lines.expected("index and a number"))?;
        let size = number(lines.word("size ")).ok_or_else(|| lines.expected("size and a number"))?;
        let leaf = lines.word("leaf ").ok_or_else(|| lines.expected("leaf and its JSON"))?;
        let opening = match lines.word_if("salt ") {
            None => None,
            Some(salt) => {
                let salt = commitment::salt_from_hex(salt);
                let salt = salt.ok_or_else(|| lines.expected("salt and 32 hexadecimal digits"))?;
                let content = lines.word("content ").ok_or_else(|| lines.expected("content and its JSON"))?;
                Some(Opening { salt, content: content.as_bytes().to_vec() })
            }
        };
        let mut proof = Vec::new();
        while let Some(hash) = lines.word_if("proof ") {
            let hash = encode::hash_from_base64(hash);
            proof.push(hash.ok_or_else(|| lines.expected("proof and the base64 of a hash"))?);
        }
        if lines.next() != Some("") {
            return Err(lines.expected("an empty line before the checkpoint"));
        }
        let rest = lines.rest();
        if rest.is_empty() {
            lines.at += 1;
            return Err(lines.expected("the checkpoint"));
        }
        let checkpoint = format!("{}\n", rest.join("\n"));
        Ok(Self { origin, index, size, leaf: leaf.as_bytes().to_vec(), opening, proof, checkpoint })
    }

    /// Checks everything the receipt says, with the log's public key: the signature of the checkpoint, that the
    /// checkpoint is of this log and size, that the leaf is in it at this index, and that the opening, if any, opens
    /// a commitment that the leaf holds (as a hexadecimal text anywhere in it).
    pub fn verify(&self, key: &Verifier) -> Result<Verified, Error> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        if checkpoint.origin != self.origin {
            return Err(Error::OtherLog { receipt: self.origin.clone(), checkpoint: checkpoint.origin });
        }
        if checkpoint.size != self.size {
            return Err(Error::OtherSize { receipt: self.size, checkpoint: checkpoint.size });
        }
        let leaf = canonical::parse(&self.leaf).map_err(Error::Leaf)?;
        merkle::verify_inclusion(
            self.index,
            self.size,
            &leaf_hash(&self.leaf),
            &self.proof,
            &checkpoint.root,
        )
        .map_err(Error::Inclusion)?;
        let content = match &self.opening {
            None => None,
            Some(opening) => {
                let content = canonical::parse(&opening.content).map_err(Error::Content)?;
                if !holds_text(&leaf, &commitment::commit_hex(&opening.salt, &opening.content)) {
                    return Err(Error::Opening);
                }
                Some(content)
            }
        };
        Ok(Verified { checkpoint, leaf, content })
    }
}

/// Whether `text` is one of the values (not keys) of a JSON value.
fn holds_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(s) => s == text,
        Value::Array(items) => items.iter().any(|item| holds_text(item, text)),
        Value::Object(map) => map.values().any(|item| holds_text(item, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Reads lines one by one and knows where it is.
struct Lines<'a> {
    lines: &'a [&'a str],
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let line = self.lines.get(self.at).copied();
        self.at += 1;
        line
    }

    /// The rest of the next line, which must begin with `word`.
    fn word(&mut self, word: &str) -> Option<&'a str> {
        self.next()?.strip_prefix(word)
    }

    /// The rest of the next line if it begins with `word`; otherwise that line is left for later.
    fn word_if(&mut self, word: &str) -> Option<&'a str> {
        let rest = self.lines.get(self.at)?.strip_prefix(word)?;
        self.at += 1;
        Some(rest)
    }

    fn rest(&self) -> &'a [&'a str] {
        self.lines.get(self.at..).unwrap_or_default()
    }

    /// The error about the line last read.
    fn expected(&self, expected: &'static str) -> Error {
        Error::Malformed { line: self.at, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::Tree;
    use crate::note::Signer;
    use serde_json::json;

    const SALT: Salt = [3; 16];

    fn signer() -> Signer {
        Signer::from_seed("town.example/journal", &[7; 32]).unwrap()
    }

    /// A journal of `n` acts, each with a commitment to a name.
    fn receipt(n: u64, index: u64) -> Receipt {
        let content = |i: u64| canonical::to_bytes(&json!({ "name": format!("Ada {i}") })).unwrap();
        let leaf = |i: u64| {
            let who = commitment::commit_hex(&SALT, &content(i));
            canonical::to_bytes(&json!({ "kind": "vote", "n": i, "by": { "who": [who] } })).unwrap()
        };
        let tree: Tree = (0..n).map(|i| leaf_hash(&leaf(i))).collect();
        Receipt {
            origin: "town.example/journal".into(),
            index,
            size: n,
            leaf: leaf(index),
            opening: Some(Opening { salt: SALT, content: content(index) }),
            proof: tree.inclusion(index, n).unwrap(),
            checkpoint: Checkpoint::new("town.example/journal", n, tree.root()).sign(&signer()).unwrap(),
        }
    }

    fn check(receipt: &Receipt) -> Result<Verified, Error> {
        receipt.verify(signer().verifier())
    }

    #[test]
    fn a_receipt_holds_and_reads_back() {
        for n in 1..=9 {
            for index in 0..n {
                let receipt = receipt(n, index);
                let verified = check(&receipt).unwrap();
                assert_eq!(verified.leaf["n"], json!(index));
                assert_eq!(verified.content, Some(json!({ "name": format!("Ada {index}") })));
                let text = receipt.to_text().unwrap();
                assert_eq!(Receipt::parse(&text).unwrap(), receipt);
                assert_eq!(Receipt::parse(&text).unwrap().to_text().unwrap(), text);
            }
        }
        let public = Receipt { opening: None, ..receipt(5, 2) };
        assert_eq!(check(&public).unwrap().content, None);
        assert_eq!(Receipt::parse(&public.to_text().unwrap()).unwrap(), public);
    }

    #[test]
    fn the_text_is_the_documented_one() {
        let text = receipt(3, 2).to_text().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..4], ["parvis-receipt-v1", "log town.example/journal", "index 2", "size 3"]);
        assert!(lines[4].starts_with(r#"leaf {"by":{"who":["#));
        assert_eq!(lines[5], "salt 03030303030303030303030303030303");
        assert_eq!(lines[6], r#"content {"name":"Ada 2"}"#);
        assert!(lines[7].starts_with("proof "));
        assert_eq!(lines[8..11], ["", "town.example/journal", "3"]);
        assert!(lines[13].starts_with("— town.example/journal "));
        assert_eq!(lines.len(), 14);
    }

    #[test]
    fn what_mail_does_to_a_text_is_undone() {
        let receipt = receipt(6, 4);
        let text = receipt.to_text().unwrap();
        for sent in [
            text.replace('\n', "\r\n"),
            format!("\u{feff}\n\n{text}\n\n"),
            text.replace('\n', "  \n"),
            text.trim_end().to_owned(),
        ] {
            assert_eq!(Receipt::parse(&sent).unwrap(), receipt);
        }
    }

    #[test]
    fn every_changed_byte_is_refused() {
        let text = receipt(7, 4).to_text().unwrap();
        for at in 0..text.len() {
            for bit in [0, 3, 5, 7] {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                let holds = Receipt::parse(&changed).and_then(|receipt| check(&receipt));
                assert!(holds.is_err(), "byte {at}, bit {bit}:\n{changed}");
            }
        }
    }

    #[test]
    fn each_lie_has_its_error() {
        let good = receipt(7, 4);
        let code = |receipt: &Receipt| check(receipt).unwrap_err().code();
        assert_eq!(code(&Receipt { origin: "x".into(), ..good.clone() }), "other-log");
        assert_eq!(code(&Receipt { size: 8, ..good.clone() }), "other-size");
        assert_eq!(code(&Receipt { index: 5, ..good.clone() }), "inclusion");
        assert_eq!(code(&Receipt { index: 7, ..good.clone() }), "inclusion");
        assert_eq!(code(&Receipt { proof: vec![], ..good.clone() }), "inclusion");
        assert_eq!(code(&Receipt { leaf: receipt(7, 5).leaf, ..good.clone() }), "inclusion");
        assert_eq!(code(&Receipt { leaf: b"{ }".to_vec(), ..good.clone() }), "leaf");
        assert_eq!(code(&Receipt { opening: receipt(7, 5).opening, ..good.clone() }), "opening");
        let spaced = Opening { salt: SALT, content: b"{ }".to_vec() };
        assert_eq!(code(&Receipt { opening: Some(spaced), ..good.clone() }), "content");
        assert_eq!(
            code(&Receipt { checkpoint: receipt(7, 4).checkpoint + "x", ..good.clone() }),
            "checkpoint"
        );
        let stranger = Signer::from_seed("town.example/journal", &[8; 32]).unwrap();
        assert_eq!(good.verify(stranger.verifier()).unwrap_err().code(), "checkpoint");
    }

    #[test]
    fn malformed_texts_name_their_line() {
        let text = receipt(3, 1).to_text().unwrap();
        let line = |text: &str| match Receipt::parse(text) {
            Err(Error::Malformed { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line(""), 1);
        assert_eq!(line("hello"), 1);
        assert_eq!(line(HEADER), 2);
        assert_eq!(line(&text.replace("index 1", "index 01")), 3);
        assert_eq!(line(&text.replace("size 3", "size three")), 4);
        assert_eq!(line(&text.replace("leaf {", "leave {")), 5);
        assert_eq!(line(&text.replace("salt 03", "salt 3")), 6);
        assert_eq!(line(&text.replace("content", "contents")), 7);
        assert_eq!(line(&text.replacen("proof ", "proof =", 1)), 8);
        assert_eq!(line(text.split("\n\n").next().unwrap()), 10);
    }

    #[test]
    fn a_receipt_that_would_not_read_back_is_not_written() {
        let good = receipt(3, 1);
        assert!(Receipt { origin: "a\nindex 2".into(), ..good.clone() }.to_text().is_err());
        assert!(Receipt { leaf: b"{\n}".to_vec(), ..good.clone() }.to_text().is_err());
        assert!(Receipt { checkpoint: String::new(), ..good.clone() }.to_text().is_err());
        assert!(Receipt { checkpoint: "x\r\n".into(), ..good }.to_text().is_err());
    }
}
