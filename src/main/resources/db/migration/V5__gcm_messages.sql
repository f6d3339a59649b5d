-- How many messages each key has encrypted with GCM; those that a crash cut off are counted too.
create table gcm_messages (
    serial   varchar(64)  not null,
    key_id   varchar(512) not null,
    messages bigint       not null,
    primary key (serial, key_id)
);
