//! Telling how far the work is, and being told to stop.

/// How far a draw is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Share of the way, from 0 to 1 (an estimate).
    pub done: f64,
    /// Panels found so far.
    pub panels: usize,
    /// The smallest probability that is known to be reachable at most.
    pub bound: f64,
}

/// Called as the work goes; answers whether to go on. The crate reads no clock: a time limit lives here.
pub type Report<'a> = dyn FnMut(Step) -> bool + 'a;

/// The report, and whether it said to stop.
pub(crate) struct Watch<'a> {
    report: &'a mut Report<'a>,
    last: Step,
    pub(crate) stopped: bool,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(report: &'a mut Report<'a>) -> Watch<'a> {
        Watch { report, last: Step { done: 0.0, panels: 0, bound: 1.0 }, stopped: false }
    }

    pub(crate) fn bound(&mut self, bound: f64) {
        self.last.bound = bound;
    }

    /// Says how far the work is; whether to go on.
    pub(crate) fn at(&mut self, done: f64, panels: usize) -> bool {
        self.last.done = done.clamp(0.0, 1.0);
        self.last.panels = panels;
        self.go_on()
    }

    /// Whether to go on.
    pub(crate) fn go_on(&mut self) -> bool {
        if !self.stopped {
            self.stopped = !(self.report)(self.last);
        }
        !self.stopped
    }
}
