-- A participatory budget, from ideas to delivery. Money is in cents. Texts in two languages are JSON objects
-- {"fr":…,"en":…}. Ballots, roll and receipts are the ballot box's.

-- Envelopes: one for the whole town, or one for each district.
create table budget_district (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  name text not null,
  body text not null default '{}',
  amount bigint not null,
  -- GeoJSON geometry of its outline (WGS 84); null when none was given.
  outline text,
  -- Whether everybody votes here, besides the district of their choice.
  everybody bigint not null default 0
);
create index budget_district_activity on budget_district (activity_id, position);

create table budget_category (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  name text not null
);
create index budget_category_activity on budget_category (activity_id, position);

-- What an idea adds to its contribution (kind `idea`). Coordinates are millionths of a degree.
create table budget_idea (
  contribution_id bigint primary key references contribution (id) on delete cascade,
  activity_id bigint not null references activity (id) on delete cascade,
  district_id bigint references budget_district (id),
  category_id bigint references budget_category (id),
  address text not null default '',
  latitude_e6 bigint,
  longitude_e6 bigint,
  -- What its author thinks it costs.
  estimate bigint,
  -- `received`, `study`, `feasible`, `refused`, `merged`
  state text not null default 'received',
  -- The service that studies it.
  service text not null default '',
  -- What the service answers, public once the state is decided.
  reason text not null default '{}',
  cost bigint,
  decided_at bigint,
  -- The idea that took it in.
  merged_into bigint references contribution (id)
);
create index budget_idea_activity on budget_idea (activity_id, state);
create index budget_idea_merged on budget_idea (merged_into);

-- Notes between services; never public.
create table budget_note (
  id {pk},
  contribution_id bigint not null references contribution (id) on delete cascade,
  author_id bigint,
  body text not null,
  created_at bigint not null
);
create index budget_note_idea on budget_note (contribution_id, id);

-- A proposed merger waits for the consent of both authors: `proposed`, `agreed`, `refused`, `cancelled`.
create table budget_merger (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  from_id bigint not null references contribution (id) on delete cascade,
  into_id bigint not null references contribution (id) on delete cascade,
  reason text not null default '',
  -- When each author agreed; null while they have not.
  from_consent bigint,
  into_consent bigint,
  state text not null default 'proposed',
  created_at bigint not null,
  decided_at bigint,
  unique (from_id, into_id)
);
create index budget_merger_activity on budget_merger (activity_id, state);

-- What is put to the vote.
create table budget_project (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  -- What names it in ballots, results and Pabulib files: its number, or the one it had where it was imported from.
  code text not null,
  district_id bigint not null references budget_district (id),
  category_id bigint references budget_category (id),
  title text not null,
  body text not null default '{}',
  cost bigint not null,
  address text not null default '',
  latitude_e6 bigint,
  longitude_e6 bigint,
  picture {blob},
  picture_alt text not null default '{}',
  -- Follow-up: '' until it has won, then `studies`, `works`, `delivered`, `abandoned`.
  progress text not null default '',
  promised_on text,
  delivered_on text,
  spent bigint not null default 0,
  unique (activity_id, code)
);
create index budget_project_district on budget_project (activity_id, district_id);

-- The last number that a project of a budget was given: a number is given once, even when its project is removed.
create table budget_number (
  activity_id bigint primary key references activity (id) on delete cascade,
  last bigint not null
);

-- The ideas that a project comes from.
create table budget_origin (
  project_id bigint not null references budget_project (id) on delete cascade,
  contribution_id bigint not null references contribution (id) on delete cascade,
  primary key (project_id, contribution_id)
);
create index budget_origin_idea on budget_origin (contribution_id);

-- The follow-up of a winner, step by step.
create table budget_step (
  id {pk},
  project_id bigint not null references budget_project (id) on delete cascade,
  happened_on text not null,
  progress text not null,
  body text not null default '{}',
  -- Money spent since the step before, in cents.
  spent bigint not null default 0,
  -- The day of delivery that is promised from this step on.
  promised_on text,
  picture {blob},
  picture_alt text not null default '{}',
  created_at bigint not null
);
create index budget_step_project on budget_step (project_id, happened_on, id);

-- Budgets that were held elsewhere. Their ballots are kept here, apart from those of the box: they were not cast here.
create table budget_import (
  activity_id bigint primary key references activity (id) on delete cascade,
  -- What they are counted under (canonical JSON): envelopes, projects, kind of ballots, rules, where they come from.
  content text not null,
  -- SHA-256 of the file: importing it again changes nothing.
  file_sha256 text not null unique
);

-- Each different ballot (canonical JSON) and how many there are; nothing of the people who cast them.
create table budget_imported_ballot (
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  ballot text not null,
  number bigint not null,
  primary key (activity_id, position)
);
