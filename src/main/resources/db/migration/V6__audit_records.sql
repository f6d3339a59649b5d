-- The lines of the gateways' audit journals, for queries. The journals are the truth; what they hold is here a little later.
create table audit_record (
    instance    varchar(32)                 not null,
    sequence    bigint                      not null,
    recorded_at timestamp with time zone    not null,
    kind        varchar(16)                 not null,
    slot        int,
    key_id      varchar(1024),
    with_key_id varchar(1024),
    subject     varchar(1024),
    action      varchar(64),
    outcome     varchar(16),
    line        varchar(65536)              not null,
    primary key (instance, sequence)
);
