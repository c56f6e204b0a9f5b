//! A few reader threads. They share one queue, and none ever waits for the writer.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rusqlite::Connection;

use super::{Deadline, Job, Role, connect, drive};
use crate::Error;

struct Queue {
    jobs: Mutex<Waiting>,
    ready: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    idle: usize,
    closed: bool,
}

/// The way to the reader threads.
pub(super) struct Readers {
    queue: Arc<Queue>,
}

impl Readers {
    pub fn start(path: &Path, count: usize) -> Result<Readers, Error> {
        let queue = Arc::new(Queue { jobs: Mutex::default(), ready: Condvar::new() });
        let readers = Readers { queue };
        for _ in 0..count.max(1) {
            let mut connection = connect(path, Role::Reads)?;
            let deadline = Deadline::install(&mut connection)?;
            let runtime = super::runtime()?;
            let queue = readers.queue.clone();
            std::thread::Builder::new()
                .name("store-reader".into())
                .spawn(move || serve(&queue, connection, &deadline, &runtime))?;
        }
        Ok(readers)
    }

    pub fn send(&self, job: Job) -> Result<(), Error> {
        let mut waiting = self.queue.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.closed {
            return Err(Error::unavailable("the store is closed"));
        }
        waiting.jobs.push_back(job);
        let wake = waiting.idle > 0;
        drop(waiting);
        if wake {
            self.queue.ready.notify_one();
        }
        Ok(())
    }

    pub fn stop(&self) {
        self.queue.jobs.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.queue.ready.notify_all();
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.stop();
    }
}

fn serve(queue: &Queue, mut connection: Connection, deadline: &Deadline, runtime: &tokio::runtime::Runtime) {
    let _entered = runtime.enter();
    while let Some(job) = queue.next() {
        // One snapshot for the whole closure: two figures on a page agree even when a write lands between them.
        let opened = execute(&connection, "begin");
        deadline.set(job.limit);
        let done = drive(runtime, (job.work)(&mut connection));
        deadline.clear();
        if opened && !connection.is_autocommit() {
            execute(&connection, "rollback");
        }
        (done.finish)(None);
    }
}

fn execute(c: &Connection, sql: &str) -> bool {
    c.prepare_cached(sql).and_then(|mut s| s.raw_execute()).is_ok()
}

impl Queue {
    fn next(&self) -> Option<Job> {
        let mut waiting = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = waiting.jobs.pop_front() {
                return Some(job);
            }
            if waiting.closed {
                return None;
            }
            waiting.idle += 1;
            waiting = self.ready.wait(waiting).unwrap_or_else(PoisonError::into_inner);
            waiting.idle -= 1;
        }
    }
}
