-- Signatures given on paper where there was no network, and keyed after the closing: how many, when, by whom. Whose they
-- are stands in the roll alone.
create table ballotbox_sheet (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  agent bigint not null,
  keyed_at bigint not null,
  signatures bigint not null
);
create index ballotbox_sheet_activity on ballotbox_sheet (activity_id);
