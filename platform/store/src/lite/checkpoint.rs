//! Moving committed pages from the log into the database file, beside the writer instead of in its way.
//!
//! A checkpoint writes every page that changed since the last one, and syncs: tens of milliseconds in which nobody
//! would be answered. A thread of its own does most of it while the writer goes on; what is committed stands in the
//! log meanwhile, and is safe there.

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::{Role, connect, error};
use crate::Error;

/// A checkpoint each so many pages of log (16 MB).
const EVERY: i32 = 4000;

/// With so many (64 MB) the writer itself moves what is left, so that the log begins again from its start: that can
/// only be done while nobody writes.
const MOST: i32 = 16_000;

/// Starts the thread and has `writer` wake it. It ends when the writer's connection is closed.
pub(super) fn install(writer: &mut Connection, path: &Path) -> Result<JoinHandle<()>, Error> {
    let beside = connect(path, Role::Writes)?;
    // One waiting call is enough: a checkpoint takes all that is there.
    let (wake, woken) = sync_channel::<()>(1);
    let thread = std::thread::Builder::new().name("store-checkpoint".into()).spawn(move || {
        while woken.recv().is_ok() {
            let moved = beside.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(()));
            if let Err(e) = moved {
                // Nothing is lost: the pages stay in the log until a later one succeeds.
                tracing::warn!(error = %e, "a checkpoint did not succeed");
            }
        }
    })?;
    let mut next = EVERY;
    let hook = move |wal: &mut rusqlite::hooks::Wal, pages: i32| {
        if pages < EVERY {
            next = EVERY; // the log began again
        }
        if pages >= MOST {
            // Refused while the other thread is at it; tried again after the next commit. Its outcome is never that of
            // the commit, which is done.
            let _ = wal.checkpoint();
        } else if pages >= next {
            next = pages + EVERY;
            let _ = wake.try_send(());
        }
        Ok(())
    };
    writer.wal_hook(Some(hook)).map_err(|e| error(writer, e))?;
    Ok(thread)
}
