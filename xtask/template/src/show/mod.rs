//! The page of an activity: its subject, how many support it, and the button.

use askama::Template;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use crate::model::{self, Act};
use crate::{place, store};

#[derive(Template)]
#[template(path = "show/page.html")]
struct View {
    page: Page,
    activity: Activity,
    action: String,
    count: String,
    act: Option<Act>,
}

/// Shows it.
pub(crate) async fn page(cx: Ctx, path: place::Path) -> Result<Response, WebError> {
    let (editor, me) = (place::is_editor(&cx), cx.id());
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let (process, activity) = place::find(tx, &path, editor).await?;
            let count = store::count(tx, activity.id).await?;
            let supports = match me {
                Some(me) => store::supports(tx, activity.id, me).await?,
                None => false,
            };
            Ok::<_, Error>((process, activity, count, supports))
        })
    });
    let (process, activity, count, supports) = loaded.await?;
    let locale = cx.locale();
    let page = cx
        .page(activity.title.get(locale))
        .nav("processes")
        .crumb(process.title.get(locale), format!("/p/{}", process.slug));
    Ok(cx.render(&View {
        page,
        action: format!("/p/{}/{}/support", process.slug, activity.slug),
        count: cx.t().n("sample-count", count),
        act: model::act(activity.is_open(cx.now), supports),
        activity,
    }))
}
