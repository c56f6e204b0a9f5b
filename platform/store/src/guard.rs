//! What surrounds every closure on either engine: a time limit, panics caught, no store call inside a store call.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::FutureExt as _;

use crate::Error;

tokio::task_local! {
    /// Set while a closure runs.
    static INSIDE: ();
}

/// Refuses a call made inside a closure: it would wait for a second connection while it holds the first, and
/// enough of those at once stop the whole site.
pub(crate) fn not_inside() -> Result<(), Error> {
    match INSIDE.try_with(|()| ()) {
        Ok(()) => Err(Error::other("a store call inside the closure of another: use its `tx`")),
        Err(_) => Ok(()),
    }
}

/// Runs the future of a closure.
pub(crate) async fn guarded<T, E: From<Error>>(
    limit: Duration,
    work: impl Future<Output = Result<T, E>> + Send,
) -> Result<T, E> {
    let work = AssertUnwindSafe(INSIDE.scope((), work)).catch_unwind();
    match tokio::time::timeout(limit, work).await {
        Ok(Ok(r)) => r,
        Ok(Err(panic)) => Err(panicked(&*panic).into()),
        Err(_) => Err(Error::Timeout.into()),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
    let message = message.unwrap_or_else(|| "no message".into());
    tracing::error!(message, "a closure given to the store panicked");
    Error::other(format!("a closure given to the store panicked: {message}"))
}

/// Runs what was registered with `after_commit`; a panic there harms nobody else.
pub(crate) fn run_hooks(hooks: Vec<Box<dyn FnOnce() + Send>>) {
    for hook in hooks {
        if catch_unwind(AssertUnwindSafe(hook)).is_err() {
            tracing::error!("an after_commit closure panicked");
        }
    }
}
