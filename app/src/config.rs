//! How a site is served: flags and the environment first, then `parvis.toml` in the site's folder, then what
//! suits most.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use parvis_ops::Smtp;
use parvis_store::Target;
use serde::Deserialize;

/// Where the site is.
#[derive(Debug, Clone, Args)]
pub struct At {
    /// The site: a folder, or postgres://user@host/database
    #[arg(long, env = "PARVIS_SITE", value_name = "DIR|postgres://…")]
    pub site: String,
}

impl At {
    /// Where the data is.
    pub fn target(&self) -> Target {
        let Ok(target) = self.site.parse::<Target>();
        target
    }
}

/// What `serve` can be told.
#[allow(rustdoc::bare_urls, reason = "these lines are also the command's help")]
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// The site: a folder (made when missing), or postgres://user@host/database
    #[arg(long, env = "PARVIS_SITE", value_name = "DIR|postgres://…", default_value = "parvis-site")]
    pub site: String,
    /// The address to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "PARVIS_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The address people type, as it stands in mails: https://participer.ville.example
    #[arg(long, env = "PARVIS_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Mail server: smtp://user:password@host:587?from=address
    #[arg(long, env = "PARVIS_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Behind a reverse proxy of ours: trust its X-Forwarded-For
    #[arg(long, env = "PARVIS_TRUSTED_PROXY", num_args = 0..=1, default_missing_value = "true", value_name = "true|false")]
    pub trusted_proxy: Option<bool>,
    /// A local network without TLS: let the session cookie go in clear
    #[arg(long, env = "PARVIS_INSECURE_HTTP", num_args = 0..=1, default_missing_value = "true", value_name = "true|false")]
    pub insecure_http: Option<bool>,
    /// Lets a monitor read /metrics from another machine
    #[arg(long, env = "PARVIS_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// `unlimited` for a load test; never on a site that people reach
    #[arg(long, env = "PARVIS_RATES", value_name = "normal|unlimited", hide = true)]
    pub rates: Option<String>,
}

/// `parvis.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<String>,
    public_url: Option<String>,
    smtp: Option<SmtpEntry>,
    trusted_proxy: Option<bool>,
    insecure_http: Option<bool>,
    metrics_token: Option<String>,
}

/// A mail server, as one address or as a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum SmtpEntry {
    Url(String),
    Table(Smtp),
}

/// How the site is served.
#[derive(Debug, Clone)]
pub struct Serving {
    /// Where the data is.
    pub target: Target,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address people type, when it was given.
    pub public_url: Option<String>,
    /// The mail server.
    pub smtp: Option<Smtp>,
    /// The address of a visitor is the one that the proxy says.
    pub trusted_proxy: bool,
    /// Cookies go in clear.
    pub insecure_http: bool,
    /// The word that opens `/metrics`.
    pub metrics_token: Option<String>,
    /// No limit on what one person may do.
    pub unlimited: bool,
}

/// The folder of a site, when it has one.
pub fn folder(target: &Target) -> Option<PathBuf> {
    match target {
        Target::Sqlite(file) => file.parent().map(Path::to_path_buf),
        Target::Postgres(_) => None,
    }
}

impl Flags {
    /// Puts flags, environment and file together.
    ///
    /// # Errors
    /// One sentence that names the setting and what is wrong with it.
    pub fn resolve(self) -> Result<Serving> {
        let Ok(target) = self.site.parse::<Target>();
        let file = match folder(&target) {
            Some(folder) => File::read(&folder.join("parvis.toml"))?,
            None => File::default(),
        };
        let listen = self.listen.or(file.listen).unwrap_or_else(|| "127.0.0.1:3000".into());
        let listen = address(&listen)?;
        let public_url = self.public_url.or(file.public_url).map(|url| checked_url(&url)).transpose()?;
        let smtp = match self.smtp.filter(|s| !s.is_empty()).map(SmtpEntry::Url).or(file.smtp) {
            None => None,
            Some(SmtpEntry::Url(url)) => Some(url.parse::<Smtp>()?),
            Some(SmtpEntry::Table(smtp)) => {
                smtp.check()?;
                Some(smtp)
            }
        };
        let unlimited = match self.rates.as_deref() {
            None | Some("normal" | "") => false,
            Some("unlimited") => true,
            Some(other) => bail!("rates: {other:?} is neither normal nor unlimited"),
        };
        Ok(Serving {
            target,
            listen,
            public_url,
            smtp,
            trusted_proxy: self.trusted_proxy.or(file.trusted_proxy).unwrap_or(false),
            insecure_http: self.insecure_http.or(file.insecure_http).unwrap_or(false),
            metrics_token: self.metrics_token.or(file.metrics_token).filter(|t| !t.is_empty()),
            unlimited,
        })
    }
}

