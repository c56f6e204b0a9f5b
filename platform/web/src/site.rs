//! The site: what every request is given.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::tz::TimeZone;
use parvis_civic::account::{self, Participant};
use parvis_civic::settings::{self, Settings};
use parvis_core::{Clock, Locale, Millis};
use parvis_i18n::{Catalog, Source, T};
use parvis_store::{Store, Token, boxed};

use crate::config::Config;
use crate::limits::Limits;
use crate::tool::Tool;

/// How long a session found in the database is trusted without looking again.
const SESSION_TRUST: Millis = 1000;
/// The same, by the machine's own steady clock.
const SESSION_TRUST_REAL: std::time::Duration = std::time::Duration::from_secs(1);
/// How often it is looked at whether a visit should be noted.
const TOUCH_EVERY: Millis = 600_000;
/// How many sessions are remembered.
const SESSIONS_KEPT: usize = 50_000;

/// One organisation's site: its data, its clock, its words, its tools.
pub struct Site {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The words, in every language.
    pub catalog: Arc<Catalog>,
    /// How it is served.
    pub config: Config,
    /// The participatory tools.
    pub tools: Vec<Arc<dyn Tool>>,
    pub(crate) limits: Limits,
    settings: RwLock<Kept>,
    settings_dirty: AtomicBool,
    settings_read_at: AtomicI64,
    sessions: Mutex<HashMap<String, Seen>>,
}

/// A session as it was last looked up.
struct Seen {
    at: Millis,
    since: std::time::Instant,
    who: Option<Arc<Participant>>,
    touched: Millis,
}

struct Kept {
    settings: Arc<Settings>,
    zone: TimeZone,
    token: Option<Token>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Site {
    /// Makes the site. `sources` are the texts of the other crates; the ones of this crate and of the tools
    /// are added. The store is already migrated.
    ///
    /// # Errors
    /// Texts that cannot be read; settings that cannot be read.
    pub async fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        config: Config,
        tools: Vec<Arc<dyn Tool>>,
        sources: &[Source],
    ) -> Result<Arc<Self>, Box<dyn std::error::Error + Send + Sync>> {
        let mut all = vec![crate::SOURCE];
        all.extend_from_slice(sources);
        all.extend(tools.iter().map(|t| t.ftl()));
        let catalog = Arc::new(Catalog::build(&all)?);
        let limits = Limits::new(config.rates);
        let kept = Kept { settings: Arc::default(), zone: TimeZone::UTC, token: None };
        let site = Self {
            store,
            clock,
            catalog,
            config,
            tools,
            limits,
            settings: RwLock::new(kept),
            settings_dirty: AtomicBool::new(true),
            settings_read_at: AtomicI64::new(0),
            sessions: Mutex::default(),
        };
        site.refresh(true).await?;
        Ok(Arc::new(site))
    }

    /// What time it is.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The settings as this request knows them.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner).settings)
    }

    /// The words, numbers and dates of one language.
    pub fn t(&self, locale: Locale) -> T {
        let zone = self.settings.read().unwrap_or_else(PoisonError::into_inner).zone.clone();
        self.catalog.t(locale, zone)
    }

    /// The tool of that name.
    pub fn tool(&self, name: &str) -> Option<&Arc<dyn Tool>> {
        self.tools.iter().find(|t| t.name() == name)
    }

    /// Reads the settings again when something was written. When `strict` is false (a form was sent), a
    /// reading of the last second is good enough unless somebody said that the settings changed.
    ///
    /// # Errors
    /// When the database cannot be read; the settings stay as they were.
    pub(crate) async fn refresh(&self, strict: bool) -> Result<(), parvis_civic::Error> {
        let now = self.now();
        let dirty = self.settings_dirty.load(Ordering::Acquire);
        let age = now - self.settings_read_at.load(Ordering::Acquire);
        if !strict && !dirty && (0..1000).contains(&age) {
            return Ok(());
        }
        let token = self.store.version_token().await?;
        {
            let kept = self.settings.read().unwrap_or_else(PoisonError::into_inner);
            if kept.token.as_ref() == Some(&token) && !dirty {
                self.settings_read_at.store(now, Ordering::Release);
                return Ok(());
            }
        }
        self.settings_dirty.store(false, Ordering::Release);
        let read = self.store.read(|tx| boxed(settings::load(tx))).await;
        let read = read.inspect_err(|_| self.settings_dirty.store(true, Ordering::Release))?;
        let zone = read.time_zone();
        let mut kept = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        if *kept.settings != read {
            kept.settings = Arc::new(read);
            kept.zone = zone;
        } else if kept.token.is_none() {
            kept.zone = zone;
        }
        kept.token = Some(token);
        self.settings_read_at.store(now, Ordering::Release);
        Ok(())
    }

    /// Says that the settings were just saved: the next request reads them.
    pub fn settings_changed(&self) {
        self.settings_dirty.store(true, Ordering::Release);
    }

    /// The participant of a session, looked up at most once a second.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn session(
        &self,
        now: Millis,
        token_hash: &str,
    ) -> Result<Option<Arc<Participant>>, parvis_civic::Error> {
        let mut touched = 0;
        if let Some(seen) = self.sessions().get(token_hash) {
            if (0..SESSION_TRUST).contains(&(now - seen.at)) && seen.since.elapsed() < SESSION_TRUST_REAL {
                return Ok(seen.who.clone());
            }
            touched = seen.touched;
        }
        let hash = token_hash.to_owned();
        let found = self
            .store
            .read(move |tx| boxed(async move { account::session_find(tx, now, &hash).await }))
            .await?
            .map(Arc::new);
        if found.is_some() && !(0..TOUCH_EVERY).contains(&(now - touched)) {
            touched = now;
            self.touch(now, token_hash.to_owned());
        }
        let mut sessions = self.sessions();
        if sessions.len() >= SESSIONS_KEPT {
            sessions.retain(|_, seen| (0..SESSION_TRUST).contains(&(now - seen.at)));
            if sessions.len() >= SESSIONS_KEPT {
                sessions.clear();
            }
        }
        let seen = Seen { at: now, since: std::time::Instant::now(), who: found.clone(), touched };
        sessions.insert(token_hash.to_owned(), seen);
        Ok(found)
    }

    /// Notes that a session is in use, beside the page: nobody waits for it.
    fn touch(&self, now: Millis, hash: String) {
        let store = self.store.clone();
        tokio::spawn(async move {
            let sought = hash.clone();
            let stale = store
                .read(move |tx| boxed(async move { account::session_is_stale(tx, now, &sought).await }))
                .await;
            if !matches!(stale, Ok(true)) {
                return;
            }
            let noted = store
                .write(move |tx| boxed(async move { account::session_touch(tx, now, &hash).await }))
                .await;
            if let Err(e) = noted {
                tracing::debug!(error = %e, "a visit could not be noted");
            }
        });
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Seen>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets one session, by the hash of its token: after signing in or out.
    pub fn forget_session(&self, token_hash: &str) {
        self.sessions().remove(token_hash);
    }

    /// Forgets every session of a participant: after their name, role, language or status changed.
    pub fn forget_participant(&self, id: i64) {
        self.sessions().retain(|_, seen| seen.who.as_ref().is_none_or(|p| p.id != id));
    }

    /// Forgets every session.
    pub fn forget_sessions(&self) {
        self.sessions().clear();
    }

    /// An absolute address on this site.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.public_url.trim_end_matches('/'))
    }

    /// Whether people reach the site through TLS.
    pub fn is_https(&self) -> bool {
        self.config.public_url.starts_with("https://")
    }
}
