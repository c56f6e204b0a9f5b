//! What a consultation is made of: its rules, its sections, its lists. No web, no SQL.

use parvis_civic::contribution::{Contribution, Limits, Order, Status};
use parvis_civic::process::{Activity, Moment};
use parvis_core::{FieldErrors, Localized, Millis};
use serde::{Deserialize, Serialize};

/// The name of this component in the database and in addresses.
pub const NAME: &str = "consultation";

/// An official text put to consultation.
pub const ARTICLE: &str = "article";
/// A new article that anybody proposed.
pub const PROPOSAL: &str = "proposal";
/// An argument for or against one of the texts.
pub const ARGUMENT: &str = "argument";
/// A source about one of the texts.
pub const SOURCE: &str = "source";
/// A rival wording of an article or a proposal.
pub const AMENDMENT: &str = "amendment";

/// The kinds that stand in the list of a consultation.
pub const LISTED: [&str; 2] = [ARTICLE, PROPOSAL];
/// The kinds that have a page, votes, arguments and sources.
pub const DEBATED: [&str; 3] = [ARTICLE, PROPOSAL, AMENDMENT];

/// How many texts a page of the list shows.
pub const PAGE: i64 = 15;
/// How many arguments each side shows at once.
pub const SIDE: i64 = 15;
/// How many similar proposals are shown before publishing.
pub const SIMILAR: i64 = 5;

/// What the source is, for those who weigh it.
pub const CATEGORIES: [&str; 8] =
    ["website", "press", "law", "report", "blog", "paper", "audiovisual", "other"];

/// The reactions that a kind of contribution takes.
pub fn reactions(kind: &str) -> &'static [i64] {
    match kind {
        ARTICLE | PROPOSAL | AMENDMENT => &[1, 0, -1],
        ARGUMENT | SOURCE => &[1],
        _ => &[],
    }
}

/// What an editor decides about a consultation: who may write what, and how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Anybody may propose a new article.
    pub proposals: bool,
    /// Anybody may propose another wording.
    pub amendments: bool,
    /// Anybody may argue for and against.
    pub arguments: bool,
    /// Anybody may add sources.
    pub sources: bool,
    /// Least and most characters of a title.
    pub title: (usize, usize),
    /// Least and most characters of a proposal or an amendment.
    pub body: (usize, usize),
    /// Least and most characters of the explanation beside it.
    pub explanation: (usize, usize),
    /// Least and most characters of an argument, or of the summary of a source.
    pub argument: (usize, usize),
    /// Totals of votes are shown to nobody before the close.
    pub hide_totals_until_closed: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            proposals: true,
            amendments: true,
            arguments: true,
            sources: true,
            title: (15, 150),
            body: (30, 20_000),
            explanation: (0, 10_000),
            argument: (10, 2_000),
            hide_totals_until_closed: false,
        }
    }
}

impl Rules {
    /// The rules of an activity; what is not written takes its default.
    pub fn of(activity: &Activity) -> Self {
        serde_json::from_str(&activity.rules).unwrap_or_default()
    }

    /// The JSON kept with the activity.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The lengths of a kind of contribution.
    pub fn limits(&self, kind: &str) -> Limits {
        match kind {
            ARGUMENT => Limits { title: (0, 0), body: self.argument, explanation: (0, 0) },
            SOURCE => Limits { title: (3, self.title.1), body: (0, self.argument.1), explanation: (0, 0) },
            _ => Limits { title: self.title, body: self.body, explanation: self.explanation },
        }
    }

    /// Whether the totals of votes are shown at `now`.
    pub fn shows_totals(&self, activity: &Activity, now: Millis) -> bool {
        !self.hide_totals_until_closed || activity.moment(now) == Moment::After
    }
}

/// A part of the text put to consultation: a title, a chapter, a section …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Identifier.
    pub id: i64,
    /// The section it is in.
    pub parent_id: Option<i64>,
    /// Order among its siblings.
    pub position: i64,
    /// Its name.
    pub title: Localized,
    /// What it is about (Markdown).
    pub description: Localized,
}

