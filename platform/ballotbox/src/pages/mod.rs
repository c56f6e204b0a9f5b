//! The pages that every formal vote has: ballot, confirmation, receipt; roll, desk, paper, report. A component gives
//! its ballot as a [`Poll`] and merges [`public`] and [`admin`] with its own routes.

mod booth;
mod desk;
mod moves;
mod paper;
mod place;
mod receipt;
mod report;
mod roll;
mod sheet;

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_core::{Access, FieldErrors};
use parvis_i18n::T;
use parvis_store::{Fut, Tx};
use parvis_web::ui::Html;
use parvis_web::{Fields, Page, Routes};
use serde_json::Value;

pub use moves::{moves, notes};
pub use place::{At, Place, acting, admin_page, load, nav, reader_page};

use crate::rules::Rules;

/// What a component gives: what a ballot is in each of its activities.
pub trait Poll: Send + Sync + 'static {
    /// The component's name.
    fn component(&self) -> &'static str;
    /// The ballot of an activity, read from its rows in this transaction.
    fn ballot<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Arc<dyn Ballot>, Error>>;
    /// Its own pages of administration, as `(last piece of the address, key of the name)`; the first is the
    /// dashboard, with an empty piece. Those of the box (`roll`, `desk`, `paper`, `report`) may be among them; otherwise
    /// they come last.
    fn tabs(&self) -> &'static [(&'static str, &'static str)];
}

/// The ballot of one activity.
pub trait Ballot: Send + Sync + 'static {
    /// The rules of the box.
    fn rules(&self) -> &Rules;
    /// What is sealed besides them ([`crate::seal::Seal::content`]).
    fn content(&self) -> &Value;
    /// Whether people can vote at all: a vote that is announced before its options are known begins once they are,
    /// and not before.
    fn is_ready(&self) -> bool {
        true
    }
    /// The controls, filled with what was sent. Their mistakes are those of the field `ballot`: the first control
    /// (or their group) has that id.
    fn fields(&self, page: &Page, sent: &Fields) -> Html;
    /// What was sent, as a ballot; a blank one where the vote allows it.
    ///
    /// # Errors
    /// Every mistake, on the field `ballot`.
    fn read(&self, sent: &Fields) -> Result<Value, FieldErrors>;
    /// A ballot in words, one choice a line; empty for a blank one.
    fn words(&self, t: &T, ballot: &Value) -> Vec<String>;
    /// What a printed ballot holds under its title: how to fill it, and the options with their boxes.
    fn printed(&self, page: &Page) -> Html;
}

/// How the handlers hold the component.
pub(crate) type Held = Arc<dyn Poll>;

macro_rules! held {
    ($poll:expr, $handler:path $(, $more:ident)*) => {{
        let poll: Held = Arc::clone(&$poll);
        move |cx: parvis_web::Ctx, at: At $(, $more)*| {
            let poll = Arc::clone(&poll);
            async move { $handler(poll, cx, at $(, $more)*).await }
        }
    }};
}

/// The pages of voters, below `/p/{process}/{activity}`.
pub fn public(poll: &Arc<dyn Poll>) -> Routes {
    use Access::Anyone;
    let to = |rest: &str| format!("/p/{{process}}/{{activity}}{rest}");
    // Sending a ballot asks for an account in the handler, not in the route: what a signed-out visitor sends to a
    // route that asks for one is kept in the database until they sign in, and a ballot must not be.
    Routes::new()
        .get(&to("/ballot"), Anyone, held!(poll, booth::page))
        .post(&to("/ballot"), Anyone, {
            let poll = Arc::clone(poll);
            move |cx, at, sent: Fields| booth::confirm(Arc::clone(&poll), cx, at, sent)
        })
        .post(&to("/cast"), Anyone, {
            let poll = Arc::clone(poll);
            move |cx, at, sent: Fields| booth::cast(Arc::clone(&poll), cx, at, sent)
        })
        .post(&to("/letter"), Access::Participant, {
            let poll = Arc::clone(poll);
            move |cx, at, sent: Fields| booth::letter(Arc::clone(&poll), cx, at, sent)
        })
        .get(&to("/booth"), Anyone, held!(poll, booth::desk_page))
        .post(&to("/booth"), Anyone, {
            let poll = Arc::clone(poll);
            move |cx, at, sent: Fields| booth::desk_open(Arc::clone(&poll), cx, at, sent)
        })
        .get(&to("/receipt"), Anyone, held!(poll, receipt::page))
        .post(&to("/receipt"), Anyone, {
            let poll = Arc::clone(poll);
            move |cx, at, sent: Fields| receipt::show(Arc::clone(&poll), cx, at, sent)
        })
}

/// The pages of agents and editors, below `/admin/p/{process}/{activity}`. Agents of the desk are the site's staff.
pub fn admin(poll: &Arc<dyn Poll>) -> Routes {
    use Access::{Editor, Staff};
    let to = |rest: &str| format!("/admin/p/{{process}}/{{activity}}{rest}");
    macro_rules! form {
        ($handler:path, $sent:ty) => {{
            let poll = Arc::clone(poll);
            move |cx, at, sent: $sent| $handler(Arc::clone(&poll), cx, at, sent)
        }};
    }
    Routes::new()
        .get(&to("/roll"), Editor, held!(poll, roll::page))
        .upload(&to("/roll"), Editor, form!(roll::import, parvis_web::Upload))
        .post(&to("/roll/letters"), Editor, held!(poll, roll::letters))
        .post(&to("/roll/letters/cancel"), Editor, form!(roll::cancel_letters, Fields))
        .post(&to("/roll/forget"), Editor, held!(poll, roll::forget))
        .get(&to("/desk"), Staff, held!(poll, desk::page))
        .post(&to("/desk"), Staff, form!(desk::act, Fields))
        .post(&to("/desk/register"), Staff, form!(desk::register, Fields))
        .get(&to("/paper"), Staff, held!(poll, paper::page))
        .post(&to("/paper/print"), Editor, form!(paper::print, Fields))
        .get(&to("/paper/enter"), Staff, held!(poll, paper::entry))
        .post(&to("/paper/enter"), Staff, form!(paper::enter, Fields))
        .get(&to("/paper/differences"), Staff, held!(poll, paper::differences))
        .post(&to("/paper/differences"), Staff, form!(paper::settle, Fields))
        .get(&to("/paper/differences/again"), Staff, held!(poll, paper::again))
        .post(&to("/paper/differences/again"), Staff, form!(paper::read_again, Fields))
        .get(&to("/paper/sheet"), Staff, held!(poll, sheet::page))
        .post(&to("/paper/sheet"), Staff, form!(sheet::submit, Fields))
        .get(&to("/paper/sheet/print"), Staff, held!(poll, sheet::print))
        .get(&to("/report"), Staff, held!(poll, report::page))
        .post(&to("/report"), Editor, held!(poll, report::close))
}
