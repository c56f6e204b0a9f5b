//! What everybody reads about a closing that was moved after the first vote.

use askama::Template;
use parvis_civic::process::Activity;
use parvis_civic::sealed::Move;
use parvis_web::Page;
use parvis_web::ui::Html;

#[derive(Template)]
#[template(path = "ballotbox/moves.html")]
struct View<'a> {
    page: &'a Page,
    moves: &'a [Move],
}

impl View<'_> {
    fn sentence(page: &Page, m: &Move) -> String {
        let t = &page.t;
        let (from, to, on) = (t.datetime(m.from), t.datetime(m.to), t.datetime(m.at));
        t.with3("ballotbox-moved", "from", from, "to", to, "on", on)
    }
}

/// Each move of the closing with its reason, for the page of a vote, its results and its report; nothing when its
/// closing never moved.
pub fn moves(page: &Page, activity: &Activity) -> Html {
    if activity.moves.is_empty() {
        return Html::default();
    }
    Html(View { page, moves: &activity.moves }.render().unwrap_or_default())
}
