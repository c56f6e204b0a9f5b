//! Making a bundle: everything in one reading of the database, straight into a zip.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::sync::Arc;
use std::time::Duration;

use parvis_core::Millis;
use parvis_store::{Fut, Store, Tx, boxed, p};
use parvis_transparency::bundle::{self as format, Listed, Manifest};
use parvis_transparency::checkpoint::Checkpoint;
use parvis_transparency::merkle::{Tree, leaf_hash};
use parvis_transparency::{encode, note, tile::Tile};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;

use super::results::{self, Figure, Head};
use super::spool::{Spools, Written, io};
use super::{package, table, tables, zipped};
use crate::export::table::Sink;
use crate::journal;
use crate::process::{Activity, Process};
use crate::settings::{self, Settings};
use crate::{Error, reaction};

/// What the tools add to a bundle.
pub trait ToolTables: Send + Sync + 'static {
    /// Writes the tables of the tool of this activity.
    fn tables<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>>;
    /// Gives further files for `results/`, as `(name, JSON)`.
    fn working<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>>;
}

/// No tool at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTool;

impl ToolTables for NoTool {
    fn tables<'a>(
        &'a self,
        _: &'a mut Tx<'_>,
        _: &'a Activity,
        _: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }

    fn working<'a>(
        &'a self,
        _: &'a mut Tx<'_>,
        _: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        Box::pin(async { Ok(vec![]) })
    }
}

/// What the database does not know.
#[derive(Debug, Clone)]
pub struct Options {
    /// When.
    pub now: Millis,
    /// The site's public address.
    pub url: String,
    /// The name of the journal, when none was signed yet: the address without its scheme.
    pub origin: String,
}

impl Options {
    /// For a site at this address: its journal is named after it.
    pub fn new(now: Millis, url: &str) -> Self {
        let url = url.trim_end_matches('/');
        Self { now, url: url.to_owned(), origin: journal::origin(url) }
    }
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Each table with its number of rows.
    pub tables: Vec<(String, u64)>,
    /// The number of leaves of the journal.
    pub leaves: u64,
    /// The root of the journal, hexadecimal.
    pub root: String,
    /// Files in the bundle.
    pub files: usize,
}

/// How long one reading may last.
const LIMIT: Duration = Duration::from_secs(3600);
/// How often the export waits for the journal to be complete, on an engine with several writers.
const PATIENCE: usize = 100;

/// Writes the bundle of the whole site into `out`, an empty file. One snapshot of the database; memory does not
/// grow with what it holds (the hashes of the journal excepted).
///
/// # Errors
/// The database; the file cannot be written.
pub async fn write_bundle<W>(
    store: &Store,
    tools: Arc<dyn ToolTables>,
    options: Options,
    out: W,
) -> Result<(W, Summary), Error>
where
    W: Read + Write + Seek + Send + 'static,
{
    // Packing is work for a processor: on a thread of its own, pages are served meanwhile.
    let (store, handle) = (store.clone(), tokio::runtime::Handle::current());
    let made = tokio::task::spawn_blocking(move || handle.block_on(make(&store, tools, options, out)));
    made.await.map_err(|e| Error::Internal(format!("the export was interrupted: {e}")))?
}

async fn make<W>(
    store: &Store,
    tools: Arc<dyn ToolTables>,
    options: Options,
    out: W,
) -> Result<(W, Summary), Error>
where
    W: Read + Write + Seek + Send + 'static,
{
    let origin = options.origin.clone();
    let signer = store.write(move |tx| boxed(async move { journal::signer(tx, &origin).await })).await?;
    let signer = Arc::new(signer);
    let mut out = out;
    for _ in 0..PATIENCE {
        journal::place_pending(store).await?;
        let (tools, options, signer) = (Arc::clone(&tools), options.clone(), Arc::clone(&signer));
        let (back, summary) = store
            .read_within(LIMIT, move |tx| {
                boxed(async move { snapshot(tx, &*tools, &options, &signer, out).await })
            })
            .await?;
        match summary {
            Some(summary) => return Ok((back, summary)),
            None => out = back,
        }
    }
    Err(Error::Internal("the site is too busy to be exported now: try again in a moment".into()))
}

