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
