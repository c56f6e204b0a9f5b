//! What everybody reads beside a vote and its results: a closing that was moved after the first vote, and how well those
//! who voted were known.

use askama::Template;
use parvis_civic::process::Activity;
use parvis_civic::sealed::Move;
use parvis_web::Page;
use parvis_web::ui::Html;

use super::Place;
use crate::rules::Identity;

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

/// What results begin with: each move of the closing, and that nobody's identity was verified where an e-mail address
/// was all that was asked. Nothing for results that no ballot of this site gave.
pub fn notes(page: &Page, place: &Place) -> Html {
    let mut said = moves(page, &place.activity);
    if place.activity.sealed.is_some() && place.ballot.rules().identity() == Identity::NotVerified {
        said.0.push_str(&format!("<div class=\"notice\"><p>{}</p></div>", page.t.get("ballotbox-identity")));
    }
    said
}
