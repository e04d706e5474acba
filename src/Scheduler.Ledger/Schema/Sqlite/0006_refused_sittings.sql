-- Seats that institutions asked for and were refused because there were too few, one row for each institution, exam and local day: the greatest demand of the day. profile has the seats of
-- each slot of the block that starts at start_minutes. Servers hand the rows over once a minute.
create table refused_sittings (
    institution text not null,
    exam text not null,
    day text not null,
    pool text not null,
    start_minutes integer not null,
    profile text not null,
    seats integer not null,
    at integer not null,
    primary key (institution, exam, day)
) without rowid;

create index refused_sittings_in on refused_sittings (pool, start_minutes);
