//! A text and the signatures under it: C2SP signed-note, Ed25519 only (signature type 0x01).
//!
//! ```text
//! the text, any lines, ending in a newline
//!
//! — key.name base64(4-byte key hash || signature)
//! ```
//!
//! The text is separated from the signatures by the last empty line. A note may carry signatures of keys we do not
//! know (witnesses, older keys): they are ignored, as the specification demands; but a signature that claims a known
//! key and does not verify condemns the whole note.
//!
//! Keys are written as in Go's `golang.org/x/mod/sumdb/note`: a verifier key is
//! `name+hash+base64(0x01 || public key)`, a signer key `PRIVATE+KEY+name+hash+base64(0x01 || seed)`, where
//! `hash = SHA-256(name || 0x0A || 0x01 || public key)[..4]` in hexadecimal.

use crate::encode;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// The signature type byte of Ed25519 (C2SP signed-note, "Signature types").
const ED25519: u8 = 0x01;
/// Longest note that is read; journals' notes are a few hundred bytes.
const MAX_BYTES: usize = 1_000_000;
/// Most signatures that are read; the specification asks for at least 16.
const MAX_SIGNATURES: usize = 100;
const PRIVATE: &str = "PRIVATE+KEY+";
const DASH: &str = "— ";

/// What can be wrong with a key or a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A key name is empty, or holds a space, a plus sign or a control character.
    #[error("{0:?} is not a key name: it must not be empty nor hold spaces or plus signs")]
    KeyName(String),
    /// A verifier key is not `name+hash+base64`, its hash is not its own, or its key is not a sound Ed25519 key.
    #[error("not a verifier key of the form name+hash+key")]
    VerifierKey,
    /// A signer key is not `PRIVATE+KEY+name+hash+base64`, or its hash is not its own.
    #[error("not a signer key")]
    SignerKey,
    /// The text to be signed does not end in a newline, or holds a control character.
    #[error("a signed text must be lines, each ending in a newline, without control characters")]
    Text,
    /// The note is not in its format; the reason is in plain words.
    #[error("malformed note: {0}")]
    Malformed(&'static str),
    /// A signature claims a known key and does not verify.
    #[error("the signature of {0} is wrong")]
    WrongSignature(String),
    /// No known key signed the note.
    #[error("none of the signatures is by a known key")]
    NoKnownSignature,
}

/// The public half of a key: checks signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    hash: [u8; 4],
    key: VerifyingKey,
}

/// The secret half of a key: signs. Its `Debug` form never shows the secret.
pub struct Signer {
    verifier: Verifier,
    key: SigningKey,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Name of the key that is said to have signed.
    pub name: String,
    /// The four bytes that tell apart keys of one name.
    pub key_hash: [u8; 4],
    /// The signature itself.
    pub bytes: Vec<u8>,
}

/// A note at least one of whose signatures verified, and none of a known key failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What was signed, final newline included.
    pub text: String,
    /// The signatures by known keys; all verified.
    pub verified: Vec<Signature>,
    /// The signatures by other keys: nothing is known of them.
    pub unknown: Vec<Signature>,
}

impl Verifier {
    /// A key from its name and its 32 public bytes.
    pub fn new(name: &str, public: &[u8; 32]) -> Result<Self, Error> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(public).map_err(|_| Error::VerifierKey)?;
        // A key of small order would "verify" signatures that nobody made.
        if key.is_weak() {
            return Err(Error::VerifierKey);
        }
        Ok(Self { name: name.to_owned(), hash: key_hash(name, public), key })
    }

    /// Reads `name+hash+base64(0x01 || public key)`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (name, hash, public) = split_key(text).ok_or(Error::VerifierKey)?;
        let verifier = Self::new(name, &public)?;
        if verifier.hash == hash { Ok(verifier) } else { Err(Error::VerifierKey) }
    }

    /// The name of the key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The four bytes that tell apart keys of one name.
    pub fn key_hash(&self) -> [u8; 4] {
        self.hash
    }

    /// The 32 public bytes.
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether `signature` is this key's over `text`. Strict verification (`verify_strict`): one signature has one
    /// accepted form.
    pub fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        ed25519_dalek::Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Display for Verifier {
    /// The key as `name+hash+base64`: what a site publishes and a citizen keeps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_key(f, &self.name, self.hash, &self.key.to_bytes())
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({self})")
    }
}

