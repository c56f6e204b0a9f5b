//! The site under test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use parvis_civic::account;
use parvis_civic::settings::{self, Settings};
use parvis_core::{Clock, FixedClock, Locale, Localized, Millis, Role};
use parvis_i18n::Source;
use parvis_ops::{Worker, mail};
use parvis_store::{Fut, Migrations, Store, Tx, boxed, p};
use parvis_web::{Config, Rates, Routes, Site, Tool, build_router};

use crate::actor::Actor;

/// When tests happen unless they say otherwise: Monday 1 June 2026, noon in Paris.
pub const NOON: Millis = 1_780_308_000_000;

/// What a site under test is made of.
pub struct TestSiteBuilder {
    store: Option<Store>,
    tools: Vec<Arc<dyn Tool>>,
    routes: Vec<Routes>,
    sources: Vec<Source>,
    migrations: Vec<Migrations>,
    config: Config,
    settings: Settings,
    now: Millis,
}

impl TestSiteBuilder {
    /// On this database (`#[db_test]` gives one of each engine); it is migrated here.
    #[must_use]
    pub fn store(mut self, store: Store) -> Self {
        self.store = Some(store);
        self
    }

    /// With these participatory tools.
    #[must_use]
    pub fn tools(mut self, tools: Vec<Arc<dyn Tool>>) -> Self {
        self.tools = tools;
        self
    }

    /// With these pages and the texts they use.
    #[must_use]
    pub fn routes(mut self, routes: Routes, sources: &[Source]) -> Self {
        self.routes.push(routes);
        self.sources.extend_from_slice(sources);
        self
    }

    /// With these tables, beside the ones of the platform and the tools.
    #[must_use]
    pub fn migrations(mut self, migrations: Migrations) -> Self {
        self.migrations.push(migrations);
        self
    }

    /// Served so.
    #[must_use]
    pub fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// With these settings.
    #[must_use]
    pub fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// The clock stands there.
    #[must_use]
    pub fn at(mut self, now: Millis) -> Self {
        self.now = now;
        self
    }

    /// Makes the site.
    ///
    /// # Panics
    /// When it cannot be made: the test cannot go on.
    pub async fn build(self) -> TestSite {
        let store = match self.store {
            Some(store) => store,
            None => Store::memory().await.expect("a temporary database"),
        };
        let mut sets = vec![parvis_ops::MIGRATIONS, parvis_civic::MIGRATIONS];
        sets.extend(self.tools.iter().map(|t| t.migrations()));
        sets.extend(self.migrations);
        store.migrate(&sets, None).await.expect("the migrations apply");
        let saved = self.settings;
        store
            .write(move |tx| boxed(async move { settings::save(tx, &saved).await }))
            .await
            .expect("the settings are saved");
        let clock = FixedClock::at(self.now);
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let site = Site::new(store.clone(), shared, self.config, self.tools, &self.sources);
        let site = site.await.expect("the site starts");
        let router = build_router(Arc::clone(&site), self.routes);
        TestSite { site, clock, store, router, people: AtomicU32::new(0), is_strict: false }
    }
}

/// A whole site on a throw-away database, with a clock that stands still.
pub struct TestSite {
    /// The site.
    pub site: Arc<Site>,
    /// Its clock.
    pub clock: FixedClock,
    /// Its database.
    pub store: Store,
    /// What answers.
    pub router: Router,
    people: AtomicU32,
    is_strict: bool,
}

impl TestSite {
    /// Begins a site: no limits, French by default, ready, a name that says that it is a test.
    pub fn builder() -> TestSiteBuilder {
        let config = Config {
            public_url: "http://parvis.test".into(),
            insecure_http: true,
            rates: Rates::unlimited(),
            ..Config::default()
        };
        let name = Localized::new("Ville d’essai", "Test town");
        let settings = Settings { ready: true, name, ..Settings::default() };
        TestSiteBuilder {
            store: None,
            tools: vec![],
            routes: vec![],
            sources: vec![],
            migrations: vec![],
            config,
            settings,
            now: NOON,
        }
    }

    /// A site in memory with these tools.
    pub async fn new(tools: Vec<Arc<dyn Tool>>) -> Self {
        Self::builder().tools(tools).build().await
    }

    /// A site on this database with these tools.
    pub async fn on(store: Store, tools: Vec<Arc<dyn Tool>>) -> Self {
        Self::builder().store(store).tools(tools).build().await
    }

    /// Fails the test at its end when jobs were left waiting.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// What time it is there.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Somebody without an account, in French.
    pub fn visitor(&self) -> Actor {
        Actor::new(self.router.clone(), Arc::clone(&self.site), None, None)
    }

