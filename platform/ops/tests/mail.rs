//! Mails, sent to a real SMTP server: a small one, written here, that speaks the protocol over TCP and keeps
//! what it receives.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::{Arc, Mutex};

use parvis_core::{FixedClock, Locale};
use parvis_ops::mail::smtp::Security;
use parvis_ops::mail::{self, Mail, Sender, Status};
use parvis_ops::{Smtp, Worker};
use parvis_store::{Store, db_test};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const SETS: [parvis_store::Migrations; 1] = [parvis_ops::MIGRATIONS];

/// What the server received, and how it answers the end of a message.
#[derive(Clone, Default)]
struct Sink {
    received: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<Vec<&'static str>>>,
}

impl Sink {
    async fn start(&self) -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = sink.clone();
                tokio::spawn(async move {
                    let _ = sink.talk(stream).await;
                });
            }
        });
        format!("smtp://127.0.0.1:{port}?from=Saint-Florent+<bonjour@sf.example>").parse().unwrap()
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 sink ESMTP\r\n").await?;
        let mut message = None::<String>;
        while let Some(line) = lines.next_line().await? {
            if let Some(text) = &mut message {
                if line == "." {
                    let answer = self.answers.lock().unwrap().pop().unwrap_or("250 2.0.0 kept");
                    if answer.starts_with("250") {
                        self.received.lock().unwrap().push(message.take().unwrap());
                    }
                    message = None;
                    write.write_all(format!("{answer}\r\n").as_bytes()).await?;
                } else {
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push('\n');
                }
                continue;
            }
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME",
                // base64 of NUL marie NUL p:ss
                "AUTH" if line == "AUTH PLAIN AG1hcmllAHA6c3M=" => "235 2.7.0 welcome",
                "AUTH" => "535 5.7.8 who?",
                "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 2.1.0 ok",
                "DATA" => {
                    message = Some(String::new());
                    "354 go on"
                }
                "QUIT" => "221 bye",
                _ => "502 5.5.1 what?",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }
}

async fn site(db: &Store, clock: &FixedClock, smtp: Option<&Smtp>) -> Worker {
    let clock = Arc::new(clock.clone());
    let sender = Sender::new(db.clone(), clock.clone(), smtp, "https://participer.sf.example/x").unwrap();
    sender.register(Worker::new(db.clone(), clock))
}

async fn queue(db: &Store, mail: Mail) -> i64 {
    db.write(move |tx| Box::pin(async move { mail::queue(tx, 1_795_450_000_000, mail).await })).await.unwrap()
}

async fn find(db: &Store, id: i64) -> mail::Entry {
    db.read(move |tx| Box::pin(async move { mail::find(tx, id).await })).await.unwrap().unwrap()
}

fn example() -> Mail {
    Mail {
        to: "ana@example.org".into(),
        subject: "Votre proposition\r\nBcc: tous@example.org".into(),
        text: "Bonjour,\n\nLa réponse est là : https://participer.sf.example/c/1".into(),
        locale: Locale::Fr,
        kind: "notification".into(),
        unsubscribe: Some("https://participer.sf.example/unsubscribe/abc".into()),
        one_click: true,
        ..Mail::default()
    }
}

#[db_test(migrations = SETS)]
async fn a_mail_is_sent_once_with_its_headers_and_both_parts(db: Store) {
    let sink = Sink::default();
    let smtp = sink.start().await;
    let clock = FixedClock::at(1_795_450_000_000);
    let worker = site(&db, &clock, Some(&smtp)).await;
    let id = queue(&db, example()).await;
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    let received = sink.received.lock().unwrap().clone();
    assert_eq!(received.len(), 1);
    let entry = find(&db, id).await;
    assert_eq!((entry.status, entry.attempts), (Status::Sent, 1));
    let head = received[0].split("\n\n").next().unwrap();
    for line in [
        "From: Saint-Florent <bonjour@sf.example>",
        "To: ana@example.org",
        "Subject: Votre proposition Bcc: tous@example.org",
        "Auto-Submitted: auto-generated",
        "List-Id: <notification.participer.sf.example>",
        "List-Unsubscribe: <https://participer.sf.example/unsubscribe/abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        &format!("Message-ID: <{}@sf.example>", entry.message_id),
    ] {
        assert!(head.lines().any(|l| l == line), "{line:?} is not in\n{head}");
    }
    assert!(!head.lines().any(|l| l.starts_with("Bcc")), "{head}");
    assert!(received[0].contains("text/plain") && received[0].contains("text/html"));
}

#[db_test(migrations = SETS)]
async fn a_server_that_refuses_for_now_is_asked_again_with_the_same_id(db: Store) {
    let sink = Sink::default();
    let smtp = sink.start().await;
    sink.answers.lock().unwrap().push("451 4.3.0 later");
    let clock = FixedClock::at(1_795_450_000_000);
    let worker = site(&db, &clock, Some(&smtp)).await;
    let id = queue(&db, example()).await;
    worker.run_due().await.unwrap();
    let entry = find(&db, id).await;
    assert_eq!((entry.status, entry.attempts), (Status::Queued, 1));
    assert!(entry.last_error.unwrap().contains("later"));
    clock.advance(60_000);
    worker.run_due().await.unwrap();
    let after = find(&db, id).await;
    assert_eq!((after.status, after.attempts, after.last_error), (Status::Sent, 2, None));
    assert_eq!(after.message_id, entry.message_id);
    assert!(sink.received.lock().unwrap()[0].contains(&after.message_id));
}

