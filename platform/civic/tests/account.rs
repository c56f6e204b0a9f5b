//! Accounts on both engines: links, sessions, passwords, pseudonyms, staff, erasure.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use parvis_civic::account::{
    self, Asked, LinkProblem, Participant, Status, Texts, email, link, manage, password, profile, session,
    sign_in,
};
use parvis_civic::{Error, MIGRATIONS, SOURCE};
use parvis_core::{Locale, Role};
use parvis_i18n::{Catalog, T};
use parvis_ops::mail;
use parvis_store::{Fut, Store, Tx, boxed, db_test, p};

const SETS: [parvis_store::Migrations; 2] = [parvis_ops::MIGRATIONS, MIGRATIONS];
const NOW: i64 = 1_795_450_000_000;
const MINUTE: i64 = 60_000;

fn t(locale: Locale) -> T {
    let catalog = Arc::new(Catalog::build(&[SOURCE]).unwrap());
    catalog.t(locale, jiff::tz::TimeZone::UTC)
}

async fn write<R, F>(db: &Store, f: F) -> Result<R, Error>
where
    R: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<R, Error>> + Send + 'static,
{
    db.write(f).await
}

async fn ask(db: &Store, now: i64, email: &'static str, next: &'static str) -> Asked {
    write(db, move |tx| {
        boxed(async move {
            let t = t(Locale::Fr);
            let request = account::Request {
                email,
                next,
                site_name: "Saint-Florent",
                public_url: "https://sf.example/",
                t: &t,
            };
            account::request_link(tx, now, &request).await
        })
    })
    .await
    .unwrap()
}

/// The token in the last mail to this address.
async fn token(db: &Store, to: &'static str) -> String {
    let mails = db.read(move |tx| boxed(mail::to(tx, to))).await.unwrap();
    let line = mails[0].text.lines().find(|l| l.starts_with("https://")).unwrap().to_owned();
    line.rsplit('/').next().unwrap().to_owned()
}

async fn open(db: &Store, now: i64, token: &str) -> account::Opened {
    let token = token.to_owned();
    write(db, move |tx| boxed(async move { account::use_link(tx, now, &token).await })).await.unwrap()
}

async fn person(db: &Store, email: &'static str, role: Role) -> Participant {
    write(db, move |tx| boxed(account::create_staff(tx, NOW, None, email, role, Locale::Fr))).await.unwrap()
}

async fn count(db: &Store, sql: &'static str) -> i64 {
    db.read(move |tx| boxed(async move { tx.value(sql, &p![]).await }))
        .await
        .unwrap_or_else(|e: parvis_store::Error| panic!("{e}"))
}

#[db_test(migrations = SETS)]
async fn a_link_makes_the_account_once_and_leads_on(db: Store) {
    assert_eq!(ask(&db, NOW, " Ana@Example.org ", "/p/loi?page=2").await, Asked::Sent);
    assert_eq!(count(&db, "select count(*) from participant").await, 0, "asking makes no account");
    let token = token(&db, "ana@example.org").await;
    assert_eq!(token.len(), 64);
    assert_eq!(count(&db, "select count(*) from sign_in_link where token_hash like '%parvis%'").await, 0);
    // Looking, as a program that checks mails does, uses nothing up.
    let seen = token.clone();
    let look = db
        .read(move |tx| boxed(async move { link::look(tx, NOW, &seen, link::Purpose::SignIn).await }))
        .await
        .unwrap();
    assert_eq!(look.unwrap().email, "ana@example.org");
    let signed = open(&db, NOW + 15 * MINUTE - 1, &token).await.unwrap();
    assert!(signed.is_new);
    assert_eq!(signed.next, "/p/loi?page=2");
    assert!(signed.participant.pseudonym.starts_with("Participant-"));
    assert_eq!(signed.participant.terms_at, None);
    let again = open(&db, NOW + MINUTE, &token).await;
    assert_eq!(again, Err(LinkProblem::Used { next: "/p/loi?page=2".into() }));
    ask(&db, NOW, "ana@example.org", "https://evil.example").await;
    let token = self::token(&db, "ana@example.org").await;
    let signed = open(&db, NOW, &token).await.unwrap();
    assert!(!signed.is_new);
    assert_eq!(signed.next, "/");
}

