//! The public journal: an append-only log of every public act, as the leaves of a Merkle tree (RFC 6962)
//! with signed checkpoints (C2SP). Writing a leaf happens in the transaction of the act itself.
//!
//! A leaf is canonical JSON: `{"at":ms,"body":{…},"kind":"…","v":1}`. Personal data never enters it: texts
//! and choices stand as salted commitments, whose salts the database keeps and the bundle publishes as long
//! as the content is public.

use std::sync::Mutex;

use parvis_core::Millis;
use parvis_store::{Row, Store, Tx, p};
use parvis_transparency::checkpoint::Checkpoint;
use parvis_transparency::{canonical, commitment, merkle, note, receipt};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{Error, random, settings};

/// A leaf to write.
#[derive(Debug, Clone)]
pub struct Leaf {
    kind: &'static str,
    object: (&'static str, i64),
    actor: Option<i64>,
    body: Value,
}

impl Leaf {
    /// A leaf of this kind, about the site until [`Leaf::object`] says otherwise.
    pub const fn new(kind: &'static str) -> Self {
        Self { kind, object: ("site", 0), actor: None, body: Value::Null }
    }

    /// What the act is about: finds the leaves of a contribution, an activity …
    #[must_use]
    pub const fn object(mut self, kind: &'static str, id: i64) -> Self {
        self.object = (kind, id);
        self
    }

    /// Whose act it is: kept beside the leaf so that a person finds their receipts, never in it.
    #[must_use]
    pub const fn by(mut self, participant: i64) -> Self {
        self.actor = Some(participant);
        self
    }

    /// The public content of the leaf. No personal data.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = body;
        self
    }
}

/// A leaf that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifier of the row.
    pub id: i64,
    /// Place in the tree; none until placed, and in what [`write()`] gives.
    pub index: Option<i64>,
    /// Kind of act.
    pub kind: String,
    /// When the act was recorded (the day only, for votes).
    pub at: Millis,
    /// The canonical bytes that were hashed, as text.
    pub leaf: String,
    /// The leaf hash (RFC 6962), hexadecimal: the receipt's number.
    pub hash: String,
    /// Whose act it was; none once erased.
    pub participant_id: Option<i64>,
    /// What it is about.
    pub object: (String, i64),
}

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        index: row.get("idx")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        leaf: row.get("leaf")?,
        hash: row.get("hash")?,
        participant_id: row.get("participant_id")?,
        object: (row.get("ref_kind")?, row.get("ref_id")?),
    })
}

const COLUMNS: &str = "id, idx, kind, at, leaf, hash, participant_id, ref_kind, ref_id";

/// SHA-256 of some bytes, hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A salt for a commitment, hexadecimal.
pub fn salt() -> String {
    hex::encode(random::salt())
}

/// The commitment to `content` under a salt made by [`salt`], hexadecimal.
///
/// # Errors
/// When the salt is not one of ours or the content has no canonical form.
pub fn commit(salt: &str, content: &Value) -> Result<String, Error> {
    let bytes = canonical::to_bytes(content).map_err(|e| Error::Journal(e.to_string()))?;
    commit_text(salt, &bytes)
}

/// The commitment to a content whose canonical form the caller has made.
pub(crate) fn commit_text(salt: &str, content: &[u8]) -> Result<String, Error> {
    let salt = commitment::salt_from_hex(salt).ok_or_else(|| Error::Journal("unreadable salt".into()))?;
    Ok(commitment::commit_hex(&salt, content))
}