/// Sections in reading order, each with its depth from 0. Sections whose parent does not exist come last.
pub fn outline(sections: &[Section]) -> Vec<(usize, &Section)> {
    fn below<'a>(all: &'a [Section], parent: Option<i64>, depth: usize, out: &mut Vec<(usize, &'a Section)>) {
        let mut children: Vec<&Section> = all.iter().filter(|s| s.parent_id == parent).collect();
        children.sort_by_key(|s| (s.position, s.id));
        for child in children {
            if out.len() >= all.len() {
                return;
            }
            out.push((depth, child));
            below(all, Some(child.id), depth + 1, out);
        }
    }
    let mut out = vec![];
    below(sections, None, 0, &mut out);
    for section in sections {
        if !out.iter().any(|(_, s)| s.id == section.id) {
            out.push((0, section));
        }
    }
    out
}

/// The sections that lead to `id`, the outermost first.
pub fn path(sections: &[Section], id: Option<i64>) -> Vec<&Section> {
    let mut path = vec![];
    let mut next = id;
    while let Some(section) = next.and_then(|id| sections.iter().find(|s| s.id == id)) {
        if path.len() >= sections.len() {
            break; // a loop in damaged data must not hang the page
        }
        path.push(section);
        next = section.parent_id;
    }
    path.reverse();
    path
}

/// A section and all those inside it: what a list of the section shows.
pub fn inside(sections: &[Section], id: i64) -> Vec<i64> {
    let mut ids = vec![id];
    let mut i = 0;
    while let Some(&parent) = ids.get(i) {
        for s in sections {
            if s.parent_id == Some(parent) && !ids.contains(&s.id) {
                ids.push(s.id);
            }
        }
        i += 1;
    }
    ids
}

/// The order of a list, as addresses name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The organisation's order first, then the most taken part in.
    #[default]
    Auto,
    /// A random order, the same for one visitor.
    Random,
    /// The last published first.
    Recent,
    /// The most supported first.
    Supported,
    /// The most argued first.
    Argued,
}

impl Sort {
    /// Every order, as the list offers them.
    pub const ALL: [Self; 5] = [Self::Auto, Self::Random, Self::Recent, Self::Supported, Self::Argued];

    /// Its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Random => "random",
            Self::Recent => "recent",
            Self::Supported => "supported",
            Self::Argued => "argued",
        }
    }

    /// Reads `code()`; anything else is the automatic order.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.code() == code).unwrap_or_default()
    }
}

/// Who wrote the texts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Everybody.
    #[default]
    All,
    /// The organisation.
    Organisation,
    /// People.
    People,
}

impl By {
    /// Every choice, as the list offers them.
    pub const ALL: [Self; 3] = [Self::All, Self::Organisation, Self::People];

    /// Its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Organisation => "organisation",
            Self::People => "people",
        }
    }

    /// Reads `code()`; anything else is everybody.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|b| b.code() == code).unwrap_or_default()
    }
}

/// The answers by which a list can be filtered: none yet, any, or one of the statuses.
pub const STATUSES: [&str; 7] = ["open", "answered", "accepted", "partly", "refused", "studied", "noted"];

/// The raw query of a list: what stands in its address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawQuery {
    /// Order.
    pub sort: String,
    /// Seed of the random order.
    pub seed: String,
    /// Section.
    pub section: String,
    /// Answer.
    pub status: String,
    /// Author.
    pub by: String,
    /// Page, from 1.
    pub page: String,
}

/// Which texts a list shows, in what order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Order.
    pub sort: Sort,
    /// Seed of the random order.
    pub seed: Option<i64>,
    /// In this section.
    pub section: Option<i64>,
    /// One of [`STATUSES`].
    pub status: Option<&'static str>,
    /// Who wrote them.
    pub by: By,
    /// From 1.
    pub page: i64,
}

impl From<RawQuery> for Query {
    /// Anything that cannot be read is left out: a mended address shows the plain list.
    fn from(raw: RawQuery) -> Self {
        Self {
            sort: Sort::parse(&raw.sort),
            seed: raw.seed.parse().ok().filter(|s| (0..1_000_000).contains(s)),
            section: raw.section.parse().ok(),
            status: STATUSES.into_iter().find(|s| *s == raw.status),
            by: By::parse(&raw.by),
            page: raw.page.parse().unwrap_or(1).clamp(1, 100_000),
        }
    }
}

