-- The changes of state that were begun and are not known to have ended; a row is there before the token is touched.
create table pending_change (
    id         varchar(36) not null primary key,
    instance   varchar(16) not null,
    module     varchar(64) not null,
    serial     varchar(64) not null,
    kind       varchar(32) not null,
    key_id     varchar(512),
    created_at timestamp with time zone default current_timestamp not null
);
create index pending_change_of_token on pending_change (module, serial);

-- The user PINs that a token refused, as HMACs under the master key: none of them is sent again.
create table pin_latch (
    module     varchar(64) not null,
    serial     varchar(64) not null,
    hmac       varchar(64) not null,
    refused_at timestamp with time zone default current_timestamp not null,
    primary key (module, serial, hmac)
);

-- The token's label when it was last seen, to name a token that is not there.
alter table slot_binding add label varchar(64);
