//! What the program is told at its start (the rest is in the site's settings).

use std::path::PathBuf;

/// How the site is served.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address people type, without a final slash: `https://participer.ville.example`.
    pub public_url: String,
    /// A demonstration: every page says that it is fictional, and signing in takes one click.
    pub demo: bool,
    /// Served without TLS on a local network: the session cookie goes without `Secure`.
    pub insecure_http: bool,
    /// Behind a reverse proxy of ours: the visitor's address is the last one of `X-Forwarded-For`.
    pub trusted_proxy: bool,
    /// Lets a monitor read `/metrics` from elsewhere than this machine.
    pub metrics_token: Option<String>,
    /// Where backups and files go; none on PostgreSQL without a folder.
    pub data_dir: Option<PathBuf>,
    /// How many acts one person or one address may do.
    pub rates: Rates,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            public_url: "http://localhost:3000".into(),
            demo: false,
            insecure_http: false,
            trusted_proxy: false,
            metrics_token: None,
            data_dir: None,
            rates: Rates::default(),
        }
    }
}

/// Generous limits: a town-hall kiosk or a school has one address for many people. Zero means no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Forms sent a minute from one address.
    pub writes_per_ip: u32,
    /// Forms sent a minute by one participant.
    pub writes_per_participant: u32,
    /// Sign-in mails asked for an hour from one address.
    pub sign_in_per_ip: u32,
    /// Sign-in mails asked for a quarter of an hour for one mail address.
    pub sign_in_per_mail: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { writes_per_ip: 600, writes_per_participant: 60, sign_in_per_ip: 60, sign_in_per_mail: 5 }
    }
}

impl Rates {
    /// No limit at all: for load tests.
    pub const fn unlimited() -> Self {
        Self { writes_per_ip: 0, writes_per_participant: 0, sign_in_per_ip: 0, sign_in_per_mail: 0 }
    }
}
