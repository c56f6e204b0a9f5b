//! The mail server of a site, as its configuration writes it.

use std::str::FromStr;

use serde::Deserialize;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// Plain, then STARTTLS, or nothing is sent (port 587).
    StartTls,
    /// Plain. Accepted for a server on this machine only.
    None,
}

/// A mail server. In the environment it is one address, `PARVIS_SMTP`:
/// `smtp://user:password@host:587?from=Ville+de+X+<participer@x.example>`; `smtps://` is TLS from the first byte.
/// User, password and addresses are percent-encoded where they hold `@`, `:`, `/`, `?` or `%`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Smtp {
    /// Host name.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// User name; none: no authentication.
    #[serde(default)]
    pub user: Option<String>,
    /// Password.
    #[serde(default)]
    pub password: Option<String>,
    /// The sender: `participer@x.example` or `Ville de X <participer@x.example>`.
    pub from: String,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the password: configurations end in logs.
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("from", &self.from)
            .finish_non_exhaustive()
    }
}

/// Why a mail configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("mail server: {0}")]
pub struct SmtpError(pub String);

impl Smtp {
    /// Whether the server is on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_matches(['[', ']']);
        host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Refuses what would send passwords and mails in clear over a network, or cannot work.
    ///
    /// # Errors
    /// What is wrong, in English, for the operator.
    pub fn check(&self) -> Result<(), SmtpError> {
        if self.security == Security::None && !self.is_loopback() {
            return Err(SmtpError(format!(
                "{} is not this machine: use smtps:// or STARTTLS (smtp:// without security=none)",
                self.host
            )));
        }
        self.from
            .parse::<lettre::message::Mailbox>()
            .map_err(|e| SmtpError(format!("the sender {:?} is not an address: {e}", self.from)))?;
        Ok(())
    }
}

impl FromStr for Smtp {
    type Err = SmtpError;

    fn from_str(url: &str) -> Result<Self, SmtpError> {
        let wrong =
            |what: &str| SmtpError(format!("{what}; write smtp://user:password@host:587?from=address"));
        let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("not an address"))?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.trim_end_matches('/');
        let (credentials, host) = match rest.rsplit_once('@') {
            Some((credentials, host)) => (Some(credentials), host),
            None => (None, rest),
        };
        let (host, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => {
                (name, Some(port.parse().map_err(|_| wrong("the port is not a number"))?))
            }
            _ => (host, None),
        };
        if host.is_empty() {
            return Err(wrong("no host"));
        }
        let mut smtp = Self {
            host: host.to_owned(),
            port: 0,
            security: Security::StartTls,
            user: None,
            password: None,
            from: String::new(),
        };
        smtp.security = match scheme {
            "smtps" => Security::Tls,
            "smtp" if smtp.is_loopback() => Security::None,
            "smtp" => Security::StartTls,
            _ => return Err(wrong("the address begins with neither smtp:// nor smtps://")),
        };
        if let Some(credentials) = credentials {
            let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
            smtp.user = Some(decode(user).ok_or_else(|| wrong("the user is not well encoded"))?);
            smtp.password = Some(decode(password).ok_or_else(|| wrong("the password is not well encoded"))?);
        }
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value =
                decode(&value.replace('+', " ")).ok_or_else(|| wrong("the query is not well encoded"))?;
            match (name, value.as_str()) {
                ("from", _) => smtp.from = value,
                ("security", "none") => smtp.security = Security::None,
                ("security", "starttls") => smtp.security = Security::StartTls,
                ("security", "tls") => smtp.security = Security::Tls,
                _ => return Err(wrong(&format!("{name}={value} means nothing here"))),
            }
        }
        smtp.port = port.unwrap_or(match smtp.security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        });
        if smtp.from.is_empty() {
            // Many providers take the address itself as user name.
            smtp.from =
                smtp.user.clone().filter(|u| u.contains('@')).ok_or_else(|| wrong("no sender (from=)"))?;
        }
        smtp.check()?;
        Ok(smtp)
    }
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        if b == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(b);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_everything() {
        let smtp: Smtp =
            "smtp://marie%40x.example:p%3Ass@mail.x.example?from=Ville+<a@x.example>".parse().unwrap();
        assert_eq!(smtp.user.as_deref(), Some("marie@x.example"));
        assert_eq!(smtp.password.as_deref(), Some("p:ss"));
        assert_eq!((smtp.port, smtp.security), (587, Security::StartTls));
        assert_eq!(smtp.from, "Ville <a@x.example>");
        assert!(!format!("{smtp:?}").contains("p:ss"));
        let smtp: Smtp = "smtps://a%40x.example:b@[2001:db8::1]".parse().unwrap();
        assert_eq!((smtp.port, smtp.security, smtp.from.as_str()), (465, Security::Tls, "a@x.example"));
        let smtp: Smtp = "smtp://127.0.0.1:2525?from=a@x.example".parse().unwrap();
        assert_eq!((smtp.port, smtp.security), (2525, Security::None));
    }

    #[test]
    fn what_cannot_work_or_is_not_safe_is_refused_in_words() {
        for (url, said) in [
            ("mail.example", "not an address"),
            ("http://x.example", "neither smtp:// nor smtps://"),
            ("smtp://x.example:abc?from=a@x.example", "the port is not a number"),
            ("smtp://x.example", "no sender"),
            ("smtp://x.example?from=nobody", "not an address"),
            ("smtp://x.example?from=a@x.example&security=none", "is not this machine"),
        ] {
            let e = url.parse::<Smtp>().unwrap_err().to_string();
            assert!(e.contains(said), "{url}: {e}");
        }
    }
}
