-- What was answered to the letters and on the telephone, kept when the rows that name people are erased. Null before that, and
-- where they were erased before this was kept.

alter table panel add column letters_yes bigint;
alter table panel add column letters_no bigint;
alter table panel add column phones_yes bigint;
alter table panel add column phones_no bigint;
