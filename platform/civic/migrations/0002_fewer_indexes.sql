-- A vote writes as few pages as it can: an index whose keys come in no order costs a page of the log for each vote.

-- What a vote is about is asked of the votes themselves, never of their leaves.
drop index journal_ref;
-- Who voted is found through their leaves.
drop index reaction_participant;
-- A leaf is found by its hash in the tree, which is in memory.
-- postgres:alter table journal_entry drop constraint journal_entry_hash_key;
-- sqlite:create table journal_entry_2 (
-- sqlite:  id {pk},
-- sqlite:  idx bigint unique,
-- sqlite:  kind text not null,
-- sqlite:  at bigint not null,
-- sqlite:  leaf text not null,
-- sqlite:  hash text not null,
-- sqlite:  participant_id bigint,
-- sqlite:  ref_kind text not null,
-- sqlite:  ref_id bigint not null
-- sqlite:);
-- sqlite:insert into journal_entry_2 select id, idx, kind, at, leaf, hash, participant_id, ref_kind, ref_id from journal_entry;
-- sqlite:drop table journal_entry;
-- sqlite:alter table journal_entry_2 rename to journal_entry;
-- sqlite:create index journal_pending on journal_entry (id) where idx is null;
-- sqlite:create index journal_participant on journal_entry (participant_id, id);
create index journal_ref on journal_entry (ref_kind, ref_id) where kind <> 'reaction';
