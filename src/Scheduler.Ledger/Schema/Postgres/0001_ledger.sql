-- Instants are ticks of 100 ns since 1970 UTC, starts whole minutes since 1970 UTC, ids text in byte order (the order in which rows are locked). Tables whose rows are
-- updated in place leave room on their pages, so that no index has to follow.

create table slots (
    pool text collate "C" not null,
    minutes integer not null,
    capacity integer not null default 0,
    booked integer not null default 0,
    held integer not null default 0,
    shortfall integer not null default 0,
    version integer not null default 1,
    primary key (pool, minutes),
    check (capacity >= 0 and booked >= 0 and held >= 0 and shortfall >= 0),
    check (booked + held <= capacity + shortfall)
) with (fillfactor = 50);

-- One row per institution that something was recorded of; '' is the operator. version is the guard of decisions, entries the last number in trail.
create table institutions (
    id text collate "C" not null primary key,
    version bigint not null default 0,
    online integer not null default 0,
    entries bigint not null default 0
) with (fillfactor = 50);

insert into institutions (id) values ('');

create table packs (
    id text collate "C" not null primary key,
    institution text collate "C" not null,
    programme text not null,
    quantity integer not null,
    purchased_on text not null,
    taken integer not null,
    check (taken between 0 and quantity)
) with (fillfactor = 70);

create index packs_of on packs (institution, id);

create table bookings (
    id text collate "C" not null primary key,
    institution text collate "C" not null,
    exam text not null,
    pool text collate "C" not null,
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
);

create table holds (
    id text collate "C" not null primary key,
    institution text collate "C" not null,
    exam text not null,
    pool text collate "C" not null,
    start_minutes integer not null,
    slots integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    reference text,
    vouchers text not null,
    override_reason text,
    expires_at bigint not null,
    status text not null,
    booking text collate "C"
);

create index holds_due on holds (expires_at) where status = 'held';
create index holds_of on holds (institution) where status = 'held';
create index holds_in on holds (pool, start_minutes) where status = 'held';

create table requests (
    id text collate "C" not null primary key,
    institution text collate "C" not null,
    sequence bigint not null,
    exam text not null,
    pool text collate "C" not null,
    start_minutes integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    weight integer not null,
    status text not null,
    booking text collate "C",
    passed_at bigint,
    passed_why text,
    version integer not null
);

create index requests_of on requests (institution, sequence);
create index requests_waiting on requests (pool, start_minutes) where status = 'queued';

-- Append-only: record, answer to a repeat, outbox, and feed. touched names what other silos must read again. Each committer numbers its own changes without a gap; batch tells
-- one of its transactions from another after a broken connection; position orders all changes without ever falling back, whatever the clocks do.
create table changes (
    committer integer not null,
    sequence bigint not null,
    position bigint not null,
    batch bigint not null,
    at bigint not null,
    who text not null,
    kind text not null,
    subject text collate "C" not null,
    institution text collate "C",
    before text,
    after text,
    why text,
    caller text,
    key text,
    hash text,
    notice integer not null,
    touched text not null,
    primary key (committer, sequence)
);

create index changes_position on changes (position);
create index changes_at on changes using brin (at);
create index changes_of_subject on changes (subject);

-- Numbers that committers take for as long as their connection lives, by an advisory lock.
create table committers (id integer primary key);

create sequence request_sequence;

-- The trail of an institution: one entry per change that concerns it, in the order of commits and without a gap; '' is the operator. It is the one index for an institution's bookings,
-- idempotency keys, record and notices. key is a hash of caller and idempotency key, null without one. flags: 1 notice, 2 a further booking of a change that has its own row, 4 the booking
-- was changed, not made. ends is the booking's end after the change, in minutes: bookings that have ended are left out without a look-up.
create table trail (
    institution text collate "C" not null,
    entry bigint not null,
    at bigint not null,
    committer integer not null,
    sequence bigint not null,
    position bigint not null,
    flags integer not null,
    key bigint,
    booking text collate "C",
    ends integer,
    primary key (institution, entry)
);

create table catalogue (
    kind text collate "C" not null,
    id text collate "C" not null,
    version integer not null,
    body text not null,
    primary key (kind, id)
);

-- Every version of a catalogue entry, with the change that made it: a check reads here what was valid when a decision was made.
create table catalogue_history (
    kind text collate "C" not null,
    id text collate "C" not null,
    version integer not null,
    committer integer not null,
    sequence bigint not null,
    body text not null,
    primary key (kind, id, version, committer, sequence)
);
