-- Who supports an activity: once each.

create table sample_support (
  activity_id bigint not null references activity (id) on delete cascade,
  participant_id bigint not null references participant (id) on delete cascade,
  created_at bigint not null,
  primary key (activity_id, participant_id)
);