#[db_test(migrations = SETS)]
async fn an_expired_or_unknown_link_opens_nothing(db: Store) {
    ask(&db, NOW, "ana@example.org", "/x").await;
    let token = token(&db, "ana@example.org").await;
    assert_eq!(open(&db, NOW + 15 * MINUTE, &token).await, Err(LinkProblem::Expired { next: "/x".into() }));
    assert_eq!(open(&db, NOW, "0123").await, Err(LinkProblem::Unknown));
    assert_eq!(count(&db, "select count(*) from participant").await, 0);
    write(&db, |tx| boxed(link::tidy(tx, NOW + 8 * 24 * 60 * MINUTE))).await.unwrap();
    assert_eq!(open(&db, NOW, &token).await, Err(LinkProblem::Unknown));
}

#[db_test(migrations = SETS)]
async fn the_answer_is_the_same_for_a_known_and_an_unknown_address_and_limited(db: Store) {
    person(&db, "ana@example.org", Role::Participant).await;
    for address in ["ana@example.org", "bo@example.org"] {
        for n in 0..5 {
            assert_eq!(ask(&db, NOW + n, address, "/").await, Asked::Sent);
        }
        assert_eq!(ask(&db, NOW + 5, address, "/").await, Asked::TooMany);
        assert_eq!(ask(&db, NOW + 15 * MINUTE + 1, address, "/").await, Asked::Sent);
    }
    assert_eq!(count(&db, "select count(*) from mail").await, 12);
}

#[db_test(migrations = SETS)]
async fn a_closed_site_tells_the_mailbox_only(db: Store) {
    write(&db, |tx| {
        boxed(async move {
            let mut site = parvis_civic::settings::load(tx).await?;
            site.open_registration = false;
            parvis_civic::settings::save(tx, &site).await
        })
    })
    .await
    .unwrap();
    assert_eq!(ask(&db, NOW, "new@example.org", "/").await, Asked::Sent);
    let mails = db.read(|tx| boxed(mail::to(tx, "new@example.org"))).await.unwrap();
    assert!(!mails[0].text.contains("/sign-in/"), "{}", mails[0].text);
    person(&db, "ana@example.org", Role::Participant).await;
    ask(&db, NOW, "ana@example.org", "/").await;
    assert!(!open(&db, NOW, &token(&db, "ana@example.org").await).await.unwrap().is_new);
}

#[db_test(migrations = SETS)]
async fn sessions_end_with_time_and_with_the_person(db: Store) {
    const HOUR: i64 = 60 * MINUTE;
    let ana = person(&db, "ana@example.org", Role::Participant).await;
    let mo = person(&db, "mo@example.org", Role::Moderator).await;
    let open = |who: Participant| {
        let db = db.clone();
        async move {
            let new = write(&db, move |tx| {
                boxed(async move {
                    account::session_open(tx, NOW, &who, "Mozilla/5.0 (X11; Linux) Firefox/140.0").await
                })
            });
            session::token_hash(&new.await.unwrap().token)
        }
    };
    let live = |hash: String, now: i64| {
        let db = db.clone();
        async move {
            let found =
                db.read(move |tx| boxed(async move { account::session_find(tx, now, &hash).await })).await;
            found.unwrap().map(|p| p.id)
        }
    };
    let (a, b, staff) = (open(ana.clone()).await, open(ana.clone()).await, open(mo.clone()).await);
    assert_ne!(a, b);
    assert_eq!(live(a.clone(), NOW + 30 * 24 * HOUR - 1).await, Some(ana.id));
    assert_eq!(live(a.clone(), NOW + 30 * 24 * HOUR).await, None);
    assert_eq!(live(staff.clone(), NOW + 12 * HOUR - 1).await, Some(mo.id));
    assert_eq!(live(staff.clone(), NOW + 12 * HOUR).await, None);
    // Visits prolong, hour by hour, up to ninety days.
    let touch = |now: i64| {
        let (db, a) = (db.clone(), a.clone());
        async move {
            write(&db, move |tx| boxed(async move { account::session_touch(tx, now, &a).await }))
                .await
                .unwrap()
        }
    };
    assert!(!touch(NOW + HOUR - 1).await, "at most once an hour");
    for days in [20, 45, 70, 89] {
        assert!(touch(NOW + days * 24 * HOUR).await);
    }
    assert_eq!(live(a.clone(), NOW + 90 * 24 * HOUR - 1).await, Some(ana.id));
    assert_eq!(live(a.clone(), NOW + 90 * 24 * HOUR).await, None);
    // Another person cannot close them; their owner can, one or all.
    let hash = b.clone();
    let (other, owner) = (mo.id, ana.id);
    assert!(
        !write(&db, move |tx| boxed(async move { account::session_close(tx, other, &hash).await }))
            .await
            .unwrap()
    );
    let keep = a.clone();
    let closed =
        write(&db, move |tx| boxed(async move { account::session_close_all(tx, owner, Some(&keep)).await }));
    assert_eq!(closed.await.unwrap(), 1);
    assert_eq!(live(b, NOW).await, None);
    let list = db.read(move |tx| boxed(session::sessions(tx, NOW, owner))).await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].device, "Firefox, Linux");
    // A new role closes them all.
    write(&db, move |tx| boxed(account::set_role(tx, NOW, Some(other), owner, Role::Editor))).await.unwrap();
    assert_eq!(live(a, NOW).await, None);
    write(&db, |tx| boxed(session::tidy(tx, NOW + 100 * 24 * HOUR))).await.unwrap();
    assert_eq!(count(&db, "select count(*) from session").await, 0);
}

