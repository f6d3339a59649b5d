-- Which slot id stands for which token, for the tokens that the configuration does not bind. An id is never used again.
create table slot_binding (
    slot_id integer     not null primary key,
    module  varchar(64) not null,
    serial  varchar(64) not null,
    unique (module, serial)
);

-- What PKCS#11 has no place for. The token is the truth about which keys exist.
create table key_metadata (
    serial     varchar(64)    not null,
    key_id     varchar(512)   not null,
    tags       varchar(40000) not null,
    algorithms varchar(1000),
    created_at timestamp with time zone,
    primary key (serial, key_id)
);
