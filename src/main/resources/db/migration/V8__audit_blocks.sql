-- A row holds the lines that were at hand together: a row for each cost more than the signature that it told of.
create table audit_block (
    instance        varchar(32)                 not null,
    first_sequence  bigint                      not null,
    last_sequence   bigint                      not null,
    first_at        timestamp with time zone    not null,
    last_at         timestamp with time zone    not null,
    lines           varchar(1000000)            not null,
    primary key (instance, first_sequence)
);

insert into audit_block
select instance, sequence, sequence, recorded_at, recorded_at, line from audit_record;

create index audit_block_last_at on audit_block (last_at);

drop table audit_record;
