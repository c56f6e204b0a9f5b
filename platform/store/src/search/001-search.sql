-- `title` and `terms` hold analysed words, not the text itself: see search/analyse.rs.
create table search_doc (
  id {pk},
  kind text not null,
  ref_id bigint not null,
  scope bigint not null,
  title text not null,
  terms text not null,
  -- postgres: words tsvector generated always as (setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', terms), 'D')) stored,
  unique (kind, ref_id)
);
-- postgres: create index search_doc_words on search_doc using gin (words);
-- sqlite: create virtual table search_fts using fts5(title, terms, content='search_doc', content_rowid='id', tokenize='ascii', prefix='3');
-- sqlite: create trigger search_doc_insert after insert on search_doc begin
-- sqlite:   insert into search_fts(rowid, title, terms) values (new.id, new.title, new.terms); end;
-- sqlite: create trigger search_doc_delete after delete on search_doc begin
-- sqlite:   insert into search_fts(search_fts, rowid, title, terms) values ('delete', old.id, old.title, old.terms); end;
-- sqlite: create trigger search_doc_update after update on search_doc begin
-- sqlite:   insert into search_fts(search_fts, rowid, title, terms) values ('delete', old.id, old.title, old.terms);
-- sqlite:   insert into search_fts(rowid, title, terms) values (new.id, new.title, new.terms); end;
