-- What a vote adds to a ballot box: the options. Texts in two languages are JSON objects {"fr":…,"en":…}.

create table vote_option (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  position bigint not null,
  title text not null,
  body text not null default '{}',
  link text not null default '',
  picture {blob},
  picture_alt text not null default '{}'
);
create index vote_option_activity on vote_option (activity_id, position);
