//! Signing in with one click, on a demonstration only.

use axum::extract::Path;
use axum::response::Response;
use http::HeaderMap;
use parvis_civic::account::{self, manage, profile, pseudonym};
use parvis_civic::settings;
use parvis_core::Role;
use parvis_store::{Tx, boxed};
use parvis_web::{Ctx, Fields, WebError};

use super::{agent, enter_with, open_session, session_before};

/// The name of the setting that holds the address of the account that stands for a role.
fn setting(role: Role) -> String {
    format!("demo-sign-in-{}", role.code())
}

/// Says which account one click signs in to, for its role: whoever fills a demonstration calls this.
///
/// # Errors
/// The database.
pub async fn appoint(tx: &mut Tx<'_>, role: Role, address: &str) -> Result<(), parvis_civic::Error> {
    settings::put(tx, &setting(role), address).await
}

/// The address of the account that stands for a role; one is made up when nobody was appointed.
async fn address(tx: &mut Tx<'_>, role: Role) -> Result<String, parvis_civic::Error> {
    let appointed = settings::get(tx, &setting(role)).await?;
    Ok(appointed.unwrap_or_else(|| format!("{}@demo.parvis.example", role.code())))
}

pub(super) async fn enter(
    cx: Ctx,
    Path(role): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, WebError> {
    let role = Role::parse(&role).filter(|_| cx.site.config.demo).ok_or(WebError::NotFound)?;
    let (now, locale, device, before) = (cx.now, cx.locale(), agent(&headers), session_before(&cx));
    let name = match role {
        Role::Participant => "Camille",
        Role::Moderator => "Dominique",
        Role::Editor => "Claude",
        Role::Administrator => "Alix",
    };
    let opened = cx.store().write::<_, parvis_civic::Error, _>(move |tx| {
        boxed(async move {
            let address = address(tx, role).await?;
            let mut who = match manage::by_email(tx, &address).await? {
                Some(who) if who.role == role => who,
                _ => account::create_staff(tx, now, None, &address, role, locale).await?,
            };
            if who.terms_at.is_none() {
                let pseudonym = if pseudonym::is_free(tx, name, who.id).await? {
                    name.to_owned()
                } else {
                    pseudonym::suggest(tx, name, who.id).await?.into_iter().next().unwrap_or_default()
                };
                let profile = profile::Profile { pseudonym, locale, terms: true };
                who = profile::welcome(tx, now, who.id, &profile).await?;
            }
            let session = open_session(tx, now, &who, &device, before).await?;
            Ok((who, session))
        })
    });
    let (who, session) = opened.await?;
    let next = fields.get("next");
    let next = if next.is_empty() && role != Role::Participant { "/admin" } else { next };
    Ok(enter_with(&cx, &who, &session, next))
}
