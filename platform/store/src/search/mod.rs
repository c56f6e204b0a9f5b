//! Full-text search over what is public: the same hits on both engines.
//!
//! One analyser in Rust ([`terms`]) makes the words; the engines only look them up (FTS5 on SQLite, a `tsvector` with
//! the `simple` configuration on PostgreSQL). What a visitor types never reaches the engines' query languages: only
//! the analysed words do, which are ASCII letters and digits. The *set* of hits is the same on both engines.
//! Documents with all the words in their title come first; among equals the rank is each engine's own measure.

mod analyse;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::{Engine, Error, Migrations, Tx, Val, p};
use analyse::{Word, words};

/// The store's own tables, applied before any other set.
pub(crate) const MIGRATIONS: Migrations =
    Migrations { set: "store", steps: &[("001-search", include_str!("001-search.sql"))] };

/// What is put in the index.
#[derive(Debug, Clone)]
pub struct Doc<'a> {
    /// The kind of thing, for instance `contribution`.
    pub kind: &'a str,
    /// Its id among its kind.
    pub ref_id: i64,
    /// Where it belongs (a process, an activity), to search there only; 0 when it belongs nowhere.
    pub scope: i64,
    /// Its title: words here weigh more.
    pub title: &'a str,
    /// Its text, without markup.
    pub text: &'a str,
}

/// Where to search.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Only these kinds; all when empty.
    pub kinds: &'a [&'a str],
    /// Only in this scope.
    pub scope: Option<i64>,
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// As given in [`Doc`].
    pub kind: String,
    /// As given in [`Doc`].
    pub ref_id: i64,
    /// The greater, the better; only to compare within one answer.
    pub rank: f64,
}

/// A page of documents found, best first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hits {
    /// How many there are in all.
    pub total: i64,
    /// Those of this page.
    pub hits: Vec<Hit>,
}

/// More words than this in a query narrow nothing down.
const QUERY_WORDS: usize = 16;

/// How many distinct words of a text [`similar`] looks at: the first ones, so give it the title first.
const SIMILAR_WORDS: usize = 32;

/// How many documents [`similar`] compares closely.
const CANDIDATES: i64 = 300;

/// The words of a text as they are indexed, all forms of each, separated by spaces.
pub fn terms(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for form in words(text).iter().flat_map(|w| &w.forms) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(form);
    }
    out
}

/// Puts a document in the index, in place of the one of the same kind and id.
pub async fn put(tx: &mut Tx<'_>, doc: &Doc<'_>) -> Result<(), Error> {
    let sql = "insert into search_doc (kind, ref_id, scope, title, terms) values ($1, $2, $3, $4, $5)
        on conflict (kind, ref_id) do update
        set scope = excluded.scope, title = excluded.title, terms = excluded.terms";
    tx.exec(sql, &p![doc.kind, doc.ref_id, doc.scope, terms(doc.title), terms(doc.text)]).await?;
    Ok(())
}

/// Takes a document out of the index.
pub async fn remove(tx: &mut Tx<'_>, kind: &str, ref_id: i64) -> Result<(), Error> {
    tx.exec("delete from search_doc where kind = $1 and ref_id = $2", &p![kind, ref_id]).await?;
    Ok(())
}

/// Finds documents that hold every word of `query` (the last one may be only the beginning of a word), best first.
/// A query without any word that counts finds nothing.
pub async fn find(
    tx: &mut Tx<'_>,
    query: &str,
    filter: &Filter<'_>,
    limit: i64,
    offset: i64,
) -> Result<Hits, Error> {
    let mut words = words(query);
    words.truncate(QUERY_WORDS);
    if words.is_empty() {
        return Ok(Hits::default());
    }
    let engine = tx.engine();
    let (from, rank) = wording(engine);
    let (filters, mut params) = filters(all_of(engine, &words, false), filter);
    let total = tx.value(&format!("select count(*) {from} {filters}"), &params).await?;
    let n = params.len();
    // Each form of a word counts apart for the engines, so a rare spelling would beat the title: titles first.
    let titled = match engine {
        Engine::Sqlite => "d.id in (select rowid from search_fts where search_fts match",
        Engine::Postgres => "d.words @@ to_tsquery('simple',",
    };
    let page = format!(
        "select d.kind, d.ref_id, case when {titled} ${}) then 100.0 else 0.0 end + {rank} as rank {from} {filters}
         order by 3 desc, d.ref_id desc, d.kind limit ${} offset ${}",
        n + 1,
        n + 2,
        n + 3
    );
    params.extend(p![all_of(engine, &words, true), limit, offset]);
    let mut hits = Vec::new();
    tx.each(&page, &params, |row| {
        hits.push(Hit { kind: row.at(0)?, ref_id: row.at(1)?, rank: row.at(2)? });
        Ok(())
    })
    .await?;
    Ok(Hits { total, hits })
}

