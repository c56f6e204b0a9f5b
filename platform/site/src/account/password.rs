//! Choosing, changing and removing a password.

use axum::response::Response;
use parvis_civic::account::{password as civic, profile};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Limit, WebError};

use super::overview::AccountPage;
use super::site_name;

pub(super) async fn change(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let mut errors = FieldErrors::new();
    check_present(&cx, &fields, &mut errors).await?;
    civic::check(&mut errors, "new-password", fields.get("new-password"), Some(&me));
    if !errors.is_empty() {
        return Ok(AccountPage::new(&cx).await?.invalid(&cx, &errors));
    }
    let hash = civic::hash(fields.get("new-password").to_owned()).await?;
    save(&cx, Some(hash)).await?;
    Ok(cx.redirect_with("/account", "account-password-saved", &[]))
}

pub(super) async fn remove(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    check_present(&cx, &fields, &mut errors).await?;
    if !errors.is_empty() {
        return Ok(AccountPage::new(&cx).await?.invalid(&cx, &errors));
    }
    save(&cx, None).await?;
    Ok(cx.redirect_with("/account", "account-password-removed", &[]))
}

/// Whoever has a password gives it before changing it: an unattended browser is not enough.
pub(super) async fn check_present(
    cx: &Ctx,
    fields: &Fields,
    errors: &mut FieldErrors,
) -> Result<(), WebError> {
    let me = cx.me()?;
    if !me.has_password {
        return Ok(());
    }
    cx.limit(Limit::SignInFor(&format!("password of {}", me.id)))?;
    let id = me.id;
    let hash = cx.store().read(move |tx| boxed(profile::password_hash(tx, id))).await?;
    if !fields.has("password") {
        errors.add("password", "civic-account-password-empty");
    } else if !civic::verify(fields.get("password").to_owned(), hash).await? {
        errors.add("password", "account-present-password-wrong");
    }
    Ok(())
}

async fn save(cx: &Ctx, hash: Option<String>) -> Result<(), WebError> {
    let me = cx.me()?.clone();
    let (now, t, site) = (cx.now, cx.t().clone(), site_name(cx));
    let keep = cx.visitor.session.as_ref().map(|s| s.token_hash.clone());
    let id = me.id;
    cx.store()
        .write(move |tx| {
            boxed(async move {
                profile::set_password(tx, now, &me, hash.as_deref(), keep.as_deref(), &site, &t).await
            })
        })
        .await?;
    cx.site.forget_participant(id);
    Ok(())
}