impl File {
    fn read(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let parsed = toml::from_str(&text);
                parsed
                    .map_err(|e| anyhow::anyhow!("{}: {}", path.display(), e.to_string().replace('\n', " ")))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(e) => Err(e).with_context(|| format!("{} cannot be read", path.display())),
        }
    }
}

fn address(text: &str) -> Result<SocketAddr> {
    use std::net::ToSocketAddrs as _;
    let text = if text.starts_with(':') { format!("0.0.0.0{text}") } else { text.to_owned() };
    let found = text.to_socket_addrs().ok().and_then(|mut all| all.next());
    found.with_context(|| format!("listen: {text:?} is not an address such as 127.0.0.1:3000"))
}

fn checked_url(url: &str) -> Result<String> {
    let url = url.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => Ok(url.to_owned()),
        _ => bail!("public-url: {url:?} is not an address such as https://participer.ville.example"),
    }
}

/// Whether an address is only reached from this machine.
pub fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host.split('/').next().unwrap_or_default();
    let name =
        host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(site: &Path) -> Flags {
        Flags { site: site.display().to_string(), ..Flags::default() }
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_what_suits_most() {
        let folder = tempfile::tempdir().unwrap();
        let serving = flags(folder.path()).resolve().unwrap();
        assert_eq!(serving.listen.to_string(), "127.0.0.1:3000");
        assert!(serving.smtp.is_none() && !serving.trusted_proxy);
        let file = "listen = \"127.0.0.1:4000\"\ntrusted_proxy = true\nsmtp = \"smtp://127.0.0.1:25?from=a@x.example\"\n";
        std::fs::write(folder.path().join("parvis.toml"), file).unwrap();
        let serving = flags(folder.path()).resolve().unwrap();
        assert_eq!(serving.listen.port(), 4000);
        assert!(serving.trusted_proxy && serving.smtp.is_some());
        let flags = Flags {
            listen: Some("127.0.0.1:5000".into()),
            trusted_proxy: Some(false),
            ..flags(folder.path())
        };
        let serving = flags.resolve().unwrap();
        assert_eq!(serving.listen.port(), 5000);
        assert!(!serving.trusted_proxy);
    }

    #[test]
    fn mistakes_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = |change: fn(&mut Flags)| {
            let mut flags = flags(folder.path());
            change(&mut flags);
            format!("{:#}", flags.resolve().unwrap_err())
        };
        assert!(said(|f| f.listen = Some("nowhere".into())).contains("listen"));
        assert!(said(|f| f.public_url = Some("ville.example".into())).contains("public-url"));
        assert!(said(|f| f.smtp = Some("mail".into())).contains("mail server"));
        std::fs::write(folder.path().join("parvis.toml"), "listne = 1\n").unwrap();
        let error = format!("{:#}", flags(folder.path()).resolve().unwrap_err());
        assert!(error.contains("parvis.toml") && error.contains("listne"), "{error}");
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for url in ["http://localhost", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            assert!(is_local(url), "{url}");
        }
        for url in ["http://ville.example", "https://localhost.example", "http://192.168.1.4:3000"] {
            assert!(!is_local(url), "{url}");
        }
    }
}