impl Query {
    /// The civic order of this list.
    pub fn order(&self) -> Order {
        match self.sort {
            Sort::Auto => Order::Automatic,
            Sort::Random => Order::Random(self.seed.unwrap_or(0)),
            Sort::Recent => Order::Recent,
            Sort::Supported => Order::Supported,
            Sort::Argued => Order::Argued,
        }
    }

    /// Whether some texts are left out.
    pub fn is_filtered(&self) -> bool {
        self.section.is_some() || self.status.is_some() || self.by != By::All
    }

    /// What follows the page's address for this list: empty for the plain one, else it starts with `?`.
    pub fn href(&self) -> String {
        let mut parts = vec![];
        if self.sort != Sort::Auto {
            parts.push(format!("sort={}", self.sort.code()));
        }
        if let (Sort::Random, Some(seed)) = (self.sort, self.seed) {
            parts.push(format!("seed={seed}"));
        }
        if let Some(section) = self.section {
            parts.push(format!("section={section}"));
        }
        if let Some(status) = self.status {
            parts.push(format!("status={status}"));
        }
        if self.by != By::All {
            parts.push(format!("by={}", self.by.code()));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// The same list at another page.
    #[must_use]
    pub fn at_page(&self, page: i64) -> Self {
        Self { page, ..self.clone() }
    }
}

/// The number of pages that `count` texts fill; at least one.
pub const fn pages(count: i64, size: i64) -> i64 {
    if count <= size { 1 } else { (count + size - 1) / size }
}

/// Why an author can no longer change what they published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    /// The activity is not open.
    Closed,
    /// The time to edit is over.
    Late,
    /// The organisation has answered.
    Answered,
    /// The organisation has accepted, refused or merged the amendment.
    Decided,
    /// It is no longer published.
    Gone,
}

/// What the organisation did with a text, from which on the public record holds both: its words stay as they were then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It published an answer.
    Answered,
    /// It accepted, refused or merged the amendment.
    Decided,
}

/// Whether its author may still change a text at `now`: while the consultation is open, within the window of
/// `hours` after publication, and not once it was answered or decided on.
///
/// # Errors
/// The reason why not.
pub fn may_edit(
    c: &Contribution,
    activity: &Activity,
    now: Millis,
    hours: i64,
    settled: Option<Settled>,
) -> Result<(), Locked> {
    if c.status != Status::Published {
        Err(Locked::Gone)
    } else if !activity.is_open(now) {
        Err(Locked::Closed)
    } else if settled == Some(Settled::Answered) {
        Err(Locked::Answered)
    } else if settled == Some(Settled::Decided) {
        Err(Locked::Decided)
    } else if !c.editable(now, hours) {
        Err(Locked::Late)
    } else {
        Ok(())
    }
}

/// Whether its author may still withdraw a text: until the results are published, which count it, and until the
/// organisation answered it or decided on it: an answer to nothing would tell nobody anything.
///
/// # Errors
/// The reason why not.
pub fn may_withdraw(c: &Contribution, activity: &Activity, settled: Option<Settled>) -> Result<(), Locked> {
    match settled {
        _ if c.status != Status::Published => Err(Locked::Gone),
        _ if activity.results_at.is_some() => Err(Locked::Late),
        Some(Settled::Answered) => Err(Locked::Answered),
        Some(Settled::Decided) => Err(Locked::Decided),
        None => Ok(()),
    }
}

/// Checks the address of a source: an absolute `http` or `https` address with a host. Gives it trimmed.
pub fn check_link(errors: &mut FieldErrors, link: &str) -> String {
    let link = link.trim();
    if link.is_empty() {
        errors.add("link", "consultation-link-empty");
        return String::new();
    }
    let count = link.chars().count();
    if count > 2_000 {
        errors.add_with("link", "core-too-long", vec![("max", "2000".into()), ("count", count.to_string())]);
    } else if !is_web_address(link) {
        errors.add("link", "consultation-link-invalid");
    }
    link.to_owned()
}

