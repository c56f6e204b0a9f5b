//! The signed head of the journal: C2SP tlog-checkpoint.
//!
//! ```text
//! town.example/journal
//! 20852163
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — town.example/journal Az3grlgt…
//! ```
//!
//! The origin names the log, the size counts its leaves, the root is the RFC 6962 root at that size. A log must never
//! sign two checkpoints of which one does not continue the other; whoever keeps an old one can hold it to that (see
//! [`crate::merkle::verify_consistency`]).

use crate::encode::{self, Hash};
use crate::note::{self, Signer, Verifier};
use std::fmt;

/// What can be wrong with a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The note around it is malformed or its signature does not hold.
    #[error(transparent)]
    Note(#[from] note::Error),
    /// The text is not origin, size, root and extension lines.
    #[error("malformed checkpoint: {0}")]
    Malformed(&'static str),
    /// The checkpoint is about another log than the key that signed it. The specification says SHOULD; the journals
    /// of this project always do it, and holding to it keeps a key used for two logs from mixing them.
    #[error("the checkpoint is of {origin:?}, the key is of {key:?}")]
    OtherOrigin {
        /// The origin line.
        origin: String,
        /// The name of the key.
        key: String,
    },
}

/// The head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name such as `town.example/journal`.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// Their RFC 6962 root.
    pub root: Hash,
    /// Further lines; the specification recommends none, since monitors cannot audit them.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// A checkpoint without extension lines.
    pub fn new(origin: impl Into<String>, size: u64, root: Hash) -> Self {
        Self { origin: origin.into(), size, root, extensions: Vec::new() }
    }

    /// Reads the text of a checkpoint, without signatures.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let lines = text.strip_suffix('\n').ok_or(Error::Malformed("the last line is cut"))?;
        let mut lines = lines.split('\n');
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(Error::Malformed("no origin"))?;
        let size =
            lines.next().and_then(encode::decimal).ok_or(Error::Malformed("the size is not a number"))?;
        let root = lines.next().and_then(encode::hash_from_base64);
        let root = root.ok_or(Error::Malformed("the root is not the base64 of 32 bytes"))?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(Error::Malformed("an extension line is empty"));
        }
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    /// Signs the checkpoint; the key's name must be the origin.
    pub fn sign(&self, signer: &Signer) -> Result<String, Error> {
        self.is_of(signer.verifier())?;
        let text = self.to_string();
        // An origin or extension with a line break would be signed as something else than it says.
        if Self::parse(&text).as_ref() != Ok(self) {
            return Err(Error::Malformed("the origin or an extension is empty or holds a line break"));
        }
        Ok(note::sign(&text, &[signer])?)
    }

    /// Reads a signed checkpoint and checks that the log's key signed it. Signatures by other keys (witnesses) are
    /// ignored.
    pub fn open(signed: &str, verifier: &Verifier) -> Result<Self, Error> {
        let opened = note::open(signed, &[verifier])?;
        let checkpoint = Self::parse(&opened.text)?;
        checkpoint.is_of(verifier)?;
        Ok(checkpoint)
    }

    fn is_of(&self, key: &Verifier) -> Result<(), Error> {
        if self.origin == key.name() {
            return Ok(());
        }
        Err(Error::OtherOrigin { origin: self.origin.clone(), key: key.name().to_owned() })
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, encode::to_base64(&self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer() -> Signer {
        Signer::from_seed("town.example/journal", &[7; 32]).unwrap()
    }

    #[test]
    fn reads_the_specification_s_example() {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        let checkpoint = Checkpoint::parse(text).unwrap();
        assert_eq!(checkpoint.origin, "example.com/behind-the-sofa");
        assert_eq!(checkpoint.size, 20_852_163);
        assert_eq!(checkpoint.root[..2], [0x0a, 0xc5]);
        assert_eq!(checkpoint.to_string(), text);
        let extended = format!("{text}one\ntwo\n");
        assert_eq!(Checkpoint::parse(&extended).unwrap().extensions, ["one", "two"]);
        assert_eq!(Checkpoint::parse(&extended).unwrap().to_string(), extended);
    }

    #[test]
    fn malformed_texts_are_refused() {
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        for bad in [
            String::new(),
            "a\n".into(),
            "a\n1\n".into(),
            format!("a\n1\n{root}"),
            format!("\n1\n{root}\n"),
            format!("a\n01\n{root}\n"),
            format!("a\n-1\n{root}\n"),
            format!("a\n1\n{}\n", root.replace("I=", "J=")),
            "a\n1\nAQID\n".into(),
            format!("a\n1\n{root}\n\n"),
            format!("a\n1\n{root}\n\nx\n"),
        ] {
            assert!(matches!(Checkpoint::parse(&bad), Err(Error::Malformed(_))), "{bad:?}");
        }
    }

    #[test]
    fn signs_and_opens() {
        let checkpoint = Checkpoint::new("town.example/journal", 3, [9; 32]);
        let signed = checkpoint.sign(&signer()).unwrap();
        assert_eq!(Checkpoint::open(&signed, signer().verifier()).unwrap(), checkpoint);
        let witness = Signer::from_seed("witness.example", &[8; 32]).unwrap();
        let cosigned = note::sign(&checkpoint.to_string(), &[&witness, &signer()]).unwrap();
        assert_eq!(Checkpoint::open(&cosigned, signer().verifier()).unwrap(), checkpoint);
        let other = Signer::from_seed("town.example/journal", &[8; 32]).unwrap();
        assert_eq!(
            Checkpoint::open(&signed, other.verifier()),
            Err(Error::Note(note::Error::NoKnownSignature))
        );
        let bigger = signed.replacen("\n3\n", "\n4\n", 1);
        assert!(matches!(Checkpoint::open(&bigger, signer().verifier()), Err(Error::Note(_))));
    }

    #[test]
    fn a_key_signs_only_its_own_log() {
        let checkpoint = Checkpoint::new("elsewhere.example", 3, [9; 32]);
        assert!(matches!(checkpoint.sign(&signer()), Err(Error::OtherOrigin { .. })));
        let forged = note::sign(&checkpoint.to_string(), &[&signer()]).unwrap();
        assert!(matches!(Checkpoint::open(&forged, signer().verifier()), Err(Error::OtherOrigin { .. })));
        let mut sly = Checkpoint::new("town.example/journal", 3, [9; 32]);
        sly.extensions.push("a\nb".into());
        assert!(matches!(sly.sign(&signer()), Err(Error::Malformed(_))));
    }
}
