-- The shared nouns. Times are milliseconds since the Unix epoch, UTC. Texts in two languages are JSON
-- objects {"fr":…,"en":…}. Personal data stands in `participant`, `sign_in_link`, `session` and nowhere else.

create table setting (
  name text primary key,
  value text not null
);

create table secret (
  name text primary key,
  value {blob} not null
);

create table participant (
  id {pk},
  email text unique,
  pseudonym text not null,
  pseudonym_folded text not null,
  role text not null default 'participant',
  locale text not null default 'fr',
  status text not null default 'active',
  origin text not null default 'site',
  origin_key text unique,
  password_hash text,
  notify_replies boolean not null default true,
  notify_follows boolean not null default true,
  created_at bigint not null,
  last_seen_at bigint,
  terms_at bigint,
  erased_at bigint
);
create index participant_pseudonym on participant (pseudonym_folded);

create table session (
  token_hash text primary key,
  participant_id bigint not null references participant (id) on delete cascade,
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  device text not null default ''
);
create index session_participant on session (participant_id);

create table sign_in_link (
  token_hash text primary key,
  email text not null,
  purpose text not null,
  participant_id bigint references participant (id) on delete cascade,
  next text not null default '/',
  locale text not null default 'fr',
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index sign_in_link_email on sign_in_link (email, created_at);

create table kept_form (
  token_hash text primary key,
  path text not null,
  form text not null,
  expires_at bigint not null
);

create table idempotency (
  participant_id bigint not null,
  form_key text not null,
  location text not null,
  created_at bigint not null,
  primary key (participant_id, form_key)
);

create table process (
  id {pk},
  slug text not null unique,
  title text not null,
  summary text not null,
  description text not null,
  object text not null default '{}',
  perimeter text not null default '{}',
  duplicates_rule text not null default '{}',
  method_note text not null default '{}',
  preset text not null default 'open',
  answer_due_at bigint,
  organiser text not null default '{}',
  status text not null default 'draft',
  published_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create table phase (
  id {pk},
  process_id bigint not null references process (id) on delete cascade,
  position bigint not null,
  title text not null,
  description text not null default '{}',
  starts_at bigint not null,
  ends_at bigint not null
);
create index phase_process on phase (process_id, position);

create table process_document (
  id {pk},
  process_id bigint not null references process (id) on delete cascade,
  kind text not null,
  title text not null,
  body text not null,
  published_at bigint,
  created_at bigint not null
);
create index process_document_process on process_document (process_id, kind);

create table activity (
  id {pk},
  process_id bigint not null references process (id) on delete cascade,
  phase_id bigint references phase (id),
  slug text not null,
  component text not null,
  title text not null,
  summary text not null default '{}',
  rules text not null default '{}',
  status text not null default 'draft',
  opened_logged boolean not null default false,
  closed_logged boolean not null default false,
  results_at bigint,
  results text,
  position bigint not null default 0,
  created_at bigint not null,
  updated_at bigint not null,
  unique (process_id, slug)
);

create table contribution (
  id {pk},
  process_id bigint not null references process (id),
  activity_id bigint not null references activity (id),
  kind text not null,
  parent_id bigint references contribution (id),
  section_id bigint,
  side bigint,
  position bigint not null default 0,
  official boolean not null default false,
  author_id bigint references participant (id),
  status text not null default 'draft',
  title text not null default '',
  body text not null default '',
  explanation text not null default '',
  format text not null default 'md',
  extra text not null default '{}',
  lang text not null default 'fr',
  version bigint not null default 1,
  origin_key text,
  created_at bigint not null,
  published_at bigint,
  updated_at bigint not null,
  reactions_for bigint not null default 0,
  reactions_mixed bigint not null default 0,
  reactions_against bigint not null default 0,
  imported_for bigint not null default 0,
  imported_mixed bigint not null default 0,
  imported_against bigint not null default 0,
  support bigint not null default 0,
  arguments_for bigint not null default 0,
  arguments_against bigint not null default 0,
  sources bigint not null default 0,
  amendments bigint not null default 0,
  shuffle bigint not null default 0,
  unique (activity_id, origin_key)
);
create index contribution_list on contribution (activity_id, kind, status, section_id, position);
create index contribution_parent on contribution (parent_id, kind, status);
create index contribution_recent on contribution (activity_id, kind, status, published_at);
create index contribution_support on contribution (activity_id, kind, status, support);
create index contribution_author on contribution (author_id);

create table contribution_version (
  id {pk},
  contribution_id bigint not null references contribution (id) on delete cascade,
  number bigint not null,
  title text not null,
  body text not null,
  explanation text not null default '',
  extra text not null default '{}',
  note text not null default '',
  author_id bigint references participant (id),
  created_at bigint not null,
  salt text not null,
  entry_id bigint,
  unique (contribution_id, number)
);

create table reaction (
  id {pk},
  contribution_id bigint not null references contribution (id) on delete cascade,
  participant_id bigint not null,
  value bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  salt text not null,
  entry_id bigint not null,
  unique (contribution_id, participant_id)
);
create index reaction_participant on reaction (participant_id);

create table flag (
  id {pk},
  contribution_id bigint not null references contribution (id) on delete cascade,
  participant_id bigint not null,
  reason text not null,
  note text not null default '',
  created_at bigint not null,
  settled_at bigint,
  unique (contribution_id, participant_id)
);
create index flag_open on flag (settled_at, contribution_id);

create table moderation (
  id {pk},
  contribution_id bigint not null references contribution (id) on delete cascade,
  moderator_id bigint not null,
  action text not null,
  reason text not null,
  explanation text not null,
  created_at bigint not null,
  appeal text,
  appeal_at bigint,
  appeal_decision text,
  appeal_reply text,
  appeal_decided_at bigint,
  appeal_decided_by bigint
);
create index moderation_contribution on moderation (contribution_id, created_at);
create index moderation_appeal on moderation (appeal_at, appeal_decided_at);

create table answer (
  id {pk},
  contribution_id bigint not null unique references contribution (id) on delete cascade,
  status text not null,
  body text not null,
  draft boolean not null default true,
  author_id bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  published_at bigint
);

create table follow (
  participant_id bigint not null references participant (id) on delete cascade,
  kind text not null,
  ref_id bigint not null,
  created_at bigint not null,
  primary key (participant_id, kind, ref_id)
);
create index follow_target on follow (kind, ref_id);

-- The journal: one row a public act. `leaf` is the canonical text that is hashed; `idx` its place in the
-- Merkle tree (null until placed, which happens at once on SQLite and within a second on PostgreSQL).
create table journal_entry (
  id {pk},
  idx bigint unique,
  kind text not null,
  at bigint not null,
  leaf text not null,
  hash text not null unique,
  participant_id bigint,
  ref_kind text not null,
  ref_id bigint not null
);
create index journal_pending on journal_entry (id) where idx is null;
create index journal_participant on journal_entry (participant_id, id);
create index journal_ref on journal_entry (ref_kind, ref_id);

create table import_run (
  id {pk},
  kind text not null,
  at bigint not null,
  actor text not null,
  report text not null
);
