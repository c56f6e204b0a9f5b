//! The program from outside: its commands, their answers and their exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn parvis(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parvis")).args(arguments).env_remove("PARVIS_SITE").output().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn good(arguments: &[&str]) -> String {
    let output = parvis(arguments);
    assert!(output.status.success(), "{arguments:?}: {}{}", out(&output), err(&output));
    out(&output)
}

/// What a refused command says on standard error, and its status.
fn refused(arguments: &[&str]) -> (i32, String) {
    let output = parvis(arguments);
    (output.status.code().unwrap(), err(&output))
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

fn fixtures(folder: &Path) -> [String; 3] {
    let opinions = "\
id,title,section_id,section,section_subtitle,created_at,updated_at,author_key,author_is_vip,is_trashed,votes_ok,votes_mitige,votes_nok,votes_total,arguments_count,sources_count,body_text,appendix_text,url
9,Article 9 - Libre accès,91,Section 2,Recherche,2015-09-26T02:27:54+0200,,u_gov123456,True,False,1320,282,1732,3334,1,1,Texte,,https://www.republique-numerique.fr/a/9
12,=Une proposition,90,Section 1,Les Communs,2015-10-02T10:00:00+0200,,u_aaa111bbb,False,False,3,0,1,4,0,0,Un corps,,https://www.republique-numerique.fr/a/12
";
    let arguments = "\
id,opinion_id,side,created_at,author_key,is_trashed,votes_count,body
1,9,pour,2015-10-18T22:24:20+0200,u_ccc222ddd,False,7,Pour
";
    let sources = "\
id,opinion_id,title,link,category,created_at,author_key,votes_count,body
5,9,Une page,https://example.org/x,Site internet,2015-10-16T05:05:12+0200,u_ccc222ddd,1,
";
    let files = [("opinions.csv", opinions), ("arguments.csv", arguments), ("sources.csv", sources)];
    files.map(|(name, text)| {
        std::fs::write(folder.join(name), text).unwrap();
        path(folder, name)
    })
}

fn import<'a>(site: &'a str, files: &'a [String; 3], more: &[&'a str]) -> Vec<&'a str> {
    let [opinions, arguments, sources] = files;
    let mut all = vec![
        "import",
        "consultation",
        "--site",
        site,
        "--opinions",
        opinions,
        "--arguments",
        arguments,
        "--sources",
        sources,
    ];
    all.extend_from_slice(more);
    all
}

fn init(site: &str) {
    good(&["init", "--site", site, "--name", "Ville d’essai", "--admin-email", "admin@example.org"]);
}

