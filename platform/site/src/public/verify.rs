//! How anyone can check, and a box that checks a pasted receipt.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use parvis_core::{Access, FieldErrors};
use parvis_transparency::encode;
use parvis_transparency::receipt::Receipt;
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

use super::ledger::Ledger;

/// The longest receipt that is read: a long text with its proof.
const LONGEST: usize = 200_000;

pub(super) fn routes(ledger: &Arc<Ledger>) -> Routes {
    let (a, b) = (Arc::clone(ledger), Arc::clone(ledger));
    Routes::new().get_cached("/verify", Access::Anyone, move |cx: Ctx| page(cx, Arc::clone(&a))).post(
        "/verify",
        Access::Anyone,
        move |cx: Ctx, fields: Fields| check(cx, Arc::clone(&b), fields),
    )
}

struct Check {
    ok: bool,
    text: String,
}

struct Outcome {
    holds: bool,
    sentence: String,
    checks: Vec<Check>,
    leaf: String,
    content: String,
}

#[derive(Template)]
#[template(path = "public/verify.html")]
struct View {
    page: Page,
    receipt: String,
    outcome: Option<Outcome>,
    key: String,
}

impl View {
    fn sign(&self, ok: &bool) -> &'static str {
        if *ok { "yes" } else { "no" }
    }

    fn word(&self, ok: &bool) -> &'static str {
        if *ok { "public-verify-ok" } else { "public-verify-wrong" }
    }
}

fn view(cx: &Ctx, key: String, errors: &FieldErrors) -> View {
    let t = cx.t();
    let page = cx
        .page_with(t.get("public-verify-title"), errors)
        .describe(t.get("public-verify-lede"))
        .nav("journal")
        .crumb(t.get("public-journal-title"), "/journal");
    View { page, receipt: String::new(), outcome: None, key }
}

async fn page(cx: Ctx, ledger: Arc<Ledger>) -> Result<Response, WebError> {
    let key = ledger.key(&cx).await?.to_string();
    Ok(cx.render(&view(&cx, key, &FieldErrors::new())))
}

async fn check(cx: Ctx, ledger: Arc<Ledger>, fields: Fields) -> Result<Response, WebError> {
    let key = ledger.key(&cx).await?;
    let mut errors = FieldErrors::new();
    let text = errors.text("receipt", fields.get("receipt"), 1, LONGEST, "public-verify-empty");
    if errors.on("receipt").is_some() {
        return Ok(cx.render_invalid(&View { receipt: text, ..view(&cx, key.to_string(), &errors) }));
    }
    ledger.size(&cx).await?;
    let outcome = examine(&cx, &ledger, &key, &text);
    let mut view = view(&cx, key.to_string(), &errors);
    (view.receipt, view.outcome) = (text, Some(outcome));
    Ok(cx.render(&view))
}

/// Checks a receipt with this site's key, then against the journal as it stands now.
fn examine(cx: &Ctx, ledger: &Ledger, key: &parvis_transparency::note::Verifier, text: &str) -> Outcome {
    let t = cx.t();
    let wrong = |sentence: &str, checks: Vec<Check>| Outcome {
        holds: false,
        sentence: t.get(sentence),
        checks,
        leaf: String::new(),
        content: String::new(),
    };
    let receipt = match Receipt::parse(text) {
        Ok(receipt) => receipt,
        Err(e) => {
            return wrong("public-verify-unreadable", vec![Check { ok: false, text: e.to_string() }]);
        }
    };
    let mut checks = vec![Check { ok: true, text: t.get("public-verify-check-read") }];
    let verified = match receipt.verify(key) {
        Ok(verified) => verified,
        Err(e) => {
            checks.push(Check { ok: false, text: e.to_string() });
            return wrong("public-verify-does-not-hold", checks);
        }
    };
    checks.push(Check { ok: true, text: t.get("public-verify-check-signed") });
    checks.push(Check {
        ok: true,
        text: t.with2("public-verify-check-included", "index", receipt.index, "size", receipt.size),
    });
    let content = match &verified.content {
        Some(content) => {
            checks.push(Check { ok: true, text: t.get("public-verify-check-opened") });
            serde_json::to_string(content).unwrap_or_default()
        }
        None => String::new(),
    };
    let kept = ledger.root_at(receipt.size) == Some(encode::to_hex(&verified.checkpoint.root));
    let key = if kept { "public-verify-check-kept" } else { "public-verify-check-rewritten" };
    checks.push(Check { ok: kept, text: t.get(key) });
    Outcome {
        holds: kept,
        sentence: t.get(if kept { "public-verify-holds" } else { "public-verify-does-not-hold" }),
        checks,
        leaf: String::from_utf8_lossy(&receipt.leaf).into_owned(),
        content,
    }
}
