//! `parvis init`: what the first-run page does.

use anyhow::{Result, bail};
use clap::Args;
use parvis_civic::{account, settings};
use parvis_core::{Clock as _, FieldErrors, Locale, Localized, SystemClock};
use parvis_ops::audit;
use parvis_store::boxed;

use super::{Outcome, say};
use crate::config::At;
use crate::open;

/// Make a site and its administrator.
#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    at: At,
    /// The organisation's name
    #[arg(long)]
    name: String,
    /// The administrator's address: they sign in with a link sent to it
    #[arg(long, value_name = "MAIL")]
    admin_email: String,
    /// The site's first language
    #[arg(long, default_value = "fr", value_parser = ["fr", "en"])]
    locale: String,
}

impl Init {
    pub(super) async fn run(self) -> Result<Outcome> {
        let name = self.name.trim().to_owned();
        if !(2..=80).contains(&name.chars().count()) {
            bail!("name: between 2 and 80 characters");
        }
        let mut errors = FieldErrors::new();
        let email = account::email::check(&mut errors, "email", &self.admin_email);
        if !errors.is_empty() {
            bail!("admin-email: {:?} is not an address", self.admin_email);
        }
        let locale = Locale::parse(&self.locale).unwrap_or_default();
        let target = self.at.target();
        let store = open::or_new(&target).await?;
        let now = SystemClock.now();
        let made = store
            .write(move |tx| {
                boxed(async move {
                    tx.lock("setup").await?;
                    let mut site = settings::load(tx).await?;
                    if site.ready {
                        return Ok::<_, parvis_civic::Error>(false);
                    }
                    site.ready = true;
                    site.name = Localized::new(name.as_str(), name.as_str());
                    site.default_locale = locale;
                    site.locales = vec![locale, locale.other()];
                    site.contact_email.clone_from(&email);
                    settings::save(tx, &site).await?;
                    let admin = account::ensure_admin(tx, now, &email, locale).await?;
                    account::manage::name_staff(tx, now, admin.id, &name).await?;
                    let detail = serde_json::json!({ "by": "parvis init" });
                    audit::record(tx, now, Some(admin.id), "site-set-up", "site:1", &detail).await?;
                    Ok(true)
                })
            })
            .await;
        store.close().await;
        if !made? {
            bail!("{}: this site is already set up", open::name(&target));
        }
        say(format!(
            "the site {} is ready: parvis serve --site {}",
            open::name(&target),
            open::name(&target)
        ));
        Ok(Outcome::Done)
    }
}
