-- Instants are ticks of 100 ns since 1970 UTC, starts whole minutes since 1970 UTC, ids text. No table but trail has a tree whose inserts land on random pages:
-- what a batch dirties, and the checkpoint writes again, is what a booking costs.

create table slots (
    pool text not null,
    minutes integer not null,
    capacity integer not null default 0,
    booked integer not null default 0,
    held integer not null default 0,
    shortfall integer not null default 0,
    version integer not null default 1,
    primary key (pool, minutes),
    check (capacity >= 0 and booked >= 0 and held >= 0 and shortfall >= 0),
    check (booked + held <= capacity + shortfall)
) without rowid;

-- One row per institution that something was recorded of; '' is the operator. version is the guard of decisions, entries the last number in trail.
create table institutions (
    id text not null primary key,
    version integer not null default 0,
    online integer not null default 0,
    entries integer not null default 0
) without rowid;

insert into institutions (id) values ('');

create table packs (
    id text not null primary key,
    institution text not null,
    programme text not null,
    quantity integer not null,
    purchased_on text not null,
    taken integer not null,
    check (taken between 0 and quantity)
) without rowid;

create index packs_of on packs (institution, id);

create table bookings (
    id text not null primary key,
    institution text not null,
    exam text not null,
    pool text not null,
    start_minutes integer not null,
    slots integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    reference text,
    vouchers text not null,
    override_reason text,
    status text not null,
    version integer not null,
    overseen integer not null,
    attended integer,
    -- Vouchers that late changes spent (R9), written as in vouchers.
    forfeited text not null default ''
) without rowid;

create table holds (
    id text not null primary key,
    institution text not null,
    exam text not null,
    pool text not null,
    start_minutes integer not null,
    slots integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    reference text,
    vouchers text not null,
    override_reason text,
    expires_at integer not null,
    status text not null,
    booking text
) without rowid;

create index holds_due on holds (expires_at) where status = 'held';
create index holds_of on holds (institution) where status = 'held';
create index holds_in on holds (pool, start_minutes) where status = 'held';

create table requests (
    id text not null primary key,
    institution text not null,
    sequence integer not null,
    exam text not null,
    pool text not null,
    start_minutes integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    weight integer not null,
    status text not null,
    booking text,
    passed_at integer,
    passed_why text,
    version integer not null
) without rowid;

create index requests_of on requests (institution, sequence);
create index requests_waiting on requests (pool, start_minutes) where status = 'queued';

-- Append-only: record, answer to a repeat, outbox, and feed. touched names what other silos must read again. SQLite has one committer, number 1.
create table changes (
    sequence integer not null primary key,
    committer integer not null default 1,
    at integer not null,
    who text not null,
    kind text not null,
    subject text not null,
    institution text,
    before text,
    after text,
    why text,
    caller text,
    key text,
    hash text,
    notice integer not null,
    touched text not null
);

-- Both grow at their right end: times rise, and so do the version 7 ids that most subjects are.
create index changes_at on changes (at);
create index changes_of_subject on changes (subject);

-- The trail of an institution: one entry per change that concerns it, in the order of commits and without a gap; '' is the operator. It is the one index for an institution's bookings,
-- idempotency keys, record and notices. key is a hash of caller and idempotency key, null without one. flags: 1 notice, 2 a further booking of a change that has its own row, 4 the booking
-- was changed, not made. ends is the booking's end after the change, in minutes: bookings that have ended are left out without a look-up.
create table trail (
    institution text not null,
    entry integer not null,
    at integer not null,
    committer integer not null,
    sequence integer not null,
    flags integer not null,
    key integer,
    booking text,
    ends integer,
    primary key (institution, entry)
) without rowid;

create table catalogue (
    kind text not null,
    id text not null,
    version integer not null,
    body text not null,
    primary key (kind, id)
) without rowid;

-- Every version of a catalogue entry, with the change that made it: a check reads here what was valid when a decision was made.
create table catalogue_history (
    kind text not null,
    id text not null,
    version integer not null,
    sequence integer not null,
    body text not null,
    primary key (kind, id, version, sequence)
) without rowid;
