//! PostgreSQL dies under load and comes back: nothing acknowledged is lost, and the pool recovers by itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use parvis_store::{Error, Migrations, Options, Store, Target, boxed, p};

const T: Migrations =
    Migrations { set: "t", steps: &[("001", "create table entry (id {pk}, token text not null unique);")] };

/// A PostgreSQL server of this test's own.
struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Server {
    fn start() -> Option<Server> {
        let bin = ["/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin"];
        let bin = bin.into_iter().map(PathBuf::from).find(|b| b.join("initdb").exists())?;
        let folder = tempfile::tempdir().ok()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let server = Server { folder, bin, port };
        // PostgreSQL refuses to run as root: it gets the folder.
        if is_root() && !run(Command::new("chown").arg("postgres").arg(server.folder.path())) {
            return None;
        }
        let data = server.data();
        let initdb = ["-D", &data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"];
        (server.command("initdb", &initdb) && server.up()).then_some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").to_string_lossy().into_owned()
    }

    fn up(&self) -> bool {
        let socket = self.folder.path().to_string_lossy();
        let settings =
            format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={socket}", self.port);
        self.command(
            "pg_ctl",
            &["-D", &self.data(), "-w", "-l", &format!("{socket}/log"), "-o", &settings, "start"],
        )
    }

    /// Stops at once, as in a power cut: no farewell to clients, no checkpoint.
    fn crash(&self) -> bool {
        self.command("pg_ctl", &["-D", &self.data(), "-w", "-m", "immediate", "stop"])
    }

    fn command(&self, name: &str, args: &[&str]) -> bool {
        let program = self.bin.join(name);
        let mut command = if is_root() {
            let mut c = Command::new("runuser");
            c.args(["-u", "postgres", "--"]).arg(&program);
            c
        } else {
            Command::new(&program)
        };
        run(command.args(args).current_dir(Path::new("/")))
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.crash();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"))
}

fn run(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

#[test]
fn postgres_may_die_and_come_back() {
    let Some(server) = Server::start() else {
        parvis_core::testing::skip("needs the PostgreSQL server programs");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let place = Target::Postgres(server.url());
        let db = Store::open(&place, Options { pg_pool: 4, ..Options::default() }).await.unwrap();
        db.migrate(&[T], None).await.unwrap();
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let mut tasks = Vec::new();
        for task in 0..16 {
            let (db, stopped) = (db.clone(), stopped.clone());
            tasks.push(tokio::spawn(async move {
                let (mut acked, mut refused) = (Vec::new(), 0);
                for n in 0.. {
                    let token = format!("{task}-{n}");
                    match insert(&db, &token).await {
                        Ok(()) => acked.push(token),
                        Err(e) => {
                            assert!(e.is_unavailable(), "{e:?}");
                            refused += 1;
                            tokio::time::sleep(Duration::from_millis(20)).await;
                        }
                    }
                    if *stopped.borrow() {
                        break;
                    }
                }
                (acked, refused)
            }));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(server.crash());
        let e = db.version_token().await.unwrap_err();
        assert!(e.is_unavailable(), "{e:?}");
        assert!(server.up());
        let back = Instant::now();
        while let Err(e) = insert(&db, "back").await {
            assert!(e.is_unavailable(), "{e:?}");
            assert!(back.elapsed() < Duration::from_secs(5), "no recovery");
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        stop.send(true).unwrap();
        let rows: Result<std::collections::HashSet<String>, Error> = async {
            let mut expected = Vec::new();
            let mut refused = 0;
            for task in tasks {
                let (acked, errors) = task.await.unwrap();
                expected.extend(acked);
                refused += errors;
            }
            assert!(refused > 0 && expected.len() > 50, "{refused} refused, {} acknowledged", expected.len());
            let present: std::collections::HashSet<String> = db
                .read(|tx| {
                    boxed(async move {
                        let rows = tx.query("select token from entry", &p![]).await?;
                        rows.iter().map(|r| r.at(0)).collect::<Result<_, Error>>()
                    })
                })
                .await?;
            for token in expected {
                assert!(present.contains(&token), "lost {token}");
            }
            Ok(present)
        }
        .await;
        assert!(rows.unwrap().contains("back"));
    });
}

async fn insert(db: &Store, token: &str) -> Result<(), Error> {
    let token = token.to_owned();
    db.write(move |tx| {
        boxed(async move { tx.exec("insert into entry (token) values ($1)", &p![token]).await.map(drop) })
    })
    .await
}
