//! How much one address or one person may do: generous enough for a kiosk, not for a flood.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::Rates;
use crate::error::WebError;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit<'a> {
    /// A form sent from an address.
    WriteFrom(IpAddr),
    /// A form sent by a participant.
    WriteBy(i64),
    /// A sign-in mail asked for from an address.
    SignInFrom(IpAddr),
    /// A sign-in mail asked for a mail address, or a password tried.
    SignInFor(&'a str),
}

/// How many acts there are between two tidyings.
const TIDY_EVERY: u64 = 10_000;

type Bucket = Option<DefaultKeyedRateLimiter<Key>>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Ip(IpAddr),
    Participant(i64),
    Mail(String),
}

pub(crate) struct Limits {
    writes_ip: Bucket,
    writes_participant: Bucket,
    sign_in_ip: Bucket,
    sign_in_mail: Bucket,
    counted: AtomicU64,
}

fn bucket(burst: u32, within: Duration) -> Bucket {
    let burst = NonZeroU32::new(burst)?;
    let quota = Quota::with_period(within / burst.get())?.allow_burst(burst);
    Some(RateLimiter::keyed(quota))
}

/// Addresses of one IPv6 network count as one: a household has billions of them.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

impl Limits {
    pub(crate) fn new(rates: Rates) -> Self {
        let minute = Duration::from_secs(60);
        Self {
            writes_ip: bucket(rates.writes_per_ip, minute),
            writes_participant: bucket(rates.writes_per_participant, minute),
            sign_in_ip: bucket(rates.sign_in_per_ip, minute * 60),
            sign_in_mail: bucket(rates.sign_in_per_mail, minute * 15),
            counted: AtomicU64::new(1),
        }
    }

    /// Counts one, or refuses with the time to wait.
    pub(crate) fn check(&self, limit: Limit<'_>) -> Result<(), WebError> {
        let (bucket, key) = match limit {
            Limit::WriteFrom(ip) => (&self.writes_ip, Key::Ip(network(ip))),
            Limit::WriteBy(id) => (&self.writes_participant, Key::Participant(id)),
            Limit::SignInFrom(ip) => (&self.sign_in_ip, Key::Ip(network(ip))),
            Limit::SignInFor(mail) => (&self.sign_in_mail, Key::Mail(mail.trim().to_lowercase())),
        };
        let Some(bucket) = bucket else { return Ok(()) };
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_EVERY) {
            self.tidy();
        }
        bucket.check_key(&key).map_err(|refused| {
            let wait = refused.wait_time_from(DefaultClock::default().now());
            WebError::TooMany { retry_after: wait.as_secs().saturating_add(1) }
        })
    }

    /// Forgets the buckets that are full again, so that memory stays small.
    fn tidy(&self) {
        for bucket in [&self.writes_ip, &self.writes_participant, &self.sign_in_ip, &self.sign_in_mail]
            .into_iter()
            .flatten()
        {
            bucket.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_mail_in_a_quarter_of_an_hour_waits() {
        let limits = Limits::new(Rates::default());
        for _ in 0..5 {
            limits.check(Limit::SignInFor("Ana@example.org")).unwrap();
        }
        let refused = limits.check(Limit::SignInFor("ana@example.org ")).unwrap_err();
        assert!(matches!(refused, WebError::TooMany { retry_after } if retry_after <= 181));
        limits.check(Limit::SignInFor("bo@example.org")).unwrap();
        Limits::new(Rates::unlimited()).check(Limit::SignInFor("x")).unwrap();
    }
}