    /// A participant of that name, signed in.
    pub async fn participant(&self, pseudonym: &str) -> Actor {
        self.person(pseudonym, Role::Participant).await
    }

    /// A moderator, signed in.
    pub async fn moderator(&self) -> Actor {
        self.person("Modération", Role::Moderator).await
    }

    /// An editor, signed in.
    pub async fn editor(&self) -> Actor {
        self.person("Rédaction", Role::Editor).await
    }

    /// An administrator, signed in.
    pub async fn admin(&self) -> Actor {
        self.person("Administration", Role::Administrator).await
    }

    /// A person with that name and role, signed in.
    ///
    /// # Panics
    /// When the account cannot be made.
    pub async fn person(&self, pseudonym: &str, role: Role) -> Actor {
        let number = self.people.fetch_add(1, Ordering::Relaxed);
        let (now, name) = (self.now(), pseudonym.to_owned());
        let email = format!("{}{number}@test.example", role.code());
        let (who, session) = self
            .write(move |tx| {
                boxed(async move {
                    let id = tx
                        .insert(
                            "insert into participant
                                (email, pseudonym, pseudonym_folded, role, created_at, terms_at)
                             values ($1, $2, $3, $4, $5, $5) returning id",
                            &p![email, name.as_str(), account::pseudonym::fold(&name), role.code(), now],
                        )
                        .await?;
                    let who = account::find(tx, id).await?.ok_or(parvis_civic::Error::NotFound)?;
                    let session = account::session_open(tx, now, &who, "test").await?;
                    Ok::<_, parvis_civic::Error>((who, session))
                })
            })
            .await
            .expect("the account is made");
        let cookie = (self.site.session_cookie_name().to_owned(), session.token);
        Actor::new(self.router.clone(), Arc::clone(&self.site), Some(cookie), Some(who))
    }

    /// Writes to the database as the program would, and forgets what was remembered of sessions.
    ///
    /// # Errors
    /// Those of the closure.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<parvis_store::Error> + Send + 'static,
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
    {
        let done = self.store.write(work).await;
        self.site.forget_sessions();
        self.site.settings_changed();
        done
    }

    /// Changes the settings.
    ///
    /// # Panics
    /// When they cannot be saved.
    pub async fn change_settings(&self, change: impl FnOnce(&mut Settings) + Send + 'static) {
        self.write(move |tx| {
            boxed(async move {
                let mut settings = settings::load(tx).await?;
                change(&mut settings);
                settings::save(tx, &settings).await
            })
        })
        .await
        .expect("the settings are saved");
    }

    /// Every mail written so far, the first one first.
    ///
    /// # Panics
    /// When the outbox cannot be read.
    pub async fn mails(&self) -> Vec<mail::Entry> {
        let listed = self
            .store
            .read(|tx| boxed(async move { mail::list(tx, &mail::Filter::default(), 1000, 0).await }))
            .await
            .expect("the outbox can be read");
        listed.items.into_iter().rev().collect()
    }

    /// Runs the jobs that are due with a worker that holds mails; add handlers with `register`.
    ///
    /// # Panics
    /// When the jobs cannot be read.
    pub async fn run_jobs_with(&self, register: impl FnOnce(Worker) -> Worker) -> usize {
        let clock: Arc<dyn Clock> = Arc::new(self.clock.clone());
        let worker = Worker::new(self.store.clone(), Arc::clone(&clock));
        let sender = mail::Sender::new(self.store.clone(), clock, None, &self.site.config.public_url)
            .expect("a sender without a server");
        register(sender.register(worker)).run_due().await.expect("the jobs run")
    }

    /// Runs the jobs that are due: mails are held in the outbox.
    pub async fn run_jobs(&self) -> usize {
        self.run_jobs_with(|worker| worker).await
    }

    /// Whether the site has French and English for everything it was asked to say so far.
    ///
    /// # Panics
    /// When a text is missing: names it.
    pub fn check_texts(&self) {
        let missing = self.site.catalog.missing();
        assert!(missing.is_empty(), "these texts do not exist: {missing:?}");
    }

    /// A visitor who reads in English.
    pub fn english(&self) -> Actor {
        self.visitor().locale(Locale::En)
    }
}

impl Drop for TestSite {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.check_texts();
        if self.is_strict {
            let store = self.store.clone();
            let handle = tokio::runtime::Handle::current();
            let waiting = std::thread::scope(|scope| {
                let read = || handle.block_on(store.read(|tx| boxed(parvis_ops::jobs::counts(tx))));
                scope.spawn(read).join().expect("the jobs can be counted")
            });
            let (waiting, failed) = waiting.expect("the jobs can be counted");
            assert_eq!((waiting, failed), (0, 0), "jobs were left (waiting, failed)");
        }
    }
}
