-- The boxes that were in use before their activities said so.
update activity set sealed = (select b.seal_sha256 from ballotbox b where b.activity_id = activity.id)
  where exists (select 1 from ballotbox b where b.activity_id = activity.id and b.seal_sha256 is not null);
update activity set counted = true
  where exists (select 1 from ballotbox b where b.activity_id = activity.id and b.closed_at is not null);
