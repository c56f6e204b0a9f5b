//! Mail addresses, and changing one's own.

use parvis_core::{FieldErrors, Millis};
use parvis_ops::mail::{self, Mail};
use parvis_store::{Tx, p};

use super::link::{self, Asked, Purpose, Request};
use super::{LinkProblem, Participant, find};
use crate::{Error, settings};

/// An address as it is kept and compared: without spaces around, in lower case.
pub fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Checks that this can be an address (whether it is one, only a mail tells) and gives it back folded.
pub fn check(errors: &mut FieldErrors, field: &'static str, value: &str) -> String {
    let email = fold(value);
    if email.is_empty() {
        errors.add(field, "civic-account-email-empty");
    } else if !is_plausible(&email) {
        errors.add(field, "core-email-invalid");
    }
    email
}

/// Whether this can be an address.
pub fn is_plausible(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let labels = domain.split('.').collect::<Vec<_>>();
    email.len() <= 254
        && !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
        && labels.len() >= 2
        && labels.iter().all(|l| {
            !l.is_empty()
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && labels.last().is_some_and(|l| l.chars().count() >= 2)
}

/// Sends a link to the new address; the change is done when it is used. When the address belongs to somebody
/// else, the mail says so to whoever reads it, and the page says the same as always.
///
/// # Errors
/// The database.
pub async fn request_change(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    request: &Request<'_>,
) -> Result<Asked, Error> {
    let email = fold(request.email);
    let taken: i64 = tx
        .value("select count(*) from participant where email = $1 and id <> $2", &p![&email, who.id])
        .await?;
    if taken == 0 {
        return link::send(tx, now, request, Purpose::Email, Some(who.id)).await;
    }
    if link::recent(tx, now, &email).await? >= link::MOST {
        return Ok(Asked::TooMany);
    }
    link::note(tx, now, &email).await?;
    let t = request.t;
    let mail = Mail {
        to: email,
        subject: t.with1("civic-account-mail-taken-subject", "site", request.site_name),
        text: t.with1("civic-account-mail-taken-body", "site", request.site_name),
        locale: t.locale,
        kind: "account".into(),
        ..Mail::default()
    };
    mail::queue(tx, now, mail).await?;
    Ok(Asked::Sent)
}

/// Uses the link sent to a new address: it becomes the person's, and the old one is told.
///
/// # Errors
/// [`Error::Conflict`] when the address went to somebody else meanwhile; the database.
pub async fn confirm_change(
    tx: &mut Tx<'_>,
    now: Millis,
    token: &str,
    site_name: &str,
    t: &parvis_i18n::T,
) -> Result<Result<Participant, LinkProblem>, Error> {
    let link = match link::consume(tx, now, token, Purpose::Email).await? {
        Ok(link) => link,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(who) = find(tx, link.participant_id.unwrap_or_default()).await? else {
        return Ok(Err(LinkProblem::Unknown));
    };
    let taken: i64 = tx
        .value("select count(*) from participant where email = $1 and id <> $2", &p![&link.email, who.id])
        .await?;
    if taken > 0 {
        return Err(Error::Conflict("civic-account-email-taken"));
    }
    tx.exec("update participant set email = $2 where id = $1", &p![who.id, &link.email]).await?;
    if let Some(old) = who.email.as_deref().filter(|old| *old != link.email) {
        tx.exec("delete from sign_in_link where email = $1", &p![old]).await?;
        let site = settings::load(tx).await?;
        let mail = Mail {
            to: old.to_owned(),
            subject: t.with1("civic-account-mail-changed-subject", "site", site_name),
            text: t.with2(
                "civic-account-mail-changed-body",
                "site",
                site_name,
                "contact",
                if site.contact_email.is_empty() { site_name } else { &site.contact_email },
            ),
            locale: t.locale,
            kind: "account".into(),
            ..Mail::default()
        };
        mail::queue(tx, now, mail).await?;
    }
    find(tx, who.id).await?.ok_or(Error::NotFound).map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_have_are_accepted_and_mistakes_are_not() {
        for fine in
            ["ana@example.org", " Ana.B+parvis@Mairie.Exemple.FR ", "o'neil@example.co.uk", "é@exemple.fr"]
        {
            let mut errors = FieldErrors::new();
            check(&mut errors, "email", fine);
            assert!(errors.is_empty(), "{fine}");
        }
        for bad in [
            "",
            "ana",
            "ana@",
            "@example.org",
            "ana@example",
            "ana@example.",
            "a b@example.org",
            "ana@exa mple.org",
            "ana@example.org\r\nBcc: x@y.zz",
            "a@@example.org",
            "<ana@example.org>",
            "a..b@example.org",
            "ana@ex_a.org",
        ] {
            let mut errors = FieldErrors::new();
            check(&mut errors, "email", bad);
            assert!(!errors.is_empty(), "{bad}");
        }
        assert_eq!(fold("  Ana@Example.ORG "), "ana@example.org");
    }
}
