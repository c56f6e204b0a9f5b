//! Canonical JSON: one value, one byte string, so that two people who hash the same value get the same hash.
//!
//! This is RFC 8785 (JSON Canonicalization Scheme): no white space, object keys sorted by their UTF-16 code units
//! (§3.2.3), the shortest escapes (§3.2.2.2), UTF-8 out. Three rules are ours, and each is stricter:
//!
//! - **Numbers are integers** of `i64` or `u64`. A float is refused with [`Error::NotAnInteger`]: exact figures
//!   travel as integers or as text (`"22/7"`), and the ECMAScript float printing of RFC 8785 §3.2.2.3 is thus not
//!   needed. Integers beyond 2^53 keep all their digits here, where RFC 8785 would refuse or round them; a value
//!   meant to be read by JavaScript puts them in a string.
//! - **Texts and keys are put in Unicode NFC**, so that an « é » typed in two ways is one text. RFC 8785 leaves
//!   texts as they are: output of this module is a fixed point of RFC 8785, the converse need not hold.
//! - **Two keys that become equal once normalised** are refused ([`Error::DuplicateKey`]).

use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt::Write as _;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Why a value has no canonical form, or some bytes are not one. `at` is a JSON pointer (RFC 6901), empty for the
/// whole value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A number with a fraction or an exponent, or too large for 64 bits.
    #[error("at \"{at}\": {number} is not a 64-bit integer")]
    NotAnInteger {
        /// Where the number stands.
        at: String,
        /// The number as it was given.
        number: String,
    },
    /// Two keys of one object are the same text once in NFC.
    #[error("at \"{at}\": two keys are both {key:?} once normalised")]
    DuplicateKey {
        /// Where the object stands.
        at: String,
        /// The key in NFC.
        key: String,
    },
    /// The bytes are not JSON at all.
    #[error("not JSON: {0}")]
    Syntax(String),
    /// The bytes are JSON, written in another way than the canonical one.
    #[error("JSON, but not in its canonical form")]
    NotCanonical,
}

/// The canonical bytes of `value`.
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, Error> {
    to_text(value).map(String::into_bytes)
}

/// The canonical form of `value` as text (the same bytes as [`to_bytes`]).
pub fn to_text(value: &Value) -> Result<String, Error> {
    let mut out = String::new();
    write_value(&mut out, value)?;
    Ok(out)
}

/// Reads bytes that must be canonical: a value written in any other way (spaces, key order, repeated key, escapes,
/// float, text not in NFC) is refused. A leaf or a manifest that passes here has no second reading.
pub fn parse(bytes: &[u8]) -> Result<Value, Error> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| Error::Syntax(e.to_string()))?;
    if to_bytes(&value)? == bytes { Ok(value) } else { Err(Error::NotCanonical) }
}

fn write_value(out: &mut String, value: &Value) -> Result<(), Error> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number)?,
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_value(out, item).map_err(|e| e.below(&i.to_string()))?;
            }
            out.push(']');
        }
        Value::Object(map) => write_object(out, map)?,
    }
    Ok(())
}

fn write_object(out: &mut String, map: &Map<String, Value>) -> Result<(), Error> {
    let mut pairs: Vec<(Cow<'_, str>, &Value)> = map.iter().map(|(key, value)| (nfc(key), value)).collect();
    // RFC 8785 §3.2.3: by UTF-16 code units, which differs from UTF-8 order beyond the basic plane.
    pairs.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    if let Some(twice) = pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(Error::DuplicateKey { at: String::new(), key: twice[0].0.to_string() });
    }
    out.push('{');
    for (i, (key, value)) in pairs.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_escaped(out, key);
        out.push(':');
        write_value(out, value).map_err(|e| e.below(key))?;
    }
    out.push('}');
    Ok(())
}

fn write_number(out: &mut String, number: &Number) -> Result<(), Error> {
    let written = if let Some(n) = number.as_i64() {
        write!(out, "{n}")
    } else if let Some(n) = number.as_u64() {
        write!(out, "{n}")
    } else {
        return Err(Error::NotAnInteger { at: String::new(), number: number.to_string() });
    };
    written.expect("writing into a String never fails");
    Ok(())
}

