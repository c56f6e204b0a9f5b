//! A PostgreSQL of our own for one run: on a free loopback port, under a temporary folder, gone at the end.

use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::run;

/// The temporary folder of one run and, while it lasts, the server in it.
///
/// A small shell guards them: when its standard input ends (because we dropped it, were interrupted, or were
/// killed) it stops the server and removes the folder. So nothing is left behind however the run ends.
pub struct Run {
    /// The folder that is removed at the end; temporary files of every test go under it.
    pub folder: PathBuf,
    guard: Child,
    tell: Option<ChildStdin>,
}

/// Line by line: a number is the process of a server to stop at the end.
const GUARD: &str = r#"
servers=
while read -r server; do servers="$servers $server"; done
for server in $servers; do kill -INT "$server" 2>/dev/null; done
for server in $servers; do
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$server" 2>/dev/null
done
sleep 0.2
rm -rf -- "$1"
"#;

impl Run {
    /// Makes the folder and its guard.
    pub fn begin() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("parvis-test-{}", word()?));
        std::fs::create_dir(&folder)?;
        // The server may be another user, who must be able to walk through to its own part.
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o711))?;
        std::fs::create_dir(folder.join("tmp"))?;
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(&folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0) // an interruption from the keyboard is not for the guard
            .spawn()?;
        let tell = guard.stdin.take();
        Ok(Self { folder, guard, tell })
    }

    /// Where tests put their temporary files.
    pub fn temporary(&self) -> PathBuf {
        self.folder.join("tmp")
    }

    /// Starts a server with the programs of `bin` and gives its address, password included.
    pub fn postgres(&mut self, bin: &Path) -> Result<String> {
        let home = self.folder.join("postgres");
        std::fs::create_dir(&home)?;
        let password = word()?;
        std::fs::write(home.join("password"), &password)?;
        let user = server_user()?;
        if let Some((uid, gid)) = user {
            chown(&home, Some(uid), Some(gid))?;
            chown(home.join("password"), Some(uid), Some(gid))?;
        }
        let program = |name: &str| {
            let mut command = Command::new(bin.join(name));
            command.current_dir(&home).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command
        };

        let made = program("initdb")
            .args(["--pgdata=data", "--username=parvis", "--auth=scram-sha-256", "--pwfile=password"])
            .args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"])
            .output()
            .context("cannot start initdb")?;
        if !made.status.success() {
            bail!("initdb failed:\n{}", String::from_utf8_lossy(&made.stderr).trim());
        }

        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(home.join("log"))?;
        // With the settings of a real server, fsync included: durability and the doctor are tested on it.
        let mut server = program("postgres")
            .args(["-D", "data", "-p", &port.to_string()])
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
            .args(["-c", "max_connections=300", "-c", "shared_buffers=64MB"])
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .context("cannot start postgres")?;
        if let Some(tell) = &mut self.tell {
            writeln!(tell, "{}", server.id())?;
            tell.flush()?;
        }

        let from = Instant::now();
        let address =
            ["--host=127.0.0.1".to_owned(), format!("--port={port}"), "--dbname=postgres".to_owned()];
        while run::output(program("pg_isready").args(&address)).is_none() {
            let ended = server.try_wait()?.is_some();
            if ended || from.elapsed() > Duration::from_secs(60) {
                let log = std::fs::read_to_string(home.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{}", log.trim());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // The guard ends it; waiting for it here keeps it from staying as a zombie until we end.
        std::thread::spawn(move || server.wait());
        Ok(format!("postgres://parvis:{password}@127.0.0.1:{port}/postgres"))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        drop(self.tell.take());
        let _ = self.guard.wait();
    }
}

/// The folder of PostgreSQL's server programs, the newest where there are several.
pub fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| {
            let bin = entry.path().join("bin");
            let version = entry.file_name().to_str()?.parse().ok()?;
            bin.join("initdb").is_file().then_some((version, bin))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).or_else(|| {
        let initdb = run::find(&["initdb"])?;
        Some(initdb.parent()?.to_path_buf())
    })
}

/// PostgreSQL refuses to run as root: then, the user whom Debian made for it, or nobody.
fn server_user() -> Result<Option<(u32, u32)>> {
    let id =
        |arguments: &[&str]| -> Option<u32> { run::output(Command::new("id").args(arguments))?.parse().ok() };
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let (Some(uid), Some(gid)) = (id(&["-u", name]), id(&["-g", name])) {
            return Ok(Some((uid, gid)));
        }
    }
    bail!("running as root, and there is neither a user postgres nor a user nobody to run PostgreSQL as")
}

/// Sixteen hexadecimal digits that nobody can guess.
fn word() -> Result<String> {
    use std::io::Read;
    let mut bytes = [0_u8; 8];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_its_run() {
        let run = Run::begin().unwrap();
        let folder = run.folder.clone();
        std::fs::write(run.temporary().join("left behind"), "x").unwrap();
        assert!(folder.is_dir());
        drop(run);
        assert!(!folder.exists());
    }

    #[test]
    fn the_server_answers_and_goes_with_its_run() {
        let Some(bin) = programs() else { return };
        let mut run = Run::begin().unwrap();
        let url = run.postgres(&bin).unwrap();
        let ask =
            || run::output(Command::new(bin.join("psql")).args(["--no-psqlrc", "-Atc", "select 1", &url]));
        assert_eq!(ask().as_deref(), Some("1"));
        let folder = run.folder.clone();
        drop(run);
        assert_eq!(ask(), None);
        assert!(!folder.exists());
    }
}
