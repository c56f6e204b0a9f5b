//! The receipt of an act: what was recorded, where, and the proof to keep.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::journal::{self, Entry};
use parvis_core::{Access, Millis};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, Routes, WebError};
use serde_json::Value;

use super::journal::{About, Subject, act_words, is_day_only, plain};
use super::ledger::Ledger;

pub(super) fn routes(ledger: &Arc<Ledger>) -> Routes {
    let ledger = Arc::clone(ledger);
    Routes::new().get("/receipt/{hash}", Access::Anyone, move |cx: Ctx, hash: Path<String>| {
        page(cx, Arc::clone(&ledger), hash)
    })
}

#[derive(Template)]
#[template(path = "public/receipt.html")]
struct Receipt {
    page: Page,
    what: String,
    at: Millis,
    day_only: bool,
    about: String,
    href: String,
    lang: String,
    index: i64,
    size: i64,
    hash: String,
    own: Vec<(String, String)>,
    text: String,
    link: String,
    qr: Html,
}

/// `GET /receipt/{hash}`, and `GET /receipt/{hash}.txt`. The author, signed in, gets the opening too.
async fn page(cx: Ctx, ledger: Arc<Ledger>, Path(hash): Path<String>) -> Result<Response, WebError> {
    let (hash, is_text) = match hash.strip_suffix(".txt") {
        Some(bare) => (bare.to_owned(), true),
        None => (hash, false),
    };
    if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(WebError::NotFound);
    }
    let entry = ledger.entry(&cx, &hash.to_ascii_lowercase()).await?.ok_or(WebError::NotFound)?;
    let is_own = entry.participant_id.is_some() && entry.participant_id == cx.id();
    let asked = entry.clone();
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let about = About::load(tx, std::slice::from_ref(&asked)).await?;
            let opening = if is_own { journal::opening(tx, &asked).await? } else { None };
            Ok::<_, Error>((about, opening))
        })
    });
    let (about, opening) = found.await?;
    let receipt = ledger.receipt(&cx, &entry, opening.as_ref()).await?;
    let text = receipt.to_text().map_err(WebError::internal)?;
    if is_text {
        return Ok(plain(text));
    }
    let Subject { words: about, href, lang } = about.of(&cx, &entry);
    let t = cx.t();
    let link = cx.site.url(&format!("/receipt/{}", entry.hash));
    let qr = Html(qr(&link, &t.with1("public-receipt-qr-alt", "link", link.as_str()))?);
    let page = cx.page(t.get("public-receipt-title")).noindex();
    let own = opening.as_ref().map(|o| opened(&cx, &entry, o)).unwrap_or_default();
    let index = i64::try_from(receipt.index).map_err(WebError::internal)?;
    let size = i64::try_from(receipt.size).map_err(WebError::internal)?;
    let (what, day_only) = (act_words(&cx, &entry.kind), is_day_only(&entry.kind));
    let (at, hash) = (entry.at, entry.hash);
    Ok(cx.render(&Receipt {
        page,
        what,
        at,
        day_only,
        about,
        href,
        lang,
        index,
        size,
        hash,
        own,
        text,
        link,
        qr,
    }))
}

/// What the author alone knows of their act, in words.
fn opened(cx: &Ctx, entry: &Entry, opening: &Value) -> Vec<(String, String)> {
    let t = cx.t();
    let content = &opening["content"];
    let mut own = vec![];
    if entry.kind == "reaction" {
        let key = match content["value"].as_i64() {
            Some(1) => "public-stance-for",
            Some(-1) => "public-stance-against",
            _ => "public-stance-mixed",
        };
        own.push((t.get("public-receipt-stance"), t.get(key)));
    } else {
        for (name, key) in [("title", "public-receipt-text-title"), ("body", "public-receipt-text-body")] {
            let value = content[name].as_str().unwrap_or_default();
            if !value.is_empty() {
                own.push((t.get(key), value.to_owned()));
            }
        }
    }
    if let Some(salt) = opening["salt"].as_str() {
        own.push((t.get("public-receipt-salt"), salt.to_owned()));
    }
    own
}

/// A QR code as an inline picture with its text alternative.
fn qr(link: &str, alt: &str) -> Result<String, WebError> {
    let code = qrcode::QrCode::new(link).map_err(WebError::internal)?;
    let width = code.width();
    let side = width + 8; // four quiet modules on each side, as the standard asks
    let mut path = String::new();
    for (i, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let (x, y) = (i % width + 4, i / width + 4);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    let mut label = String::new();
    parvis_civic::text::escape(alt, &mut label);
    Ok(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" width=\"192\" \
         height=\"192\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_qr_code_is_a_picture_with_a_name() {
        let svg = super::qr("https://town.example/receipt/00", "a <code>").unwrap();
        assert!(svg.contains("role=\"img\" aria-label=\"a &lt;code&gt;\""), "{svg}");
    }
}
