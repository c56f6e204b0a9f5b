//! The figures of `/metrics`: a Prometheus recorder without a server of its own.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use parvis_store::{Error, Tx};

use crate::{jobs, mail};

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Installs the recorder for this process. Further calls do nothing; neither does the first when another
/// recorder was installed before.
pub fn install() {
    HANDLE.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(
                Matcher::Suffix("_seconds".into()),
                &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0],
            )
            .ok()?;
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).ok()?;
        metrics::describe_histogram!("parvis_request_seconds", "Time to answer a request, by kind of answer");
        metrics::describe_counter!("parvis_jobs_total", "Jobs run, by kind and outcome");
        metrics::describe_gauge!("parvis_jobs_waiting", "Jobs that wait");
        metrics::describe_gauge!("parvis_jobs_failed", "Jobs that were given up");
        metrics::describe_counter!("parvis_mails_total", "Mails handled, by outcome");
        metrics::describe_gauge!("parvis_mails_held", "Mails that no server was there to send");
        Some(handle)
    });
}

/// Everything recorded, in Prometheus' text format; empty when [`install`] was not called.
pub fn render() -> String {
    let Some(handle) = HANDLE.get().and_then(Option::as_ref) else { return String::new() };
    handle.run_upkeep();
    handle.render()
}

/// Notes a request that was answered: its kind of status (`2xx`) and its duration in seconds.
pub fn request(status: u16, seconds: f64) {
    let class = match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    metrics::histogram!("parvis_request_seconds", "status" => class).record(seconds);
}

/// Reads the gauges that live in the database; call it before [`render`].
///
/// # Errors
/// The database.
pub async fn observe(tx: &mut Tx<'_>) -> Result<(), Error> {
    let (waiting, failed) = jobs::counts(tx).await?;
    let held = mail::count(tx, mail::Status::Held).await?;
    metrics::gauge!("parvis_jobs_waiting").set(gauge(waiting));
    metrics::gauge!("parvis_jobs_failed").set(gauge(failed));
    metrics::gauge!("parvis_mails_held").set(gauge(held));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a picture, not a count")]
fn gauge(n: i64) -> f64 {
    n as f64
}
