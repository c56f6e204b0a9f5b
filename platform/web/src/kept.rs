//! Forms sent by somebody who was not signed in: kept for an hour, offered again after signing in.

use parvis_core::Millis;
use parvis_store::{Tx, p};
use sha2::{Digest, Sha256};

use crate::page::random_hex;

/// How long a form is kept.
pub const KEPT_FOR: Millis = 3_600_000;
/// The largest form kept, in bytes of JSON.
const LARGEST: usize = 100_000;

/// A form that waits for its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was sent to.
    pub path: String,
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
}

/// The fields that people write in, and the names of their labels.
const WRITTEN: [(&str, &str); 6] = [
    ("title", "web-wrote-title"),
    ("body", "web-wrote-body"),
    ("explanation", "web-wrote-explanation"),
    ("summary", "web-wrote-summary"),
    ("link", "web-wrote-link"),
    ("address", "web-wrote-address"),
];

/// What a person wrote in a form, each text after the key of its label. Keys, numbers and choices are left out:
/// their values say nothing to a reader.
pub(crate) fn written(fields: &[(String, String)]) -> Vec<(&'static str, String)> {
    let label = |name: &str, value: &str| {
        let plain = name.strip_suffix("_fr").or_else(|| name.strip_suffix("_en")).unwrap_or(name);
        let known = WRITTEN.iter().find(|(field, _)| *field == plain).map(|(_, label)| *label);
        // A field that is not known holds a text when it holds several words.
        known.or_else(|| value.contains(char::is_whitespace).then_some("web-your-text"))
    };
    let shown = |name: &str, value: &str| {
        let technical = matches!(name, "idem" | "about" | "next" | "email") || name.contains("password");
        !technical && !name.starts_with('_') && !value.is_empty()
    };
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.trim()))
        .filter(|(name, value)| shown(name, value))
        .filter_map(|(name, value)| Some((label(name, value)?, value.to_owned())))
        .collect()
}

/// The key of the words of a vote, when the form is a vote on a text.
pub(crate) fn vote(kept: &Kept) -> Option<&'static str> {
    let field = |name: &str| kept.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    // The same address takes the support of an argument: that form does not say what it is about.
    field("about").filter(|_| kept.path.ends_with("/vote"))?;
    match field("value")? {
        "1" => Some("web-vote-for"),
        "0" => Some("web-vote-mixed"),
        "-1" => Some("web-vote-against"),
        _ => None,
    }
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Keeps a form; gives the token that finds it again, or `None` when it is too large to be kept.
///
/// # Errors
/// The database.
pub async fn stash(
    tx: &mut Tx<'_>,
    now: Millis,
    path: &str,
    fields: &[(String, String)],
) -> Result<Option<String>, parvis_civic::Error> {
    let json = serde_json::to_string(fields).unwrap_or_default();
    if json.len() > LARGEST || path.len() > 1000 {
        return Ok(None);
    }
    let token = random_hex::<16>();
    tx.exec("delete from kept_form where expires_at <= $1", &p![now]).await?;
    tx.exec(
        "insert into kept_form (token_hash, path, form, expires_at) values ($1, $2, $3, $4)",
        &p![hash(&token), path, json, now + KEPT_FOR],
    )
    .await?;
    Ok(Some(token))
}

/// The form of a token, while it is kept.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, now: Millis, token: &str) -> Result<Option<Kept>, parvis_civic::Error> {
    let row = tx
        .opt(
            "select path, form from kept_form where token_hash = $1 and expires_at > $2",
            &p![hash(token), now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let fields = serde_json::from_str(&row.get::<String>("form")?).unwrap_or_default();
    Ok(Some(Kept { path: row.get("path")?, fields }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_was_written_is_shown() {
        let sent = fields(&[
            ("about", "Publier un argument"),
            ("idem", "0123 4567"),
            ("side", "-1"),
            ("reason", "offensive"),
            ("section", "12345"),
            ("new_password", "quatre mots à retenir"),
            ("title_fr", "Bancs"),
            ("body", " Un banc. "),
            ("note", "À l’ombre, donc."),
            ("explanation", ""),
        ]);
        let shown = written(&sent);
        let shown: Vec<_> = shown.iter().map(|(label, text)| (*label, text.as_str())).collect();
        let expected = [
            ("web-wrote-title", "Bancs"),
            ("web-wrote-body", "Un banc."),
            ("web-your-text", "À l’ombre, donc."),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_vote_is_said_in_words() {
        let kept = |path: &str, of: &[(&str, &str)]| Kept { path: path.to_owned(), fields: fields(of) };
        let about = ("about", "Voter sur « A »");
        assert_eq!(vote(&kept("/p/a/b/c/1/vote", &[about, ("value", "-1")])), Some("web-vote-against"));
        assert_eq!(vote(&kept("/p/a/b/c/1/vote", &[about, ("value", "none")])), None);
        assert_eq!(vote(&kept("/p/a/b/c/1/vote", &[("value", "1")])), None);
        assert_eq!(vote(&kept("/p/a/b/c/1/follow", &[about, ("value", "1")])), None);
    }
}
