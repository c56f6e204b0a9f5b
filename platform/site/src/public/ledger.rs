//! The journal as the pages read it: its tree in memory and the key that signs its heads.

use parvis_civic::journal::{self, Entry, Head, Log};
use parvis_store::boxed;
use parvis_transparency::{encode, merkle, note, receipt};
use parvis_web::{Ctx, WebError};
use serde_json::Value;
use tokio::sync::OnceCell;

/// One site's journal, kept up to date by whoever reads it.
pub struct Ledger {
    log: Log,
    signer: OnceCell<note::Signer>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("size", &self.log.size()).finish_non_exhaustive()
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

impl Ledger {
    /// A journal not read yet.
    pub fn new() -> Self {
        Self { log: Log::new(), signer: OnceCell::new() }
    }

    /// Takes in every leaf written so far. Gives how many there are.
    pub(super) async fn size(&self, cx: &Ctx) -> Result<u64, WebError> {
        Ok(self.log.sync(cx.store()).await?)
    }

    /// The site's key, made the first time.
    async fn signer(&self, cx: &Ctx) -> Result<&note::Signer, WebError> {
        let made = self.signer.get_or_try_init(|| async {
            let origin = journal::origin(&cx.site.config.public_url);
            cx.store().write(move |tx| boxed(async move { journal::signer(tx, &origin).await })).await
        });
        Ok(made.await?)
    }

    /// The public half of the key.
    pub(super) async fn key(&self, cx: &Ctx) -> Result<note::Verifier, WebError> {
        Ok(self.signer(cx).await?.verifier().clone())
    }

    /// The signed head of everything written so far.
    pub(super) async fn head(&self, cx: &Ctx) -> Result<Head, WebError> {
        self.size(cx).await?;
        Ok(self.log.head(self.signer(cx).await?)?)
    }

    /// The receipt of a leaf against the present head.
    pub(super) async fn receipt(
        &self,
        cx: &Ctx,
        entry: &Entry,
        opening: Option<&Value>,
    ) -> Result<receipt::Receipt, WebError> {
        self.size(cx).await?;
        Ok(self.log.receipt(self.signer(cx).await?, entry, opening)?)
    }

    /// The root hash that this journal had at an earlier size, hexadecimal; none when it never had it.
    pub(super) fn root_at(&self, size: u64) -> Option<String> {
        self.log.with(|tree| tree.root_at(size)).ok().map(|root| encode::to_hex(&root))
    }

    /// Works on the tree.
    pub(super) fn with<R>(&self, work: impl FnOnce(&merkle::Tree) -> R) -> R {
        self.log.with(work)
    }

    /// A leaf by the number of its receipt, placed in the tree if it was not yet.
    pub(super) async fn entry(&self, cx: &Ctx, hash: &str) -> Result<Option<Entry>, WebError> {
        Ok(self.log.entry(cx.store(), hash).await?)
    }
}