fn is_web_address(link: &str) -> bool {
    let Some(scheme) = link.get(..8).or(link.get(..7)) else { return false };
    let scheme = scheme.to_ascii_lowercase();
    let rest = if scheme.starts_with("https://") {
        link.get(8..)
    } else if scheme.starts_with("http://") {
        link.get(7..)
    } else {
        None
    };
    let Some(rest) = rest else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // No name and password before the host: they make an address lie about where it leads.
    let host = authority.split(':').next().unwrap_or_default();
    !authority.contains('@')
        && host.contains('.')
        && !host.starts_with('.')
        && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && !link.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\`".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn section(id: i64, parent_id: Option<i64>, position: i64) -> Section {
        let title = Localized::new(format!("S{id}"), "");
        Section { id, parent_id, position, title, description: Localized::default() }
    }

    #[test]
    fn sections_are_read_in_order_with_their_depth() {
        let all = [section(1, None, 2), section(2, None, 1), section(3, Some(1), 1), section(4, Some(9), 1)];
        let ids: Vec<_> = outline(&all).into_iter().map(|(d, s)| (d, s.id)).collect();
        assert_eq!(ids, [(0, 2), (0, 1), (1, 3), (0, 4)]);
        let names: Vec<_> = path(&all, Some(3)).into_iter().map(|s| s.id).collect();
        assert_eq!(names, [1, 3]);
        assert_eq!(inside(&all, 1), [1, 3]);
    }

    #[test]
    fn a_loop_of_sections_does_not_hang() {
        let all = [section(1, Some(2), 1), section(2, Some(1), 1)];
        assert_eq!(outline(&all).len(), 2);
        assert_eq!(path(&all, Some(1)).len(), 2);
        assert_eq!(inside(&all, 1), [1, 2]);
    }

    #[test]
    fn links_lead_to_the_web_and_nowhere_else() {
        let verdict = |link: &str| {
            let mut errors = FieldErrors::new();
            check_link(&mut errors, link);
            errors.on("link").map(|e| e.key)
        };
        for good in ["https://example.org", "http://example.org:8080/a?b=c#d", " HTTPS://Éducation.fr/é "] {
            assert_eq!(verdict(good), None, "{good}");
        }
        assert_eq!(verdict("  "), Some("consultation-link-empty"));
        for bad in [
            "example.org",
            "javascript:alert(1)",
            "ftp://example.org",
            "https://",
            "https://localhost",
            "https://a.b@c.org/",
            "https://a b.org",
            "https://exa\"mple.org",
            "data:text/html,x",
            "https:///x.y",
        ] {
            assert_eq!(verdict(bad), Some("consultation-link-invalid"), "{bad}");
        }
        assert_eq!(verdict(&format!("https://a.org/{}", "x".repeat(2000))), Some("core-too-long"));
    }

    #[test]
    fn rules_take_their_defaults() {
        let rules: Rules = serde_json::from_str(r#"{"proposals":false,"title":[5,80],"unknown":1}"#).unwrap();
        assert_eq!(rules, Rules { proposals: false, title: (5, 80), ..Rules::default() });
        assert_eq!(serde_json::from_str::<Rules>(&rules.to_json()).unwrap(), rules);
    }

    #[test]
    fn pages_are_counted() {
        assert_eq!([pages(0, 15), pages(15, 15), pages(16, 15), pages(696, 15)], [1, 1, 2, 47]);
    }

    proptest! {
        #[test]
        fn any_address_gives_a_list_whose_own_address_gives_it_back(
            sort in "[a-z]{0,9}|recent|random", seed in "-?[0-9]{0,7}", section in "[0-9a-z]{0,4}",
            status in "[a-z]{0,8}|open|accepted", by in "people|organisation|[a-z]{0,3}", page in "-?[0-9]{0,9}",
        ) {
            let query = Query::from(RawQuery { sort, seed, section, status, by, page });
            let mut raw = RawQuery::default();
            for part in query.href().trim_start_matches('?').split('&').filter(|p| !p.is_empty()) {
                let (name, value) = part.split_once('=').unwrap();
                let value = value.to_owned();
                match name {
                    "sort" => raw.sort = value,
                    "seed" => raw.seed = value,
                    "section" => raw.section = value,
                    "status" => raw.status = value,
                    "by" => raw.by = value,
                    _ => raw.page = value,
                }
            }
            let back = Query::from(raw);
            let seed = if query.sort == Sort::Random { query.seed } else { None };
            prop_assert_eq!(back, Query { seed, ..query });
        }
    }
}
