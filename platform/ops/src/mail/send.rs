//! Sends the queued mails, one job each.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use parvis_core::{Clock, Millis};
use parvis_store::Store;

use super::smtp::{Security, Smtp, SmtpError};
use super::{Entry, JOB, Status, html};
use crate::jobs::{Job, MAX_ATTEMPTS};
use crate::{Worker, mail};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Sends mails, or holds them when the site has no mail server. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    store: Store,
    clock: Arc<dyn Clock>,
    server: Option<Arc<Server>>,
}

struct Server {
    transport: Transport,
    from: Mailbox,
    list_host: String,
}

impl std::fmt::Debug for Sender {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sender").field("configured", &self.server.is_some()).finish_non_exhaustive()
    }
}

impl Sender {
    /// A sender. `public_url` is the site's address; its host names the list in `List-Id`.
    ///
    /// # Errors
    /// A configuration that cannot be used.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        smtp: Option<&Smtp>,
        public_url: &str,
    ) -> Result<Self, SmtpError> {
        let server = smtp.map(|smtp| Server::new(smtp, public_url)).transpose()?.map(Arc::new);
        Ok(Self { store, clock, server })
    }

    /// Has `worker` run the jobs of mails.
    #[must_use]
    pub fn register(self, worker: Worker) -> Worker {
        worker.on(JOB, move |job| {
            let sender = self.clone();
            async move { sender.run(job).await }
        })
    }

    async fn run(&self, job: Job) -> Result<(), String> {
        let id = job.payload["mail"].as_i64().ok_or("no mail in this job")?;
        let entry =
            self.store.read(move |tx| Box::pin(mail::find(tx, id))).await.map_err(|e| e.to_string())?;
        let Some(entry) = entry.filter(|e| e.status == Status::Queued && !e.to.is_empty()) else {
            return Ok(()); // sent by an earlier attempt, or its person was erased
        };
        let Some(server) = &self.server else {
            return self.settle(id, Status::Held, None).await;
        };
        let message = match server.message(&entry) {
            Ok(message) => message,
            // Trying again would not mend an address that is not one.
            Err(e) => return self.settle(id, Status::Failed, Some(e)).await,
        };
        match server.transport.send(message).await {
            Ok(_) => self.settle(id, Status::Sent, None).await,
            Err(e) if is_final(&e) || job.attempt >= MAX_ATTEMPTS => {
                self.settle(id, Status::Failed, Some(e.to_string())).await
            }
            Err(e) => {
                let why = e.to_string();
                self.settle(id, Status::Queued, Some(why.clone())).await?;
                Err(why)
            }
        }
    }

    async fn settle(&self, id: i64, status: Status, error: Option<String>) -> Result<(), String> {
        metrics::counter!("parvis_mails_total", "outcome" => status.code()).increment(1);
        let now = self.clock.now();
        self.store
            .write(move |tx| {
                Box::pin(async move { mail::settle(tx, now, id, status, error.as_deref()).await })
            })
            .await
            .map_err(|e| e.to_string())
    }
}

/// Whether the server refused this mail for good. A refused password (530–538) is the operator's to mend: the
/// mails wait meanwhile.
fn is_final(error: &lettre::transport::smtp::Error) -> bool {
    error.is_permanent() && !error.status().is_some_and(|code| (530..540).contains(&u16::from(code)))
}

impl Server {
    fn new(smtp: &Smtp, public_url: &str) -> Result<Self, SmtpError> {
        smtp.check()?;
        let host = smtp.host.trim_matches(['[', ']']);
        let wrong = |e: lettre::transport::smtp::Error| SmtpError(e.to_string());
        let builder = match smtp.security {
            Security::Tls => Transport::relay(host).map_err(wrong)?,
            Security::StartTls => Transport::starttls_relay(host).map_err(wrong)?,
            Security::None => Transport::builder_dangerous(host),
        };
        let mut builder = builder.port(smtp.port).timeout(Some(Duration::from_secs(30)));
        if let (Some(user), Some(password)) = (&smtp.user, &smtp.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        let from: Mailbox = smtp.from.parse().map_err(|e| SmtpError(format!("{}: {e}", smtp.from)))?;
        let list_host = public_url.split("://").last().and_then(|rest| rest.split(['/', ':']).next());
        let list_host = list_host.filter(|h| !h.is_empty()).unwrap_or("localhost").to_owned();
        Ok(Self { transport: builder.build(), from, list_host })
    }

    fn message(&self, entry: &Entry) -> Result<Message, String> {
        let to: Address = entry.to.parse().map_err(|e| format!("{e}"))?;
        let id = format!("<{}@{}>", entry.message_id, self.from.email.domain());
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&entry.subject)
            .message_id(Some(id))
            .date(date(entry.created_at))
            // Nobody's holiday message should answer a program (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", entry.locale.code()));
        if let Some(reply_to) = &entry.reply_to {
            builder = builder.reply_to(reply_to.parse().map_err(|e| format!("{e}"))?);
        }
        if let Some(page) = &entry.unsubscribe {
            if page.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<' || c == '>') {
                return Err("the page where one unsubscribes is not an address".into());
            }
            builder = builder
                .raw_header(header("List-Id", &format!("<{}.{}>", entry.kind, self.list_host)))
                .raw_header(header("List-Unsubscribe", &format!("<{page}>")));
            if entry.one_click {
                builder = builder.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
            }
        }
        let page =
            entry.html.clone().unwrap_or_else(|| html::page(entry.locale, &entry.subject, &entry.text));
        let parts = MultiPart::alternative()
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(entry.text.clone()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(page));
        builder.multipart(parts).map_err(|e| e.to_string())
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn date(at: Millis) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(at).unwrap_or_default())
}
