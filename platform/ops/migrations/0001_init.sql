-- Jobs, mails and the audit log. Times are milliseconds since the Unix epoch, UTC.

-- A job is written in the transaction of the act that causes it. It is due while `done_at` and `failed_at` are
-- null; `lease_until` says until when a worker has it in hand.
create table job (
  id {pk},
  kind text not null,
  payload text not null,
  run_at bigint not null,
  attempts bigint not null default 0,
  lease_until bigint,
  idem_key text unique,
  last_error text,
  created_at bigint not null,
  done_at bigint,
  failed_at bigint
);
create index job_due on job (run_at, id) where done_at is null and failed_at is null;
create index job_done on job (done_at) where done_at is not null;

-- status: queued, held (no mail server is configured: read it here), sent, failed.
create table mail (
  id {pk},
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  locale text not null,
  kind text not null,
  message_id text not null unique,
  reply_to text,
  unsubscribe text,
  one_click boolean not null default false,
  status text not null default 'queued',
  attempts bigint not null default 0,
  last_error text,
  created_at bigint not null,
  sent_at bigint
);
create index mail_status on mail (status, id);
create index mail_recipient on mail (recipient);

-- Who of the staff did what. Only inserted into; it names people by their id, so that erasing one needs no
-- change here.
create table audit (
  id {pk},
  at bigint not null,
  actor_id bigint,
  action text not null,
  object text not null,
  detail text not null default '{}'
);
create index audit_actor on audit (actor_id, id);
create index audit_action on audit (action, id);

-- Attempts that are counted (passwords tried, for instance). `subject` is a hash: no address stands here.
create table attempt (
  id {pk},
  subject text not null,
  at bigint not null
);
create index attempt_subject on attempt (subject, at);
