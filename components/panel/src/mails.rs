//! Mails to those who left an e-mail address: they are drawn, or their seat went to somebody else. They go through the outbox, in
//! the language in which the person answered, and are blanked when names are erased.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::account::email;
use parvis_civic::process::DAY;
use parvis_civic::settings::Settings;
use parvis_core::{Locale, Millis};
use parvis_i18n::{Catalog, T};
use parvis_ops::mail::{self, Mail};
use parvis_store::Tx;
use parvis_web::Ctx;

use crate::admin::euros;
use crate::model::Seat;
use crate::place::Place;
use crate::store::{self, Person};

/// The kind of these mails in the outbox.
pub(crate) const KIND: &str = "panel";

/// What mails are written with.
pub(crate) struct Desk {
    catalog: Arc<Catalog>,
    settings: Arc<Settings>,
    url: String,
}

/// The e-mail address of a contact, when it is one.
pub(crate) fn address(contact: &str) -> Option<&str> {
    Some(contact.trim()).filter(|contact| email::is_plausible(contact))
}

impl Desk {
    /// Of this site.
    pub(crate) fn of(cx: &Ctx) -> Self {
        Self { catalog: Arc::clone(&cx.site.catalog), settings: cx.site.settings(), url: cx.site.url("") }
    }

    /// Writes to those whom a draw seated, and to those whom it replaced.
    ///
    /// # Errors
    /// The database.
    pub(crate) async fn after_draw(
        &self,
        tx: &mut Tx<'_>,
        now: Millis,
        place: &Place,
        number: i64,
    ) -> Result<(), Error> {
        let rounds = store::rounds(tx, place.activity.id).await?;
        let gone = |n: i64| rounds.iter().find(|r| r.number == n).map(|r| r.list("gone")).unwrap_or_default();
        let (gone, before) = (gone(number), gone(number - 1));
        for person in store::drawn(tx, place.activity.id).await? {
            if person.seat == Seat::Drawn && person.round == Some(number) {
                self.queue(tx, now, place, &person, |t| self.seated(t, now, place, number, &person)).await?;
            } else if gone.contains(&person.pseudonym) && !before.contains(&person.pseudonym) {
                self.queue(tx, now, place, &person, |t| self.replaced(t, place, number, &person)).await?;
            }
        }
        Ok(())
    }

    async fn queue(
        &self,
        tx: &mut Tx<'_>,
        now: Millis,
        place: &Place,
        person: &Person,
        words: impl FnOnce(&T) -> (String, Vec<String>),
    ) -> Result<(), Error> {
        let Some(to) = address(&person.contact) else { return Ok(()) };
        let t = self.catalog.t(self.language(person.locale), self.settings.time_zone());
        let (subject, mut lines) = words(&t);
        lines.insert(0, t.with1("panel-mail-hello", "name", person.name.as_str()));
        let site = self.settings.name.get(t.locale);
        let foot = t.with1("panel-mail-foot", "site", site);
        lines.push(match place.rules.keep_until {
            Some(at) => format!("{foot} {}", t.with1("panel-mail-until", "date", t.date(at))),
            None => foot,
        });
        let reply_to = Some(self.settings.contact_email.trim()).filter(|a| !a.is_empty()).map(str::to_owned);
        let mail = Mail {
            to: to.to_owned(),
            subject,
            text: lines.join("\n\n"),
            locale: t.locale,
            kind: KIND.to_owned(),
            reply_to,
            ..Mail::default()
        };
        mail::queue(tx, now, mail).await?;
        Ok(())
    }

    /// The language of a person, when the site has it.
    fn language(&self, wanted: Locale) -> Locale {
        if self.settings.locales.contains(&wanted) { wanted } else { self.settings.default_locale }
    }

    /// Where the draw can be read, and the name that the person has there.
    fn link(&self, t: &T, place: &Place, number: i64, person: &Person) -> String {
        let url = format!("{}{}", self.url, place.to(&format!("draw/{number}")));
        t.with2("panel-mail-link", "url", url, "pseudonym", person.pseudonym.as_str())
    }

    fn seated(
        &self,
        t: &T,
        now: Millis,
        place: &Place,
        number: i64,
        person: &Person,
    ) -> (String, Vec<String>) {
        let title = place.activity.title.get(t.locale);
        let mut lines = vec![
            t.with1("panel-mail-drawn", "title", title),
            t.with1("panel-mail-drawn-means", "seats", place.rules.seats),
        ];
        if place.rules.allowance > 0 {
            lines.push(t.with1("panel-mail-allowance", "amount", euros(t, place.rules.allowance)));
        }
        let until = now + i64::from(place.rules.days()) * DAY;
        lines.push(t.with1("panel-mail-drawn-answer", "date", t.date(until)));
        lines.push(self.link(t, place, number, person));
        (t.with1("panel-mail-drawn-subject", "title", title), lines)
    }

    fn replaced(&self, t: &T, place: &Place, number: i64, person: &Person) -> (String, Vec<String>) {
        let title = place.activity.title.get(t.locale);
        let lines = vec![
            t.with1("panel-mail-replaced", "title", title),
            t.get("panel-mail-replaced-means"),
            self.link(t, place, number, person),
        ];
        (t.with1("panel-mail-replaced-subject", "title", title), lines)
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_contact_is_written_to_only_when_it_is_an_address() {
        let read =
            [" eve@example.org ", "0299000000", "eve@", "@example.org", "eve @example.org", "eve@local"];
        assert_eq!(read.map(address), [Some("eve@example.org"), None, None, None, None, None]);
    }
}
