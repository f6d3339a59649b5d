-- A key that comes back is used by the same people for the same purpose as when it was wrapped.
alter table wrapped_key add column grants varchar(65536) default '[]' not null;
alter table wrapped_key add column algorithms varchar(1024);
