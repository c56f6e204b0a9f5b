-- What a consultation adds to the common contributions: the sections of the text put to consultation, and
-- what became of each amendment. Texts in two languages are JSON objects {"fr":…,"en":…}.

create table consultation_section (
  id {pk},
  activity_id bigint not null references activity (id) on delete cascade,
  parent_id bigint references consultation_section (id) on delete cascade,
  position bigint not null default 0,
  title text not null,
  description text not null default '{}'
);
create index consultation_section_activity on consultation_section (activity_id, position);

create table consultation_amendment (
  contribution_id bigint primary key references contribution (id) on delete cascade,
  base_version bigint not null,
  decision text,
  reason text not null default '{}',
  decided_at bigint,
  decided_by bigint references participant (id),
  result_version bigint
);
