-- How often the objects of a token were all destroyed: what was known of the keys before is closed.
create table token_generation (
    serial     varchar(64) not null primary key,
    generation integer     not null
);

-- What PKCS#11 has no place for. The token is the truth about which keys exist.
create table key_record (
    serial       varchar(64)    not null,
    generation   integer        not null,
    key_id       varchar(512)   not null,
    tags         varchar(40000) not null,
    algorithms   varchar(1000),
    grants       varchar(40000) not null,
    disabled     boolean        not null,
    version      integer        not null,
    previous     varchar(512),
    successor    varchar(512),
    -- The size of a secret that came wrapped, which tokens do not tell.
    bits         integer,
    -- When a key that was made here was.
    created_at   timestamp with time zone,
    -- When a key is to be destroyed, and when one was: its id is not to come back.
    destroy_at   timestamp with time zone,
    destroyed_at timestamp with time zone,
    primary key (serial, generation, key_id)
);
insert into key_record (serial, generation, key_id, tags, algorithms, grants, disabled, version, created_at)
    select serial, 0, key_id, tags, algorithms, '[]', false, 1, created_at from key_metadata;
drop table key_metadata;

-- The certificates above that of a key, which the token holds: a chain in PEM, and the certificate it belongs to.
create table key_certificate_issuers (
    serial      varchar(64)      not null,
    generation  integer          not null,
    key_id      varchar(512)     not null,
    fingerprint varchar(64)      not null,
    issuers     varchar(200000)  not null,
    primary key (serial, generation, key_id)
);

-- What the keys were that were wrapped here, by the SHA-256 of what came of it: they come back as nothing else.
create table wrapped_key (
    sha256      varchar(64)   not null primary key,
    type        varchar(8)    not null,
    bits        integer,
    usage_word  varchar(8)    not null,
    extractable boolean       not null,
    public_key  varchar(2000),
    wrapped_at  timestamp with time zone default current_timestamp not null
);

-- The calls of the last 24 hours that may come again, and how they were answered; without a status one is under way.
create table idempotent_call (
    id           varchar(64)    not null primary key,
    fingerprint  varchar(64)    not null,
    instance     varchar(16)    not null,
    status       integer,
    content_type varchar(200),
    location     varchar(1000),
    body         varchar(200000),
    created_at   timestamp with time zone default current_timestamp not null
);
