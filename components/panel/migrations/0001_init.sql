-- A panel of citizens drawn by lot. What names people (name, contact, address, letters' codes, the real household) is erased
-- on the date that the rules say; pseudonymous rows (a random name, answers to the categories) stay, because the draw is
-- replayed from them. Rules (seats, categories, quotas, dates) are JSON in activity.rules.

create table panel (
  activity_id bigint primary key references activity (id) on delete cascade,
  frame_lines bigint not null default 0,
  letters bigint not null default 0,
  letters_seed text not null default '',
  letters_at bigint,
  phones bigint not null default 0,
  phones_plan text not null default '{}',
  phones_seed text not null default '',
  phones_at bigint,
  evaluation_opened_at bigint,
  evaluation_at bigint,
  erased_at bigint
);

-- The frame: people or addresses that may get a letter, one a line, numbered from 1. `rank` is the place in the draw of letters.
create table panel_letter (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  line bigint not null,
  name text not null default '',
  address text not null default '',
  household text not null default '',
  rank bigint,
  code_hash text,
  answer text not null default '',
  answered_at bigint,
  unique (activity_id, line)
);
create index panel_letter_code on panel_letter (activity_id, code_hash);
create index panel_letter_rank on panel_letter (activity_id, rank);

-- Telephone numbers drawn at random, digits only; `rank` is the place in the draw. Rows are deleted on the date of erasing.
create table panel_phone (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  rank bigint not null,
  number text not null,
  answer text not null default '',
  answered_at bigint,
  unique (activity_id, number),
  unique (activity_id, rank)
);

-- Volunteers. `pseudonym` names them in what is published; `answers` is JSON {category: value}; `person_key` folds name and
-- contact, so that one person is there once; `home` is the number of their household in the published pool. `seat`: empty,
-- drawn, accepted, declined or gone; `round` is the draw that gave it. `code_hash` is of the code that a member evaluates
-- with, `has_evaluated` that they did.
create table panel_volunteer (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  pseudonym text not null,
  answers text not null,
  name text not null default '',
  contact text not null default '',
  person_key text not null,
  household text not null default '',
  home text not null default '',
  letter_id bigint references panel_letter (id) on delete set null,
  phone_id bigint references panel_phone (id) on delete set null,
  locale text not null default 'fr',
  channel text not null,
  created_at bigint not null,
  is_pooled boolean not null default false,
  seat text not null default '',
  round bigint,
  code_hash text,
  has_evaluated boolean not null default false,
  unique (activity_id, pseudonym),
  unique (activity_id, person_key),
  unique (activity_id, letter_id),
  unique (activity_id, phone_id)
);

create index panel_volunteer_code on panel_volunteer (activity_id, code_hash);

-- What members think of it, from 1 to 5, and a free text. Who answered is `panel_volunteer.has_evaluated`; nothing here names them,
-- dates them or counts them in order.
create table panel_evaluation (
  token text primary key,
  activity_id bigint not null references activity (id) on delete cascade,
  fair bigint not null,
  voice bigint not null,
  balance bigint not null,
  trust bigint not null,
  again bigint not null,
  comment text not null default ''
);
create index panel_evaluation_activity on panel_evaluation (activity_id);

-- Draws: the first, then one for each time that members are replaced. `announcement` is canonical JSON, published before the
-- lottery is computed; `lottery` and `proof` are the files as published; the seed comes last, with the `signature` (hexadecimal)
-- of the round of drand that gave it, where it is one.
create table panel_round (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  number bigint not null,
  announced_at bigint not null,
  announcement text not null,
  progress text not null default '',
  failure text not null default '',
  lottery text,
  proof text,
  lottery_sha256 text,
  lottery_at bigint,
  seed text,
  signature text,
  ticket bigint,
  drawn_at bigint,
  unique (activity_id, number)
);

create table panel_session (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  title text not null,
  day text not null,
  tables bigint not null default 0
);
create index panel_session_activity on panel_session (activity_id, position);

-- Who sits where, and who came. `table_number` is 0 until tables are made.
create table panel_attendance (
  session_id bigint not null references panel_session (id) on delete cascade,
  volunteer_id bigint not null references panel_volunteer (id) on delete cascade,
  table_number bigint not null default 0,
  is_present boolean not null default false,
  primary key (session_id, volunteer_id)
);

-- What the panel recommends: voted one by one, then answered. Texts in two languages are JSON objects {"fr":…,"en":…}.
create table panel_recommendation (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  title text not null,
  body text not null default '{}',
  votes_for bigint,
  votes_against bigint,
  votes_abstain bigint,
  status text not null default '',
  answer text not null default '{}',
  answered_at bigint
);
create index panel_recommendation_activity on panel_recommendation (activity_id, position);