/// One reading of everything; nothing when an act was written whose leaf has no place yet.
async fn snapshot<W: Read + Write + Seek + Send>(
    tx: &mut Tx<'_>,
    tools: &dyn ToolTables,
    options: &Options,
    signer: &note::Signer,
    out: W,
) -> Result<(W, Option<Summary>), Error> {
    let pending = tx.opt("select id from journal_entry where idx is null limit 1", &p![]).await?;
    if pending.is_some() {
        return Ok((out, None));
    }
    let site = settings::load(tx).await?;
    let all = tables::public(tx).await?;
    let written = write_tables(tx, tools, options, &all).await?;
    let mut pack = Pack::new(out)?;
    for (name, text) in readmes(&site, options, signer) {
        pack.bytes(name, text.as_bytes())?;
    }
    let mut names = vec![];
    let mut files = vec![];
    for activity in all.iter().flat_map(|(_, activities)| activities) {
        for (name, file) in results_of(tx, tools, options, activity).await? {
            names.push(name.clone());
            files.push((name, file));
        }
    }
    let about = package::About {
        name: &site.name,
        url: &options.url,
        licence: &site.licence,
        created: &table::instant(options.now),
    };
    let counted: Vec<_> = written.iter().map(|w| (&w.table, w.rows)).collect();
    let description = package::datapackage(&about, &counted, &names);
    let description = serde_json::to_vec_pretty(&description).map_err(io)?;
    pack.bytes(format::DATAPACKAGE, &description)?;
    let summary: Vec<_> = written.iter().map(|w| (w.table.name.to_owned(), w.rows)).collect();
    for Written { table, csv, json, .. } in written {
        pack.file(&format!("data/{}.csv", table.name), csv)?;
        pack.file(&format!("data/{}.jsonl", table.name), json)?;
    }
    let tree = write_journal(tx, signer, &mut pack).await?;
    for (name, file) in files {
        pack.file(&name, file)?;
    }
    let root = encode::to_hex(&tree.root());
    let (out, count) = pack.finish(signer)?;
    Ok((out, Some(Summary { tables: summary, leaves: tree.size(), root, files: count })))
}

async fn write_tables(
    tx: &mut Tx<'_>,
    tools: &dyn ToolTables,
    options: &Options,
    all: &[(Process, Vec<Activity>)],
) -> Result<Vec<Written>, Error> {
    let activities = || all.iter().flat_map(|(_, activities)| activities);
    let hidden: Vec<i64> =
        activities().filter(|a| !tables::shows_totals(a, options.now)).map(|a| a.id).collect();
    let mut spools = Spools::default();
    tables::frame(tx, options.now, all, &mut spools).await?;
    tables::contributions(tx, &hidden, &mut spools).await?;
    tables::reactions(tx, &hidden, &mut spools).await?;
    tables::replies(tx, &mut spools).await?;
    for activity in activities() {
        tools.tables(tx, activity, &mut spools).await?;
    }
    spools.finish()
}

/// The files of an activity's results: its figures, the published results, the tool's own.
async fn results_of(
    tx: &mut Tx<'_>,
    tools: &dyn ToolTables,
    options: &Options,
    activity: &Activity,
) -> Result<Vec<(String, File)>, Error> {
    let head = Head {
        activity: activity.id,
        process: activity.process_id,
        component: activity.component.clone(),
        rules: activity.rules.clone(),
        published_on: activity.results_at.map(table::day),
    };
    let shown = tables::shows_totals(activity, options.now);
    let days = reaction::by_day(tx, activity.id).await?;
    let days = days.into_iter().map(|d| (d.at, (d.reactions, d.contributions))).collect();
    let file = BufWriter::new(tempfile::tempfile().map_err(io)?);
    let mut writer = results::Writer::new(file, head, &days, shown)?;
    let mut failed = None;
    let done = tx
        .each(
            "select id, kind, reactions_for, reactions_mixed, reactions_against, imported_for, imported_mixed,
                imported_against, arguments_for, arguments_against
             from contribution where activity_id = $1 and status = 'published' order by id",
            &p![activity.id],
            |row| {
                let figure = Figure {
                    contribution: row.at(0)?,
                    kind: row.at(1)?,
                    cast: if shown { Some([row.at(2)?, row.at(3)?, row.at(4)?]) } else { None },
                    imported: [row.at(5)?, row.at(6)?, row.at(7)?],
                    arguments: [row.at(8)?, row.at(9)?],
                };
                writer.figure(&figure).map_err(|e| {
                    failed = Some(e);
                    parvis_store::Error::other("the export stopped")
                })
            },
        )
        .await;
    if let Some(e) = failed {
        return Err(e);
    }
    done?;
    let mut files = vec![(results::path(activity.id), rewound(writer.finish()?)?)];
    if let Some(published) = &activity.results {
        files.push((results::published_path(activity.id), spooled(published)?));
    }
    for (name, json) in tools.working(tx, activity).await? {
        files.push((format!("results/{name}"), spooled(&json)?));
    }
    Ok(files)
}

fn rewound(file: BufWriter<File>) -> Result<File, Error> {
    let mut file = file.into_inner().map_err(io)?;
    file.rewind().map_err(io)?;
    Ok(file)
}

fn spooled(text: &str) -> Result<File, Error> {
    let mut file = BufWriter::new(tempfile::tempfile().map_err(io)?);
    file.write_all(text.as_bytes()).map_err(io)?;
    rewound(file)
}

