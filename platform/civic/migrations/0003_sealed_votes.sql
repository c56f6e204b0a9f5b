-- A vote whose rules are sealed keeps its dates. `sealed` is the SHA-256 of the rules that its first ballot sealed,
-- `counted` says that its ballots can be read, `closing_moves` is the JSON list of the times its closing was moved.
alter table activity add column sealed text;
alter table activity add column counted boolean not null default false;
alter table activity add column closing_moves text not null default '[]';
