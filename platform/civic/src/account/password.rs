//! Passwords, for those who want one: argon2id, no rule on what they are made of but their length.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use parvis_core::FieldErrors;
use tokio::sync::Semaphore;

use super::Participant;
use super::pseudonym::fold;
use crate::Error;

/// Fewest and most characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;

/// The commonest passwords of twelve characters and more, one a line.
const COMMON: &str = include_str!("common.txt");

/// How many passwords are hashed at once: each takes 19 MiB and a core for some hundredths of a second.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The hash of nothing anybody types: an unknown address takes as long to refuse as a known one.
static DUMMY: LazyLock<String> = LazyLock::new(|| {
    Argon2::default().hash_password(b"nobody has this password").map(|h| h.to_string()).unwrap_or_default()
});

/// Checks a new password: its length, that it is none of the commonest, and not the person's own name or address.
pub fn check(errors: &mut FieldErrors, field: &'static str, password: &str, person: Option<&Participant>) {
    let length = password.chars().count();
    if length == 0 {
        errors.add(field, "civic-account-password-empty");
        return;
    }
    let args = |limit: &'static str, n: &usize| vec![(limit, n.to_string()), ("count", length.to_string())];
    if length < *LENGTH.start() {
        errors.add_with(field, "civic-account-password-short", args("min", LENGTH.start()));
        return;
    }
    if length > *LENGTH.end() {
        errors.add_with(field, "core-too-long", args("max", LENGTH.end()));
        return;
    }
    let folded = fold(password);
    let bare = folded.trim_end_matches(|c: char| c.is_numeric());
    let own = |own: &str| {
        let own = fold(own);
        own.chars().count() > 3 && (folded == own || bare == own || folded == format!("{own}{own}"))
    };
    let is_own = person.is_some_and(|p| {
        let email = p.email.as_deref().unwrap_or_default();
        own(&p.pseudonym) || own(email) || own(email.split('@').next().unwrap_or_default())
    });
    let mut chars: Vec<char> = password.chars().collect();
    chars.sort_unstable();
    chars.dedup();
    if is_own {
        errors.add(field, "civic-account-password-own");
    } else if chars.len() < 4 || is_run(password) || COMMON.lines().any(|common| fold(common) == folded) {
        errors.add(field, "civic-account-password-common");
    }
}

/// `abcdefghijkl`, `123456789012`, and the like backwards.
fn is_run(password: &str) -> bool {
    let codes: Vec<u32> = password.chars().map(u32::from).collect();
    let steps = |by: i64| {
        let next = |w: &&[u32]| i64::from(w[1]) - i64::from(w[0]) == by;
        codes.windows(2).filter(next).count() + 3 >= codes.len()
    };
    steps(1) || steps(-1)
}

/// Hashes a password (argon2id, 19 MiB, two passes), away from the threads that answer.
///
/// # Errors
/// When there is no randomness or no memory.
pub async fn hash(password: String) -> Result<String, Error> {
    in_turn(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|h| h.to_string()).map_err(|e| Error::Internal(format!("argon2: {e}")))
    })
    .await?
}

/// Whether the password is the one that was hashed. Without a hash it takes as long, and is false.
///
/// # Errors
/// When the work was interrupted.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    if password.chars().count() > *LENGTH.end() {
        return Ok(false);
    }
    in_turn(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY.clone());
        let right = PasswordHash::new(&hash)
            .is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok());
        right && known
    })
    .await
}

async fn in_turn<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, Error> {
    let _turn = TURNS.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Status;
    use parvis_core::{Locale, Role};

    fn key(password: &str) -> Option<&'static str> {
        let person = Participant {
            id: 1,
            email: Some("marie.dupont@example.org".into()),
            pseudonym: "Marie du quartier".into(),
            role: Role::Participant,
            locale: Locale::Fr,
            status: Status::Active,
            has_password: false,
            created_at: 0,
            terms_at: None,
            notify_replies: true,
            notify_follows: true,
        };
        let mut errors = FieldErrors::new();
        check(&mut errors, "password", password, Some(&person));
        errors.iter().next().map(|e| e.key)
    }

    #[test]
    fn only_what_is_easily_guessed_is_refused() {
        for fine in ["trois petits chats", "correct horse battery", "ééééàààùùùîîî", "aB3$aB3$aB3$"]
        {
            assert_eq!(key(fine), None, "{fine}");
        }
        for (bad, expected) in [
            ("", "civic-account-password-empty"),
            ("court", "civic-account-password-short"),
            ("aaaaaaaaaaaaaa", "civic-account-password-common"),
            ("abcdefghijklmn", "civic-account-password-common"),
            ("987654321098", "civic-account-password-common"),
            ("motdepasse123", "civic-account-password-common"),
            ("Password1234", "civic-account-password-common"),
            ("marie du quartier", "civic-account-password-own"),
            ("marie.dupont1984", "civic-account-password-own"),
            ("marie.dupont@example.org", "civic-account-password-own"),
        ] {
            assert_eq!(key(bad), Some(expected), "{bad}");
        }
        assert_eq!(key(&"ab cd".repeat(30)), Some("core-too-long"));
    }

    #[tokio::test]
    async fn a_hash_verifies_its_password_only() {
        let made = hash("trois petits chats".into()).await.unwrap();
        assert!(made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{made}");
        assert!(verify("trois petits chats".into(), Some(made.clone())).await.unwrap());
        assert!(!verify("trois petits chiens".into(), Some(made)).await.unwrap());
        assert!(!verify("nobody has this password".into(), None).await.unwrap());
        assert!(!verify("x".repeat(1000), None).await.unwrap());
    }
}