/// The journal: entries, tiles, signed head, key.
async fn write_journal<W: Write + Seek + Send>(
    tx: &mut Tx<'_>,
    signer: &note::Signer,
    pack: &mut Pack<W>,
) -> Result<Tree, Error> {
    let mut tree = Tree::new();
    let bytes = "select coalesce(sum(octet_length(leaf)) + count(*), 0) from journal_entry";
    let bytes: i64 = tx.value(bytes, &p![]).await?;
    pack.start(format::ENTRIES, bytes > i64::from(u32::MAX))?;
    let mut failed = None;
    let done = tx
        .each("select idx, leaf from journal_entry order by idx", &p![], |row| {
            let (index, leaf): (i64, String) = (row.at(0)?, row.at(1)?);
            let place = tree.append(leaf_hash(leaf.as_bytes()));
            let wrong = u64::try_from(index).ok() != Some(place);
            let wrote = pack.write(leaf.as_bytes()).and_then(|()| pack.write(b"\n"));
            if wrong || wrote.is_err() {
                failed = wrote.err();
                return Err(parvis_store::Error::other(format!("leaf {place} of the journal is missing")));
            }
            Ok(())
        })
        .await;
    if let Some(e) = failed {
        return Err(e);
    }
    done?;
    pack.end()?;
    let verifier = signer.verifier();
    let head = Checkpoint::new(verifier.name(), tree.size(), tree.root());
    let head = head.sign(signer).map_err(|e| Error::Journal(e.to_string()))?;
    pack.bytes(format::CHECKPOINT, head.as_bytes())?;
    pack.bytes(format::KEY, format!("{verifier}\n").as_bytes())?;
    for tile in Tile::of_size(tree.size()) {
        let hashes = tile.hashes(&tree).map_err(|e| Error::Journal(e.to_string()))?;
        pack.bytes(&format!("{}{tile}", format::JOURNAL), &hashes)?;
    }
    Ok(tree)
}

/// A zip being written, its manifest with it.
struct Pack<W: Write + Seek> {
    zip: zip::ZipWriter<W>,
    manifest: Manifest,
    now: Option<(String, Sha256, u64)>,
}

impl<W: Write + Seek> Pack<W> {
    fn new(out: W) -> Result<Self, Error> {
        let mut zip = zip::ZipWriter::new(out);
        zip.set_comment(zipped::placeholder()).map_err(io)?;
        Ok(Self { zip, manifest: Manifest::default(), now: None })
    }

    fn start(&mut self, name: &str, is_large: bool) -> Result<(), Error> {
        // No date: two exports of one state are the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .large_file(is_large)
            .unix_permissions(0o644);
        self.zip.start_file(name, options).map_err(io)?;
        self.now = Some((name.to_owned(), Sha256::new(), 0));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.zip.write_all(bytes).map_err(io)?;
        if let Some((_, hash, size)) = &mut self.now {
            hash.update(bytes);
            *size += u64::try_from(bytes.len()).map_err(io)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        if let Some((name, hash, size)) = self.now.take() {
            self.manifest.add(name, Listed { size, sha256: hash.finalize().into() });
        }
        Ok(())
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.start(name, false)?;
        self.write(bytes)?;
        self.end()
    }

    fn file(&mut self, name: &str, file: File) -> Result<(), Error> {
        let size = file.metadata().map_err(io)?.len();
        self.start(name, size > u64::from(u32::MAX))?;
        let mut file = BufReader::new(file);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut buffer).map_err(io)?;
            if read == 0 {
                return self.end();
            }
            self.write(buffer.get(..read).unwrap_or_default())?;
        }
    }
}

impl<W: Read + Write + Seek> Pack<W> {
    fn finish(mut self, signer: &note::Signer) -> Result<(W, usize), Error> {
        let manifest = std::mem::take(&mut self.manifest);
        let count = manifest.files.len() + 2;
        let bytes = manifest.to_bytes();
        self.bytes(format::MANIFEST, &bytes)?;
        self.bytes(format::MANIFEST_SIGNATURE, format::sign_manifest(&bytes, signer).as_bytes())?;
        let mut out = self.zip.finish().map_err(io)?;
        zipped::seal(&mut out).map_err(io)?;
        Ok((out, count))
    }
}

fn readmes(site: &Settings, options: &Options, signer: &note::Signer) -> [(&'static str, String); 2] {
    let (path, title) = package::licence(&site.licence);
    let fill = |template: &str, name: &str| {
        let values: [(&str, &str); 6] = [
            ("{name}", name),
            ("{url}", &options.url),
            ("{day}", &table::day(options.now)),
            ("{licence}", title),
            ("{licence_url}", path),
            ("{key}", &signer.verifier().to_string()),
        ];
        values.iter().fold(template.to_owned(), |text, (mark, value)| text.replace(mark, value))
    };
    [
        ("LISEZMOI.md", fill(include_str!("lisezmoi.md"), site.name.get(parvis_core::Locale::Fr))),
        ("README.md", fill(include_str!("readme.md"), site.name.get(parvis_core::Locale::En))),
    ]
}