/// Finds documents that resemble `text`, best first: those that hold at least 30 % of its distinct words, and two of
/// them when it has three or more. Only the first 32 distinct words count. The same order on both engines.
pub async fn similar(
    tx: &mut Tx<'_>,
    text: &str,
    kinds: &[&str],
    scope: Option<i64>,
    limit: i64,
) -> Result<Vec<Hit>, Error> {
    let mut seen = HashSet::new();
    let mut words = words(text);
    words.retain(|w| seen.insert(w.forms.last().cloned()));
    words.truncate(SIMILAR_WORDS);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let engine = tx.engine();
    let (from, rank) = wording(engine);
    let (filters, mut params) = filters(any_of(engine, &words), &Filter { kinds, scope });
    let sql = format!(
        "select d.kind, d.ref_id, d.title, d.terms {from} {filters}
         order by {rank} desc, d.ref_id, d.kind limit ${}",
        params.len() + 1
    );
    params.push(CANDIDATES.into());
    let needed = (words.len() * 3).div_ceil(10).max(if words.len() >= 3 { 2 } else { 1 });
    let mut hits = Vec::new();
    tx.each(&sql, &params, |row| {
        let (title, terms): (String, String) = (row.at(2)?, row.at(3)?);
        let title: HashSet<&str> = title.split(' ').collect();
        let terms: HashSet<&str> = terms.split(' ').collect();
        let (mut found, mut points) = (0, 0u32);
        for word in &words {
            let in_title = word.forms.iter().any(|f| title.contains(f.as_str()));
            if in_title || word.forms.iter().any(|f| terms.contains(f.as_str())) {
                found += 1;
                points += if in_title { 3 } else { 2 };
            }
        }
        if found >= needed {
            let whole = u32::try_from(words.len()).unwrap_or(u32::MAX);
            let rank = f64::from(points) / f64::from(whole.saturating_mul(3));
            hits.push(Hit { kind: row.at(0)?, ref_id: row.at(1)?, rank });
        }
        Ok(())
    })
    .await?;
    hits.sort_by(|a, b| {
        b.rank.total_cmp(&a.rank).then(a.ref_id.cmp(&b.ref_id)).then_with(|| a.kind.cmp(&b.kind))
    });
    hits.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(hits)
}

/// The documents that match `$1`, and how well: the one place where the engines are asked in different words.
fn wording(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => (
            "from search_fts join search_doc d on d.id = search_fts.rowid where search_fts match $1",
            "-bm25(search_fts, 6.0, 1.0)",
        ),
        // Weights of D, C, B, A; 1 = a text is not better for being long.
        Engine::Postgres => (
            "from search_doc d where d.words @@ to_tsquery('simple', $1)",
            "cast(ts_rank('{0.15, 0.15, 0.15, 1.0}', d.words, to_tsquery('simple', $1), 1) as double precision)",
        ),
    }
}

/// The conditions after the match, and all parameters (`$1` is the match).
fn filters(query: String, filter: &Filter<'_>) -> (String, Vec<Val>) {
    let mut params = vec![Val::Text(query)];
    let mut sql = String::new();
    if !filter.kinds.is_empty() {
        let mut places = Vec::new();
        for kind in filter.kinds {
            params.push(Val::from(*kind));
            places.push(format!("${}", params.len()));
        }
        sql.push_str(&format!(" and d.kind in ({})", places.join(", ")));
    }
    if let Some(scope) = filter.scope {
        params.push(scope.into());
        sql.push_str(&format!(" and d.scope = ${}", params.len()));
    }
    (sql, params)
}

/// Every word, in any of its forms, in the title or anywhere; the last one as a beginning too (but article 3 is not
/// article 30).
fn all_of(engine: Engine, words: &[Word], in_title: bool) -> String {
    let last = words.len().saturating_sub(1);
    let mut groups = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        let beginning = i == last && !word.plain().bytes().any(|b| b.is_ascii_digit());
        groups.push(group(engine, word, beginning, in_title));
    }
    match engine {
        Engine::Sqlite if in_title => format!("title : ({})", groups.join(" AND ")),
        Engine::Sqlite => groups.join(" AND "),
        Engine::Postgres => groups.join(" & "),
    }
}

/// Any word, in any of its forms.
fn any_of(engine: Engine, words: &[Word]) -> String {
    let groups: Vec<String> = words.iter().map(|w| group(engine, w, false, false)).collect();
    groups.join(match engine {
        Engine::Sqlite => " OR ",
        Engine::Postgres => " | ",
    })
}

/// `("ecoles" OR "ecol" OR "ecoles" *)` or `(ecoles | ecol | ecoles:*)`: the forms are letters and digits only.
/// PostgreSQL marks words of the title with the weight A.
fn group(engine: Engine, word: &Word, beginning: bool, in_title: bool) -> String {
    let write = |form: &str, star: bool| match (engine, star, in_title) {
        (Engine::Sqlite, false, _) => format!("\"{form}\""),
        (Engine::Sqlite, true, _) => format!("\"{form}\" *"),
        (Engine::Postgres, false, false) => form.to_owned(),
        (Engine::Postgres, false, true) => format!("{form}:A"),
        (Engine::Postgres, true, false) => format!("{form}:*"),
        (Engine::Postgres, true, true) => format!("{form}:*A"),
    };
    let mut forms: Vec<String> = word.forms.iter().map(|f| write(f, false)).collect();
    if beginning {
        forms.push(write(word.plain(), true));
    }
    let or = match engine {
        Engine::Sqlite => " OR ",
        Engine::Postgres => " | ",
    };
    format!("({})", forms.join(or))
}