#[db_test(migrations = SETS)]
async fn a_server_that_refuses_for_good_is_not_asked_again(db: Store) {
    let sink = Sink::default();
    let smtp = sink.start().await;
    sink.answers.lock().unwrap().push("550 5.1.1 nobody there");
    let clock = FixedClock::at(1_795_450_000_000);
    let worker = site(&db, &clock, Some(&smtp)).await;
    let id = queue(&db, example()).await;
    let bad = queue(&db, Mail { to: "not an address".into(), ..example() }).await;
    worker.run_due().await.unwrap();
    assert_eq!(find(&db, id).await.status, Status::Failed);
    assert_eq!(find(&db, bad).await.status, Status::Failed);
    clock.advance(86_400_000);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    // Once the reason is mended, an administrator has it sent again.
    assert!(db.write(move |tx| Box::pin(async move { mail::retry(tx, 1, id).await })).await.unwrap());
    worker.run_due().await.unwrap();
    assert_eq!(find(&db, id).await.status, Status::Sent);
}

#[db_test(migrations = SETS)]
async fn a_server_that_is_down_loses_nothing(db: Store) {
    let smtp: Smtp = "smtp://127.0.0.1:1?from=a@x.example".parse().unwrap();
    let clock = FixedClock::at(0);
    let id = queue(&db, example()).await;
    clock.set(1_795_450_000_000);
    site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
    assert_eq!(find(&db, id).await.status, Status::Queued);
    let sink = Sink::default();
    let smtp = sink.start().await;
    clock.advance(3_600_000);
    site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
    assert_eq!(find(&db, id).await.status, Status::Sent);
}

#[db_test(migrations = SETS)]
async fn without_a_server_mails_are_held_listed_and_forgotten_with_their_person(db: Store) {
    let clock = FixedClock::at(1_795_450_000_000);
    let worker = site(&db, &clock, None).await;
    let id = queue(&db, example()).await;
    queue(&db, Mail { to: "bo@example.org".into(), subject: "Pour 100 %".into(), ..example() }).await;
    worker.run_due().await.unwrap();
    let list = |status, search: &'static str| {
        let db = db.clone();
        async move {
            let filter = mail::Filter { status, search: search.into() };
            let listed =
                db.read(move |tx| Box::pin(async move { mail::list(tx, &filter, 10, 0).await })).await;
            listed.unwrap().items.into_iter().map(|e| e.to).collect::<Vec<_>>()
        }
    };
    assert_eq!(list(Some(Status::Held), "").await, ["bo@example.org", "ana@example.org"]);
    assert_eq!(list(None, "ANA@").await, ["ana@example.org"]);
    assert_eq!(list(None, "0 %").await, ["bo@example.org"], "% is a character like another");
    assert!(list(Some(Status::Sent), "").await.is_empty());
    db.write(|tx| Box::pin(mail::forget(tx, "ana@example.org"))).await.unwrap();
    let entry = find(&db, id).await;
    assert_eq!((entry.to.as_str(), entry.subject.as_str(), entry.text.as_str()), ("", "", ""));
    assert!(!db.write(move |tx| Box::pin(async move { mail::retry(tx, 1, id).await })).await.unwrap());
    let sign_in = queue(&db, Mail { kind: mail::SIGN_IN.into(), ..example() }).await;
    clock.advance(8 * 86_400_000);
    let now = 1_795_450_000_000 + 8 * 86_400_000;
    db.write(move |tx| Box::pin(mail::tidy(tx, now))).await.unwrap();
    let gone = db.read(move |tx| Box::pin(async move { mail::find(tx, sign_in).await })).await.unwrap();
    assert_eq!(gone, None);
}

#[db_test(migrations = SETS)]
async fn a_sign_in_mail_is_blanked_once_sent(db: Store) {
    let sink = Sink::default();
    let smtp = sink.start().await;
    let clock = FixedClock::at(1_795_450_000_000);
    let id = queue(&db, Mail { kind: mail::SIGN_IN.into(), ..example() }).await;
    site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
    let entry = find(&db, id).await;
    assert_eq!((entry.status, entry.text.as_str()), (Status::Sent, ""));
    assert!(sink.received.lock().unwrap()[0].contains("Subject: Votre proposition"));
}

#[db_test(migrations = SETS)]
async fn a_password_is_given_and_a_wrong_one_is_said(db: Store) {
    let sink = Sink::default();
    let mut smtp = sink.start().await;
    let clock = FixedClock::at(1_795_450_000_000);
    (smtp.user, smtp.password) = (Some("marie".into()), Some("p:ss".into()));
    let id = queue(&db, example()).await;
    site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
    assert_eq!(find(&db, id).await.status, Status::Sent);
    smtp.password = Some("other".into());
    let id = queue(&db, example()).await;
    site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
    let entry = find(&db, id).await;
    assert!(entry.last_error.as_ref().unwrap().contains("who?"), "{entry:?}");
    assert_eq!(entry.status, Status::Queued, "it waits until the operator has mended the password");
    assert_eq!(sink.received.lock().unwrap().len(), 1);
}

#[db_test(migrations = SETS)]
async fn nothing_goes_in_clear_when_tls_was_asked_for(db: Store) {
    let sink = Sink::default();
    let plain = sink.start().await;
    let clock = FixedClock::at(1_795_450_000_000);
    for security in [Security::StartTls, Security::Tls] {
        let id = queue(&db, example()).await;
        let smtp = Smtp { security, ..plain.clone() };
        site(&db, &clock, Some(&smtp)).await.run_due().await.unwrap();
        let entry = find(&db, id).await;
        assert_eq!(entry.status, Status::Queued, "{entry:?}");
        assert!(entry.last_error.is_some());
    }
    assert!(sink.received.lock().unwrap().is_empty());
}