#[db_test(migrations = SETS)]
async fn passwords_open_and_wrong_ones_are_counted(db: Store) {
    let ana = person(&db, "ana@example.org", Role::Participant).await;
    let hash = password::hash("trois petits chats".into()).await.unwrap();
    let who = ana.clone();
    write(&db, move |tx| {
        boxed(async move {
            profile::set_password(tx, NOW, &who, Some(&hash), None, "Saint-Florent", &t(Locale::Fr)).await
        })
    })
    .await
    .unwrap();
    let try_ = |address: &'static str, password: &'static str, now: i64| {
        let db = db.clone();
        async move { sign_in::with_password(&db, now, address, password.into()).await.unwrap() }
    };
    let right = |outcome| matches!(outcome, sign_in::Outcome::Right(p) if p.id == ana.id);
    assert!(right(try_("Ana@example.org", "trois petits chats", NOW).await));
    for address in ["ana@example.org", "nobody@example.org"] {
        for n in 0..10 {
            assert_eq!(try_(address, "trois petits chiens", NOW + n).await, sign_in::Outcome::Wrong);
        }
        assert_eq!(try_(address, "trois petits chats", NOW + 10).await, sign_in::Outcome::TooMany);
    }
    assert!(right(try_("ana@example.org", "trois petits chats", NOW + 16 * MINUTE).await));
    assert_eq!(count(&db, "select count(*) from mail where kind = 'account'").await, 1, "the person is told");
}

#[db_test(migrations = SETS)]
async fn pseudonyms_are_unique_among_those_who_can_sign_in(db: Store) {
    let ana = person(&db, "ana@example.org", Role::Participant).await;
    let bo = person(&db, "bo@example.org", Role::Participant).await;
    let welcome = |id: i64, name: &'static str, terms: bool| {
        let db = db.clone();
        async move {
            let profile = profile::Profile { pseudonym: name.into(), locale: Locale::En, terms };
            write(&db, move |tx| boxed(async move { profile::welcome(tx, NOW, id, &profile).await })).await
        }
    };
    let keys = |result: Result<Participant, Error>| match result {
        Err(Error::Fields(errors)) => errors.iter().map(|e| e.key).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let done = welcome(ana.id, "  Zoé  du Quartier ", true).await.unwrap();
    assert_eq!(
        (done.pseudonym.as_str(), done.locale, done.terms_at),
        ("Zoé du Quartier", Locale::En, Some(NOW))
    );
    assert!(welcome(ana.id, "Zoé du quartier", false).await.is_ok(), "one's own name, terms accepted before");
    let refused = welcome(bo.id, "zoe du-quartier", false).await;
    let Err(Error::Fields(errors)) = &refused else { panic!() };
    let free = errors.on("pseudonym").unwrap().args[0].1.clone();
    assert!(free.starts_with("zoe du-quartier 2, zoe du-quartier 3"), "{free}");
    assert_eq!(keys(refused), ["civic-account-pseudonym-taken", "civic-account-terms-needed"]);
    assert_eq!(keys(welcome(bo.id, "<b>", true).await), ["civic-account-pseudonym-signs"]);
    let id = ana.id;
    write(&db, move |tx| boxed(account::erase(tx, NOW, id, Texts::Keep))).await.unwrap();
    assert!(welcome(bo.id, "zoe du-quartier", true).await.is_ok(), "an erased person's name is free");
}