fn write_text(out: &mut String, text: &str) {
    write_escaped(out, &nfc(text));
}

fn write_escaped(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        // RFC 8785 §3.2.2.2: the two-character escapes where JSON has one, \u00xx in lower case for the other
        // controls, everything else as it is.
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                write!(out, "\\u{:04x}", u32::from(c)).expect("writing into a String never fails");
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

impl Error {
    /// The same error seen from one level up: `step` is the key or index that leads to it.
    fn below(mut self, step: &str) -> Self {
        if let Self::NotAnInteger { at, .. } | Self::DuplicateKey { at, .. } = &mut self {
            let step = step.replace('~', "~0").replace('/', "~1");
            *at = format!("/{step}{at}");
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn text(value: &Value) -> String {
        to_text(value).unwrap()
    }

    #[test]
    fn sorts_keys_by_utf16_as_rfc_8785_section_3_2_3() {
        // The RFC's own example: the emoji (surrogates d83d de00) sorts before U+FB33, though its UTF-8 is larger.
        let value = json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew", "1": "One",
            "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "Latin"});
        // U+FB33 itself decomposes under NFC (composition exclusion), so the key written is U+05D3 U+05BC and
        // sorts before the euro sign.
        assert_eq!(
            text(&value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\"\u{f6}\":\"Latin\",\
             \"\u{5d3}\u{5bc}\":\"Hebrew\",\"\u{20ac}\":\"Euro Sign\",\"\u{1f600}\":\"Emoji\"}"
        );
        // A pair where UTF-16 and UTF-8 orders differ and NFC changes nothing.
        assert_eq!(text(&json!({"\u{ff5e}": 1, "\u{1f600}": 2})), "{\"\u{1f600}\":2,\"\u{ff5e}\":1}");
    }

    #[test]
    fn escapes_as_rfc_8785_section_3_2_2_2() {
        let value = json!("\u{20ac}$\u{f}\nA'\u{42}\u{22}\u{5c}\u{5c}\u{22}/\u{8}\u{c}\r\t\u{7f}\u{2028}");
        assert_eq!(text(&value), "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\r\\t\u{7f}\u{2028}\"");
    }

    #[test]
    fn integers_only() {
        assert_eq!(
            text(&json!([0, -1, i64::MIN, u64::MAX])),
            "[0,-1,-9223372036854775808,18446744073709551615]"
        );
        let error = to_bytes(&json!({"a/b": [1, {"~": 1.5}]})).unwrap_err();
        assert_eq!(error, Error::NotAnInteger { at: "/a~1b/1/~0".into(), number: "1.5".into() });
        for float in ["1.0", "1e3", "-0", "18446744073709551616"] {
            assert!(matches!(parse(float.as_bytes()), Err(Error::NotAnInteger { .. })), "{float}");
        }
    }

    #[test]
    fn texts_and_keys_are_nfc() {
        assert_eq!(text(&json!({"e\u{301}": "e\u{301}"})), "{\"é\":\"é\"}");
        let error = to_bytes(&json!({"x": {"e\u{301}": 1, "\u{e9}": 2}})).unwrap_err();
        assert_eq!(error, Error::DuplicateKey { at: "/x".into(), key: "é".into() });
    }

    #[test]
    fn parse_refuses_every_other_spelling() {
        assert_eq!(parse(br#"{"a":[1,"x"],"b":null}"#).unwrap(), json!({"a": [1, "x"], "b": null}));
        for other in [
            r#"{"b":null,"a":1}"#,
            r#"{"a": 1}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"a":"\u0041"}"#,
            r#"{"a":"\/"}"#,
            "{\"a\":1}\n",
            "\"e\u{301}\"",
        ] {
            assert_eq!(parse(other.as_bytes()), Err(Error::NotCanonical), "{other}");
        }
        assert!(matches!(parse(b"{\"a\":1"), Err(Error::Syntax(_))));
        assert!(matches!(parse(b"\xff"), Err(Error::Syntax(_))));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[ -~é]{0,4}", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_itself(value in any_json()) {
            let bytes = to_bytes(&value).unwrap();
            let read = parse(&bytes).unwrap();
            prop_assert_eq!(to_bytes(&read).unwrap(), bytes);
        }
    }
}