#[test]
fn from_an_empty_folder_to_a_verified_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let site = path(folder.path(), "site");
    init(&site);
    let files = fixtures(folder.path());
    let dry: Value = serde_json::from_str(&good(&import(&site, &files, &["--dry-run", "--json"]))).unwrap();
    assert_eq!((dry["dry_run"].as_bool(), dry["added"]["proposals"].as_i64()), (Some(true), Some(1)));
    let done: Value = serde_json::from_str(&good(&import(&site, &files, &["--json"]))).unwrap();
    assert_eq!(done["added"], dry["added"]);
    assert_eq!(done["imported_votes"]["against"], 1733);
    let again: Value = serde_json::from_str(&good(&import(&site, &files, &["--json"]))).unwrap();
    assert_eq!(again["already_there"], done["added"]);
    assert_eq!(again["added"]["articles"], 0);

    let bundle = path(folder.path(), "bundle.zip");
    good(&["export", "--site", &site, "--out", &bundle]);
    let said = good(&["verify", &bundle]);
    assert!(said.contains("  1. ok    archive") && said.contains("checks hold"), "{said}");
    let report: Value = serde_json::from_str(&good(&["verify", &bundle, "--json"])).unwrap();
    assert_eq!(report["ok"], true);
    assert!(report["checks"].as_array().unwrap().iter().all(|c| c["ok"] == true && c["name"].is_string()));

    // One byte, anywhere.
    let mut bytes = std::fs::read(&bundle).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let forged = path(folder.path(), "forged.zip");
    std::fs::write(&forged, bytes).unwrap();
    let output = parvis(&["verify", &forged]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(out(&output).contains("does not hold"), "{}", out(&output));
    let report: Value = serde_json::from_str(&out(&parvis(&["verify", &forged, "--json"]))).unwrap();
    assert_eq!(report["ok"], false);

    // A backup fills a new site, which exports the same.
    let backup = path(folder.path(), "backup.zip");
    good(&["backup", "--site", &site, "--out", &backup]);
    let other = path(folder.path(), "other");
    good(&["restore", &backup, "--site", &other]);
    let copy = path(folder.path(), "copy.zip");
    good(&["export", "--site", &other, "--out", &copy]);
    good(&["verify", &copy]);
    let root = |bundle: &str| {
        let report: Value = serde_json::from_str(&good(&["verify", bundle, "--json"])).unwrap();
        let checks = report["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|c| c["name"] == "journal-checkpoint").unwrap()["detail"].clone()
    };
    assert_eq!(root(&bundle), root(&copy));
    assert_eq!(refused(&["restore", &backup, "--site", &other]).0, 2);
    assert_eq!(refused(&["backup", "--site", &site, "--out", &backup]).0, 2);
}

#[test]
fn what_cannot_be_used_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let site = path(folder.path(), "site");
    let nowhere = path(folder.path(), "nowhere.zip");
    for arguments in [
        vec!["export", "--site", &site, "--out", &nowhere],
        vec!["verify", &nowhere],
        vec!["backup", "--site", &site, "--out", &nowhere],
        vec!["import", "polis", "votes.csv"],
        vec!["doctor", "--site", &site],
        vec!["init", "--site", &site, "--name", "Ville", "--admin-email", "nobody"],
        vec!["serve", "--site", &site, "--listen", "nowhere"],
    ] {
        let (status, said) = refused(&arguments);
        assert_eq!(status, 2, "{arguments:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{arguments:?}: {said}");
    }
    assert!(refused(&["import", "polis", "x"]).1.contains("consultation"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (status, said) = refused(&["demo", "--port", &port]);
    assert!(status == 2 && said.contains("is taken"), "{said}");
    init(&site);
    let mut files = fixtures(folder.path());
    std::fs::write(
        &files[1],
        "id,opinion_id,side,created_at,author_key,is_trashed,votes_count,body\n1,7,pour,x,u,False,0,b\n",
    )
    .unwrap();
    let (status, said) = refused(&import(&site, &files, &[]));
    assert_eq!(status, 2);
    assert!(said.starts_with("arguments.csv:2: "), "{said}");
    files[1] = path(folder.path(), "missing.csv");
    assert!(refused(&import(&site, &files, &[])).1.contains("missing.csv"));
    let text = path(folder.path(), "opinions.csv");
    let (status, said) = refused(&["verify", &text]);
    assert!(status == 2 && said.contains("not a zip"), "{said}");
    assert_eq!(refused(&["init", "--site", &site, "--name", "Ville", "--admin-email", "a@example.org"]).0, 2);
}

#[test]
fn the_doctor_says_what_is_unsafe_and_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = path(folder.path(), "site");
    init(&site);
    let said = good(&["doctor", "--site", &site]);
    assert!(said.contains("ok     sqlite-synchronous") && said.contains("advice mail"), "{said}");
    let unsafe_url = ["doctor", "--site", &site, "--public-url", "http://ville.example", "--json"];
    let output = parvis(&unsafe_url);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["ok"], false);
    let finding = report["findings"].as_array().unwrap().iter().find(|f| f["name"] == "public-url").unwrap();
    assert_eq!(finding["level"], "unsafe");
    assert!(finding["mend"].as_str().unwrap().contains("https"));
}

struct Server {
    child: Child,
    address: SocketAddr,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Server {
    fn start(site: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_parvis"))
            .args(["serve", "--site", site, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on http://").unwrap_or_else(|| panic!("{line}"));
        Self { child, address: address.parse().unwrap(), lines }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.get(9..12).and_then(|s| s.parse().ok()).unwrap_or(0);
        (status, answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_site_is_served_until_it_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let site = path(folder.path(), "site");
    let mut server = Server::start(&site);
    // It listens before it says so: the very first request is answered.
    assert_eq!(server.get("/health").0, 200);
    let first = server.lines.next().unwrap().unwrap();
    assert!(first.contains("/setup") && first.contains("code"), "{first}");
    let (status, home) = server.get("/");
    assert!(status == 303 && home.to_lowercase().contains("location: /setup"), "{home}");
    let done = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(done.success());
    let since = Instant::now();
    let status = loop {
        if let Some(status) = server.child.try_wait().unwrap() {
            break status;
        }
        assert!(since.elapsed() < Duration::from_secs(15), "it did not end");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{status}");
}

#[test]
fn an_imported_consultation_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let site = path(folder.path(), "site");
    init(&site);
    let files = fixtures(folder.path());
    let done: Value = serde_json::from_str(&good(&import(&site, &files, &["--json"]))).unwrap();
    let server = Server::start(&site);
    let place = done["path"].as_str().unwrap();
    let (status, page) = server.get(place);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Article 9"), "{page}");
}