#[db_test(migrations = SETS)]
async fn an_address_changes_once_proved_and_the_old_one_is_told(db: Store) {
    let ana = person(&db, "ana@example.org", Role::Participant).await;
    person(&db, "bo@example.org", Role::Participant).await;
    let ask = |to: &'static str| {
        let (db, who) = (db.clone(), ana.clone());
        async move {
            write(&db, move |tx| {
                boxed(async move {
                    let t = t(Locale::En);
                    let request = account::Request {
                        email: to,
                        next: "/account",
                        site_name: "Saint-Florent",
                        public_url: "https://sf.example",
                        t: &t,
                    };
                    email::request_change(tx, NOW, &who, &request).await
                })
            })
            .await
            .unwrap()
        }
    };
    assert_eq!(ask("bo@example.org").await, Asked::Sent, "the same answer for an address that is taken");
    let mails = db.read(|tx| boxed(mail::to(tx, "bo@example.org"))).await.unwrap();
    assert!(!mails[0].text.contains("https://"));
    assert_eq!(ask("ana2@example.org").await, Asked::Sent);
    let token = token(&db, "ana2@example.org").await;
    assert_eq!(open(&db, NOW, &token).await, Err(LinkProblem::Unknown), "it does not sign anybody in");
    let used = token.clone();
    let changed = write(&db, move |tx| {
        boxed(async move { email::confirm_change(tx, NOW, &used, "Saint-Florent", &t(Locale::En)).await })
    });
    assert_eq!(changed.await.unwrap().unwrap().email.as_deref(), Some("ana2@example.org"));
    let old = db.read(|tx| boxed(mail::to(tx, "ana@example.org"))).await.unwrap();
    assert_eq!(old[0].subject, "Your address has changed on Saint-Florent");
}

#[db_test(migrations = SETS)]
async fn staff_is_appointed_and_somebody_always_administers(db: Store) {
    let admin = write(&db, |tx| boxed(account::ensure_admin(tx, NOW, "Admin@example.org", Locale::En)))
        .await
        .unwrap();
    assert_eq!((admin.role, admin.email.as_deref()), (Role::Administrator, Some("admin@example.org")));
    let id = admin.id;
    let refused = [
        write(&db, move |tx| boxed(account::set_role(tx, NOW, None, id, Role::Editor))).await,
        write(&db, move |tx| boxed(account::suspend(tx, NOW, None, id, ""))).await,
        write(&db, move |tx| boxed(account::erase(tx, NOW, id, Texts::Keep))).await,
    ];
    for result in refused {
        assert!(matches!(result, Err(Error::Conflict("civic-account-last-administrator"))), "{result:?}");
    }
    let bo = person(&db, "bo@example.org", Role::Participant).await.id;
    write(&db, move |tx| boxed(account::suspend(tx, NOW, Some(id), bo, "spam"))).await.unwrap();
    let found = db.read(move |tx| boxed(account::find(tx, bo))).await.unwrap().unwrap();
    assert_eq!(found.status, Status::Suspended);
    write(&db, move |tx| boxed(account::reinstate(tx, NOW, Some(id), bo))).await.unwrap();
    write(&db, move |tx| boxed(account::set_role(tx, NOW, Some(id), bo, Role::Administrator))).await.unwrap();
    write(&db, move |tx| boxed(account::set_role(tx, NOW, Some(bo), id, Role::Editor))).await.unwrap();
    assert_eq!(count(&db, "select count(*) from audit").await, 5);
    let list = |filter: manage::Filter| {
        let db = db.clone();
        async move {
            let listed = db
                .read(move |tx| boxed(async move { manage::list(tx, &filter, 10, 0).await }))
                .await
                .unwrap();
            let names: Vec<_> = listed.items.into_iter().filter_map(|k| k.participant.email).collect();
            (listed.total, names)
        }
    };
    let by = |search: &str| manage::Filter { search: search.into(), ..Default::default() };
    assert_eq!(list(by("")).await, (2, vec!["bo@example.org".into(), "admin@example.org".into()]));
    assert_eq!(list(by("BO@")).await.0, 1);
    assert_eq!(list(by("participant")).await.0, 2, "by pseudonym");
    assert_eq!(list(by("%")).await.0, 0);
    let editors = manage::Filter { role: Some(Role::Editor), ..Default::default() };
    assert_eq!(list(editors).await.1, ["admin@example.org"]);
    let roles = db.read(|tx| boxed(manage::count_by_role(tx))).await.unwrap();
    assert_eq!(roles[2..], [(Role::Editor, 1), (Role::Administrator, 1)]);
}

