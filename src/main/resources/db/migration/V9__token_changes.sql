-- How often keys of a token were relabelled or destroyed: what other instances remember of them is void then.
create table token_change (
    serial  varchar(64) not null primary key,
    changes bigint      not null
);

-- A hundred grants with the longest subjects, all of quotation marks.
alter table key_record alter column grants set data type varchar(80000);
alter table wrapped_key alter column grants set data type varchar(80000);
