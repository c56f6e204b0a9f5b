-- The formal vote. Who voted and what was voted stand in tables that share nothing but the vote itself: no number,
-- no time, no order (every `id` of a signature, a ballot, a pass and a paper ballot is drawn at random). See
-- docs/adr/0010-ballots-apart-from-the-roll.md.

-- One box an activity. `seal` is the canonical JSON of what no longer changes once somebody has voted.
create table ballotbox (
  activity_id bigint primary key references activity (id) on delete cascade,
  seal text,
  seal_sha256 text,
  roll_salt text,
  closed_at bigint,
  closing text
);

-- The roll: the only names. `birth_date` is an ISO day; `email` is folded; `code_hash` is keyed.
create table ballotbox_voter (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  number text not null,
  last_name text not null,
  first_name text not null default '',
  folded text not null,
  birth_date text,
  district text not null default '',
  email text,
  code_hash text,
  participant_id bigint,
  unique (activity_id, number),
  unique (activity_id, participant_id)
);
create index ballotbox_voter_name on ballotbox_voter (activity_id, folded);
create index ballotbox_voter_email on ballotbox_voter (activity_id, email);
create index ballotbox_voter_code on ballotbox_voter (activity_id, code_hash);

-- Who voted, once, through which channel. `voter` is `v:` and a line of the roll, or `a:` and an account.
create table ballotbox_signature (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  voter text not null,
  channel text not null,
  unique (activity_id, voter)
);

-- What was voted.
create table ballotbox_ballot (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  tracker text not null,
  ballot text not null,
  unique (activity_id, tracker)
);

-- One-time codes given at the desk to vote on a screen: `open`, `used` or `returned`.
create table ballotbox_pass (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  code_hash text not null,
  state text not null default 'open',
  unique (activity_id, code_hash)
);

-- Ballots printed together.
create table ballotbox_batch (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  number bigint not null,
  size bigint not null,
  printed_at bigint not null,
  unique (activity_id, number)
);

-- Paper ballots: `printed`, `first` (keyed once), `disputed` (keyed twice, differently), `counted` or `spoiled`.
-- `first` and `second` are what each agent read; JSON, `null` for a spoiled ballot.
create table ballotbox_paper (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  batch_id bigint not null references ballotbox_batch (id) on delete cascade,
  code_hash text not null,
  state text not null default 'printed',
  first text,
  first_by bigint,
  second text,
  second_by bigint,
  unique (activity_id, code_hash)
);
create index ballotbox_paper_batch on ballotbox_paper (batch_id, state);
create index ballotbox_paper_state on ballotbox_paper (activity_id, state);

-- Where rows stand for the length of one statement while their order is drawn again (never used on SQLite, whose
-- rows stand in the order of their random ids).
-- postgres: create table ballotbox_mixing (id bigint not null, activity_id bigint not null, a text not null, b text not null);