#[db_test(migrations = SETS)]
async fn an_erased_person_leaves_nothing_personal_and_their_votes_stay_counted(db: Store) {
    let ana = person(&db, "ana@example.org", Role::Participant).await;
    let id = ana.id;
    ask(&db, NOW, "ana@example.org", "/").await;
    write(&db, move |tx| {
        boxed(async move {
            account::session_open(tx, NOW, &ana, "Firefox/1 Linux").await?;
            tx.script(
                "insert into process (id, slug, title, summary, description, created_at, updated_at)
                 values (1, 'p', '{}', '{}', '{}', 0, 0);
                 insert into activity (id, process_id, slug, component, title, created_at, updated_at)
                 values (1, 1, 'a', 'consultation', '{}', 0, 0);",
            )
            .await?;
            for (n, status) in [(1, "published"), (2, "draft"), (3, "published")] {
                tx.exec(
                    "insert into contribution (id, process_id, activity_id, kind, author_id, status, title, created_at,
                            updated_at, reactions_for)
                     values ($1, 1, 1, 'proposal', $2, $3, 'Un banc', 0, 0, 1)",
                    &p![n, id, status],
                )
                .await?;
                tx.exec(
                    "insert into reaction (contribution_id, participant_id, value, created_at, updated_at, salt, entry_id)
                     values ($1, $2, 1, 0, 0, 'ab', 1)",
                    &p![n, id],
                )
                .await?;
                tx.exec(
                    "insert into journal_entry (idx, kind, at, leaf, hash, participant_id, ref_kind, ref_id)
                     values ($1, 'reaction', 0, '{}', 'h', $2, 'contribution', $1)",
                    &p![n, id],
                )
                .await?;
            }
            tx.exec(
                "insert into flag (contribution_id, participant_id, reason, note, created_at)
                 values (1, $1, 'spam', 'mon voisin', 0)",
                &p![id],
            )
            .await?;
            Ok(())
        })
    })
    .await
    .unwrap();
    let data = db.read(move |tx| boxed(account::my_data(tx, id))).await.unwrap();
    assert_eq!(data["account"]["email"], "ana@example.org");
    assert_eq!(data["account"]["notify_replies"], true);
    assert_eq!(data["account"]["created_at"], "2026-11-23T16:06:40Z");
    assert_eq!(data["contributions"].as_array().unwrap().len(), 3);
    assert_eq!(data["reactions"][0]["value"], 1);
    assert_eq!(data["mails"].as_array().unwrap().len(), 1);
    assert!(!data.to_string().contains("token") && !data.to_string().contains("argon2"));

    write(&db, move |tx| boxed(account::erase(tx, NOW, id, Texts::Keep))).await.unwrap();
    let left = db.read(move |tx| boxed(account::find(tx, id))).await.unwrap().unwrap();
    assert_eq!(
        (left.email, left.pseudonym.as_str(), left.status),
        (None, "Personne effacée", Status::Erased)
    );
    for (sql, expected) in [
        ("select count(*) from session", 0),
        ("select count(*) from sign_in_link", 0),
        ("select count(*) from mail where recipient <> '' or text <> ''", 0),
        ("select count(*) from contribution where status = 'published'", 2),
        ("select count(*) from contribution where status = 'draft'", 0),
        ("select count(*) from reaction where participant_id < 0", 2),
        ("select count(*) from reaction where participant_id > 0", 0),
        ("select count(*) from flag where participant_id < 0 and note = ''", 1),
        ("select count(*) from journal_entry where participant_id is null", 3),
    ] {
        assert_eq!(count(&db, sql).await, expected, "{sql}");
    }
    // No text of the database still holds the address.
    let again = write(&db, move |tx| boxed(account::erase(tx, NOW, id, Texts::Keep))).await;
    assert!(matches!(again, Err(Error::NotFound)));
    // The address can come back, as somebody new.
    ask(&db, NOW + 1, "ana@example.org", "/").await;
    let signed = open(&db, NOW + 1, &token(&db, "ana@example.org").await).await.unwrap();
    assert!(signed.is_new && signed.participant.id != id);
}

#[db_test(migrations = SETS)]
async fn notifications_stop_with_one_click_of_the_right_person_only(db: Store) {
    let ana = person(&db, "ana@example.org", Role::Participant).await.id;
    let url =
        write(&db, move |tx| boxed(profile::unsubscribe_url(tx, "https://sf.example/", ana))).await.unwrap();
    let token = url.strip_prefix("https://sf.example/unsubscribe/").unwrap().to_owned();
    let check = |token: String| {
        let db = db.clone();
        async move {
            let found =
                db.read(move |tx| boxed(async move { profile::unsubscribe_check(tx, &token).await })).await;
            found.unwrap().map(|p| p.id)
        }
    };
    assert_eq!(check(token.clone()).await, Some(ana));
    let (_, mac) = token.split_once('-').unwrap();
    assert_eq!(check(format!("{}-{mac}", ana + 1)).await, None);
    assert_eq!(check("x".into()).await, None);
    write(&db, move |tx| boxed(profile::notify(tx, ana, true, false))).await.unwrap();
    let found = db.read(move |tx| boxed(account::find(tx, ana))).await.unwrap().unwrap();
    assert!(found.notify_replies && !found.notify_follows);
}