impl Signer {
    /// A key from its name and its 32 secret bytes, which the caller drew at random.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let key = SigningKey::from_bytes(seed);
        let verifier = Verifier::new(name, key.verifying_key().as_bytes())?;
        Ok(Self { verifier, key })
    }

    /// Reads `PRIVATE+KEY+name+hash+base64(0x01 || seed)`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let rest = text.strip_prefix(PRIVATE).ok_or(Error::SignerKey)?;
        let (name, hash, seed) = split_key(rest).ok_or(Error::SignerKey)?;
        let signer = Self::from_seed(name, &seed)?;
        if signer.verifier.hash == hash { Ok(signer) } else { Err(Error::SignerKey) }
    }

    /// The key with its secret, `PRIVATE+KEY+…`: to be stored as carefully as a password.
    pub fn to_secret_text(&self) -> String {
        let mut text = PRIVATE.to_owned();
        write_key(&mut text, &self.verifier.name, self.verifier.hash, self.key.as_bytes())
            .expect("writing into a String never fails");
        text
    }

    /// The public half.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Signs a text.
    pub fn sign(&self, text: &str) -> Signature {
        Signature {
            name: self.verifier.name.clone(),
            key_hash: self.verifier.hash,
            bytes: self.key.sign(text.as_bytes()).to_bytes().to_vec(),
        }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({}, secret kept)", self.verifier)
    }
}

impl fmt::Display for Signature {
    /// The signature line, without its newline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{DASH}{} {}",
            self.name,
            encode::to_base64(&[self.key_hash.as_slice(), &self.bytes].concat())
        )
    }
}

/// Signs `text` (lines, the last one ended by a newline) with each of `signers`, in order.
pub fn sign(text: &str, signers: &[&Signer]) -> Result<String, Error> {
    if !text.ends_with('\n') || has_controls(text) {
        return Err(Error::Text);
    }
    if signers.is_empty() {
        return Err(Error::NoKnownSignature);
    }
    let mut note = format!("{text}\n");
    for signer in signers {
        note.push_str(&signer.sign(text).to_string());
        note.push('\n');
    }
    Ok(note)
}

/// Reads a note and checks it with the keys one knows. Fails unless at least one of them signed, and when a
/// signature that names one of them is wrong.
pub fn open(note: &str, known: &[&Verifier]) -> Result<Opened, Error> {
    let (text, signatures) = split(note)?;
    let mut opened = Opened { text: text.to_owned(), verified: Vec::new(), unknown: Vec::new() };
    for signature in signatures {
        let verifier = known.iter().find(|v| v.name == signature.name && v.hash == signature.key_hash);
        match verifier {
            None => opened.unknown.push(signature),
            Some(verifier) if verifier.verifies(text, &signature.bytes) => opened.verified.push(signature),
            Some(_) => return Err(Error::WrongSignature(signature.name)),
        }
    }
    if opened.verified.is_empty() { Err(Error::NoKnownSignature) } else { Ok(opened) }
}

/// Splits a note into its text and signature lines, checking the format and no signature.
pub fn split(note: &str) -> Result<(&str, Vec<Signature>), Error> {
    if note.len() > MAX_BYTES {
        return Err(Error::Malformed("too long"));
    }
    if has_controls(note) {
        return Err(Error::Malformed("it holds a control character"));
    }
    let blank = note.rfind("\n\n").ok_or(Error::Malformed("no empty line before the signatures"))?;
    let (text, rest) = (&note[..=blank], &note[blank + 2..]);
    let lines = rest.strip_suffix('\n').ok_or(Error::Malformed("no signature, or the last line is cut"))?;
    let signatures = lines.split('\n').map(parse_signature).collect::<Option<Vec<_>>>();
    let signatures = signatures.ok_or(Error::Malformed("a signature line is not “— name base64”"))?;
    if signatures.len() > MAX_SIGNATURES {
        return Err(Error::Malformed("too many signatures"));
    }
    Ok((text, signatures))
}

fn parse_signature(line: &str) -> Option<Signature> {
    let (name, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
    check_name(name).ok()?;
    let bytes = encode::from_base64(signature)?;
    let (key_hash, bytes) = bytes.split_first_chunk::<4>()?;
    (!bytes.is_empty()).then(|| Signature {
        name: name.to_owned(),
        key_hash: *key_hash,
        bytes: bytes.to_vec(),
    })
}

fn check_name(name: &str) -> Result<(), Error> {
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+') {
        return Err(Error::KeyName(name.to_owned()));
    }
    Ok(())
}

fn has_controls(text: &str) -> bool {
    text.bytes().any(|b| b < 0x20 && b != b'\n')
}

fn key_hash(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let [a, b, c, d, ..] = encode::sha256(&[name.as_bytes(), b"\n", &[ED25519], public]);
    [a, b, c, d]
}

