-- Flexible requests: windows are the local days and times in which a block may lie (null: a waitlist entry), placed_seats the candidates that plans have placed, bookings the ids of the
-- bookings that plans made for the request, with a space between two.
alter table requests add column windows text;
alter table requests add column min_group integer;
alter table requests add column placed_seats integer not null default 0;
alter table requests add column bookings text not null default '';
create index requests_flexible on requests (pool) where windows is not null;

-- Plans. scope and stale are JSON. The entries of a plan are applied in parts, each in one transaction; parts_applied says how far this is, and decided has
-- the numbers of the entries that were applied or found stale, such as 0-7 9.
create table plans (
    id text not null primary key,
    status text not null,
    scope text not null,
    made_by text not null,
    made_at integer not null,
    ended_at integer,
    cause text,
    parts integer not null,
    parts_applied integer not null,
    applied integer not null,
    stale text not null,
    decided text not null default '',
    version integer not null
) without rowid;

-- The pools of running plans: a pool has one running plan at most.
create table plan_pools (
    pool text not null primary key,
    plan text not null
) without rowid;

-- The files of a plan, compressed by gzip: instance, plan, entries.
create table plan_files (
    plan text not null,
    kind text not null,
    body blob not null,
    primary key (plan, kind)
);

-- What the last plan said about each request that it did not serve in full. blocked is JSON.
create table plan_reasons (
    request text not null primary key,
    plan text not null,
    at integer not null,
    reason text not null,
    blocked text not null
) without rowid;
