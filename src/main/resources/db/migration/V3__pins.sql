-- The PINs that the gateway keeps, sealed under the master key and bound to their row. 'current' is the user PIN that it logs in
-- with. While a change is under way, or it is not known what became of it, there is the PIN that it was to bring ('pending') and,
-- where the gateway held none, the one that its caller gave as the old one ('claimed'); the SO's are there only then.
create table stored_pin (
    module     varchar(64)   not null,
    serial     varchar(64)   not null,
    role       varchar(4)    not null,
    version    integer       not null,
    state      varchar(8)    not null,
    -- Nobody else knows it.
    managed    boolean       not null,
    -- It is kept, and not used until somebody gives a PIN.
    withheld   boolean       not null,
    sealed     varchar(4000) not null,
    change_id  varchar(36),
    created_at timestamp with time zone default current_timestamp not null,
    primary key (module, serial, role, version)
);
create index stored_pin_of_change on stored_pin (change_id);

-- The wrong PINs that callers gave lately, so that nobody tries them all.
create table wrong_pin (
    id       varchar(36) not null primary key,
    caller   varchar(64) not null,
    slot_id  integer     not null,
    tried_at timestamp with time zone default current_timestamp not null
);

-- What tells the master key that the rows were written under from any other one.
create table master_key (
    hmac varchar(64) not null primary key
);