/// Splits `name+hash+base64(0x01 || 32 bytes)`. The base64 part may itself hold plus signs.
fn split_key(text: &str) -> Option<(&str, [u8; 4], [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (hash, key) = rest.split_once('+')?;
    let key = encode::from_base64(key)?;
    let (&ED25519, bytes) = key.split_first()? else { return None };
    Some((name, encode::from_hex(hash)?, bytes.try_into().ok()?))
}

fn write_key(out: &mut impl fmt::Write, name: &str, hash: [u8; 4], bytes: &[u8; 32]) -> fmt::Result {
    let key = encode::to_base64(&[[ED25519].as_slice(), bytes].concat());
    write!(out, "{name}+{}+{key}", encode::to_hex(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example published with Go's note package.
    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n";
    const LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn published() -> String {
        format!("{TEXT}\n{LINE}")
    }

    fn key(name: &str, seed: u8) -> Signer {
        Signer::from_seed(name, &[seed; 32]).unwrap()
    }

    #[test]
    fn the_published_example_is_made_and_read() {
        let signer = Signer::parse(SKEY).unwrap();
        let verifier = Verifier::parse(VKEY).unwrap();
        assert_eq!(signer.to_secret_text(), SKEY);
        assert_eq!(signer.verifier(), &verifier);
        assert_eq!(verifier.to_string(), VKEY);
        assert_eq!(verifier.name(), "PeterNeumann");
        assert_eq!(verifier.key_hash(), [0xc7, 0x4f, 0x20, 0xa3]);
        assert_eq!(sign(TEXT, &[&signer]).unwrap(), published());
        let opened = open(&published(), &[&verifier]).unwrap();
        assert_eq!((opened.text.as_str(), opened.verified.len(), opened.unknown.len()), (TEXT, 1, 0));
    }

    #[test]
    fn every_changed_byte_is_refused() {
        let verifier = Verifier::parse(VKEY).unwrap();
        let note = published();
        for at in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                if let Ok(changed) = String::from_utf8(bytes) {
                    assert!(open(&changed, &[&verifier]).is_err(), "byte {at}, bit {bit}");
                }
            }
        }
    }

    #[test]
    fn unknown_signatures_are_ignored_and_false_ones_are_not() {
        let (log, witness, stranger) =
            (key("log.example", 1), key("witness.example", 2), key("x.example", 3));
        let note = sign("a\n\nb\n", &[&witness, &log, &stranger]).unwrap();
        let opened = open(&note, &[log.verifier()]).unwrap();
        assert_eq!(opened.text, "a\n\nb\n");
        assert_eq!(opened.verified.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["log.example"]);
        assert_eq!(opened.unknown.len(), 2);
        assert_eq!(open(&note, &[log.verifier(), witness.verifier()]).unwrap().verified.len(), 2);
        assert_eq!(open(&note, &[key("log.example", 4).verifier()]), Err(Error::NoKnownSignature));
        assert_eq!(open(&note, &[]), Err(Error::NoKnownSignature));
        // A witness's signature over another text condemns the note for whoever knows the witness.
        let other = sign("other\n", &[&witness]).unwrap();
        let forged = format!("{}{}", sign("a\n", &[&log]).unwrap(), other.strip_prefix("other\n\n").unwrap());
        assert!(open(&forged, &[log.verifier()]).is_ok());
        assert_eq!(
            open(&forged, &[log.verifier(), witness.verifier()]),
            Err(Error::WrongSignature("witness.example".into()))
        );
    }

    #[test]
    fn malformed_notes_are_refused() {
        let verifier = Verifier::parse(VKEY).unwrap();
        let bad = [
            String::new(),
            TEXT.to_owned(),
            format!("{TEXT}\n"),
            format!("{TEXT}{LINE}"),
            published().trim_end().to_owned(),
            format!("{}\n", published()),
            published().replace("— ", "- "),
            published().replace("— ", "—  "),
            published().replace('=', ""),
            published().replace("— ", "—\u{a0}"),
            published().replace('\n', "\r\n"),
            format!("{}— PeterNeumann\n", published()),
            format!("{}— x AQID\n", published()),
            format!("{}{}", published(), LINE.repeat(100)),
        ];
        for note in bad {
            assert!(matches!(open(&note, &[&verifier]), Err(Error::Malformed(_))), "{note:?}");
        }
    }

    #[test]
    fn malformed_keys_are_refused() {
        for bad in [
            "",
            "PeterNeumann",
            "PeterNeumann+c74f20a3",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
            SKEY,
        ] {
            assert!(Verifier::parse(bad).is_err(), "{bad}");
        }
        assert!(Signer::parse(VKEY).is_err());
        assert!(Signer::parse(&SKEY.replace("c74f", "c75f")).is_err());
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb"] {
            assert_eq!(Signer::from_seed(name, &[1; 32]).unwrap_err(), Error::KeyName(name.into()));
        }
        // The neutral element, a key of order 1: everything would verify.
        let mut weak = [0; 32];
        weak[0] = 1;
        assert_eq!(Verifier::new("weak", &weak), Err(Error::VerifierKey));
    }

    #[test]
    fn texts_that_are_not_lines_are_not_signed() {
        let signer = key("log.example", 1);
        for text in ["", "a", "a\tb\n", "a\r\n"] {
            assert_eq!(sign(text, &[&signer]), Err(Error::Text), "{text:?}");
        }
        assert_eq!(sign("a\n", &[]), Err(Error::NoKnownSignature));
    }

    #[test]
    fn the_secret_is_not_shown_by_debug() {
        let shown = format!("{:?}", Signer::parse(SKEY).unwrap());
        assert!(!shown.contains("AYEKFALVFGyNhPJEMzD1QIDr"), "{shown}");
        assert!(shown.contains("PeterNeumann"));
    }
}