/// Writes a leaf in the transaction of the act.
///
/// # Errors
/// When the body has no canonical form (a float); the database.
pub async fn write(tx: &mut Tx<'_>, now: Millis, leaf: Leaf) -> Result<Entry, Error> {
    let nonce = random::token::<8>();
    let value = json!({ "v": 1, "kind": leaf.kind, "at": now, "nonce": nonce, "body": leaf.body });
    let bytes = canonical::to_bytes(&value).map_err(|e| Error::Journal(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|e| Error::Journal(e.to_string()))?;
    write_text(tx, now, leaf.kind, leaf.object, leaf.actor, text).await
}

/// Writes a leaf whose canonical text the caller has made.
pub(crate) async fn write_text(
    tx: &mut Tx<'_>,
    at: Millis,
    kind: &str,
    object: (&str, i64),
    actor: Option<i64>,
    leaf: String,
) -> Result<Entry, Error> {
    let hash = hex::encode(merkle::leaf_hash(leaf.as_bytes()));
    // One writer: the place is known at once. Several writers at a time: `place` gives it after the commit,
    // so that no act waits for another's.
    let sql = tx.variant(
        "insert into journal_entry (idx, kind, at, leaf, hash, participant_id, ref_kind, ref_id)
         values ((select coalesce(max(idx) + 1, 0) from journal_entry), $1, $2, $3, $4, $5, $6, $7) returning id",
        "insert into journal_entry (idx, kind, at, leaf, hash, participant_id, ref_kind, ref_id)
         values (null, $1, $2, $3, $4, $5, $6, $7) returning id",
    );
    let values = p![kind, at, leaf.as_str(), hash.as_str(), actor, object.0, object.1];
    let id = tx.insert(sql, &values).await?;
    Ok(Entry {
        id,
        index: None,
        kind: kind.to_owned(),
        at,
        leaf,
        hash,
        participant_id: actor,
        object: (object.0.to_owned(), object.1),
    })
}

/// Gives their place in the tree to the leaves that have none yet, in the order of their identifiers.
/// Two placers never run at once.
///
/// # Errors
/// The database.
pub async fn place(tx: &mut Tx<'_>) -> Result<usize, Error> {
    tx.lock("journal").await?;
    let next = tx.one("select coalesce(max(idx) + 1, 0) as n from journal_entry", &p![]).await?;
    let mut next: i64 = next.get("n")?;
    let pending =
        tx.query("select id from journal_entry where idx is null order by id limit 5000", &p![]).await?;
    for row in &pending {
        let id: i64 = row.get("id")?;
        tx.exec("update journal_entry set idx = $2 where id = $1", &p![id, next]).await?;
        next += 1;
    }
    Ok(pending.len())
}

/// Gives their place to all the leaves that have none yet; writes nothing when there is none.
///
/// # Errors
/// The database.
pub async fn place_pending(store: &Store) -> Result<(), Error> {
    loop {
        let waits = store
            .read(|tx| {
                Box::pin(async move {
                    let sql = "select id from journal_entry where idx is null limit 1";
                    Ok::<_, Error>(tx.opt(sql, &p![]).await?.is_some())
                })
            })
            .await?;
        if !waits {
            return Ok(());
        }
        store.write(|tx| Box::pin(place(tx))).await?;
    }
}

/// A leaf by its place in the tree.
///
/// # Errors
/// The database.
pub async fn by_index(tx: &mut Tx<'_>, index: i64) -> Result<Option<Entry>, Error> {
    let sql = format!("select {COLUMNS} from journal_entry where idx = $1");
    tx.opt(&sql, &p![index]).await?.as_ref().map(read).transpose()
}

/// Placed leaves, the last first, before the place `before` (exclusive).
///
/// # Errors
/// The database.
pub async fn recent(tx: &mut Tx<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Entry>, Error> {
    let sql = format!(
        "select {COLUMNS} from journal_entry where idx is not null and idx < $1 order by idx desc limit $2"
    );
    tx.query(&sql, &p![before.unwrap_or(i64::MAX), limit]).await?.iter().map(read).collect()
}

/// Placed leaves from `from` on, in order: for the export, page by page.
///
/// # Errors
/// The database.
pub async fn from(tx: &mut Tx<'_>, from: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    let sql = format!("select {COLUMNS} from journal_entry where idx >= $1 order by idx limit $2");
    tx.query(&sql, &p![from, limit]).await?.iter().map(read).collect()
}

/// The leaves about one object, the first first; those of reactions left out (a reaction names its own leaf).
///
/// # Errors
/// The database.
pub async fn about(tx: &mut Tx<'_>, kind: &str, id: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    // `kind <> 'reaction'` is what the index asks for.
    let sql = format!(
        "select {COLUMNS} from journal_entry where ref_kind = $1 and ref_id = $2 and kind <> 'reaction'
         order by id limit $3"
    );
    tx.query(&sql, &p![kind, id, limit]).await?.iter().map(read).collect()
}

/// The leaves of one person's acts, the last first: their receipts.
///
/// # Errors
/// The database.
pub async fn of_participant(
    tx: &mut Tx<'_>,
    participant: i64,
    limit: i64,
    offset: i64,
) -> Result<Vec<Entry>, Error> {
    let sql = format!(
        "select {COLUMNS} from journal_entry where participant_id = $1 order by id desc limit $2 offset $3"
    );
    tx.query(&sql, &p![participant, limit, offset]).await?.iter().map(read).collect()
}

/// The secret content that opens a leaf's commitment, for its author or for the public export.
///
/// # Errors
/// The database.
pub async fn opening(tx: &mut Tx<'_>, entry: &Entry) -> Result<Option<Value>, Error> {
    if entry.kind == "reaction" {
        let row = tx
            .opt(
                "select contribution_id, value, salt from reaction where contribution_id = $2 and entry_id = $1",
                &p![entry.id, entry.object.1],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let content = json!({
            "contribution": row.get::<i64>("contribution_id")?,
            "value": row.get::<i64>("value")?,
        });
        return Ok(Some(json!({ "salt": row.get::<String>("salt")?, "content": content })));
    }
    let row = tx
        .opt(
            "select contribution_id, title, body, explanation, extra, salt from contribution_version
             where contribution_id = $2 and entry_id = $1",
            &p![entry.id, entry.object.1],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let content = crate::contribution::content(
        &row.get::<String>("title")?,
        &row.get::<String>("body")?,
        &row.get::<String>("explanation")?,
        &row.get::<String>("extra")?,
    );
    Ok(Some(json!({ "salt": row.get::<String>("salt")?, "content": content })))
}

/// The tree in memory and the key that signs its heads. One for each site; cheap to keep up to date.
pub struct Log {
    tree: Mutex<merkle::Tree>,
}

/// A signed head of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of leaves.
    pub size: u64,
    /// Root hash, hexadecimal.
    pub root: String,
    /// The checkpoint, a C2SP signed note.
    pub note: String,
}

/// The site's signing key, made the first time; its name is the origin of the log, fixed then, so that moving
/// the site to another address does not make a second log of the same acts.
///
/// # Errors
/// The database, or a key that is damaged.
pub async fn signer(tx: &mut Tx<'_>, origin: &str) -> Result<note::Signer, Error> {
    let seed = settings::secret(tx, "journal-key", || random::bytes::<32>().to_vec()).await?;
    let seed: [u8; 32] =
        seed.try_into().map_err(|_| Error::Journal("the journal's key is damaged".into()))?;
    let origin = match settings::get(tx, "journal-origin").await? {
        Some(origin) => origin,
        None => {
            settings::put(tx, "journal-origin", origin).await?;
            origin.to_owned()
        }
    };
    note::Signer::from_seed(&origin, &seed).map_err(|e| Error::Journal(e.to_string()))
}

/// The origin of the log of a site at this public address: the address without its scheme, and `/journal`.
pub fn origin(public_url: &str) -> String {
    let host = public_url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    format!("{}/journal", if host.is_empty() { "localhost" } else { host })
}

impl Default for Log {
    fn default() -> Self {
        Self::new()
    }
}

impl Log {
    /// An empty tree, to be filled by [`Log::sync`].
    pub fn new() -> Self {
        Self { tree: Mutex::new(merkle::Tree::new()) }
    }

    /// Places what is pending and takes in every new leaf. Gives the size.
    ///
    /// # Errors
    /// The database; a tree that does not follow from the one known (the database was rewritten).
    pub async fn sync(&self, store: &Store) -> Result<u64, Error> {
        place_pending(store).await?;
        self.read_new(store).await
    }

    /// Takes in the leaves that are placed, without writing anything. Gives the size.
    ///
    /// # Errors
    /// The database.
    pub async fn read_new(&self, store: &Store) -> Result<u64, Error> {
        loop {
            let size = self.size();
            let from = i64::try_from(size).map_err(|e| Error::Journal(e.to_string()))?;
            let hashes: Vec<(i64, String)> = store
                .read(move |tx| {
                    Box::pin(async move {
                        let sql =
                            "select idx, hash from journal_entry where idx >= $1 order by idx limit 20000";
                        let rows = tx.query(sql, &p![from]).await?;
                        rows.iter()
                            .map(|r| Ok::<_, Error>((r.get("idx")?, r.get("hash")?)))
                            .collect::<Result<Vec<_>, _>>()
                    })
                })
                .await?;
            if hashes.is_empty() {
                return Ok(size);
            }
            let mut tree = self.lock();
            for (index, hash) in hashes {
                let Ok(index) = u64::try_from(index) else { continue };
                if index < tree.size() {
                    continue; // another reader took it in meanwhile
                }
                if index > tree.size() {
                    return Err(Error::Journal(format!("leaf {} is missing", tree.size())));
                }
                let hash = parvis_transparency::encode::from_hex(&hash)
                    .ok_or_else(|| Error::Journal(format!("leaf {index} has no readable hash")))?;
                tree.append(hash);
            }
        }
    }

    /// A leaf by its hash (the receipt's number), placed and taken in if it was not yet.
    ///
    /// # Errors
    /// Those of [`Log::sync`].
    pub async fn entry(&self, store: &Store, hash: &str) -> Result<Option<Entry>, Error> {
        let Some(hash) = parvis_transparency::encode::from_hex(hash) else { return Ok(None) };
        self.sync(store).await?;
        let index = self.with(|tree| tree.find(&hash)).and_then(|index| i64::try_from(index).ok());
        let Some(index) = index else { return Ok(None) };
        store.read(move |tx| Box::pin(by_index(tx, index))).await
    }

    /// Number of leaves taken in.
    pub fn size(&self) -> u64 {
        self.lock().size()
    }

    /// Works on the tree.
    pub fn with<R>(&self, work: impl FnOnce(&merkle::Tree) -> R) -> R {
        work(&self.lock())
    }

    /// The signed head of the tree as it was taken in.
    ///
    /// # Errors
    /// When the origin cannot be signed.
    pub fn head(&self, signer: &note::Signer) -> Result<Head, Error> {
        let (size, root) = self.with(|tree| (tree.size(), tree.root()));
        let note = Checkpoint::new(signer.verifier().name(), size, root)
            .sign(signer)
            .map_err(|e| Error::Journal(e.to_string()))?;
        Ok(Head { size, root: hex::encode(root), note })
    }

    /// The receipt of a placed leaf, against the present head. `opening` is what [`opening`] gave, for the
    /// author's own copy.
    ///
    /// # Errors
    /// When the leaf is not placed, or not taken in yet.
    pub fn receipt(
        &self,
        signer: &note::Signer,
        entry: &Entry,
        opening: Option<&Value>,
    ) -> Result<receipt::Receipt, Error> {
        let head = self.head(signer)?;
        let index = entry.index.and_then(|i| u64::try_from(i).ok());
        let index = index.ok_or_else(|| Error::Journal("the leaf has no place yet".into()))?;
        let proof =
            self.with(|tree| tree.inclusion(index, head.size)).map_err(|e| Error::Journal(e.to_string()))?;
        let opening = match opening {
            None => None,
            Some(value) => {
                let salt = value.get("salt").and_then(Value::as_str).unwrap_or_default();
                let salt = commitment::salt_from_hex(salt)
                    .ok_or_else(|| Error::Journal("unreadable salt".into()))?;
                let content = value.get("content").unwrap_or(&Value::Null);
                let content = canonical::to_bytes(content).map_err(|e| Error::Journal(e.to_string()))?;
                Some(receipt::Opening { salt, content })
            }
        };
        Ok(receipt::Receipt {
            origin: signer.verifier().name().to_owned(),
            index,
            size: head.size,
            leaf: entry.leaf.clone().into_bytes(),
            opening,
            proof,
            checkpoint: head.note,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, merkle::Tree> {
        self.tree.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
