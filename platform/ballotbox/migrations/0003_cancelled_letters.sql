-- Letters that were printed together, so that a failed print is cancelled whole; and the codes that no longer serve, which
-- name no line.
alter table ballotbox_voter add column letter_batch bigint;
create table ballotbox_cancelled (
  activity_id bigint not null references activity (id) on delete cascade,
  code_hash text not null,
  primary key (activity_id, code_hash)
);
