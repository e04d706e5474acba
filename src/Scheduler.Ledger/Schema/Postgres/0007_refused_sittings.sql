-- Seats that institutions asked for and were refused because there were too few, one row for each institution, exam and local day: the greatest demand of the day. profile has the seats of
-- each slot of the block that starts at start_minutes. Servers hand the rows over once a minute.
create table refused_sittings (
    institution text collate "C" not null,
    exam text collate "C" not null,
    day text collate "C" not null,
    pool text collate "C" not null,
    start_minutes integer not null,
    profile text not null,
    seats integer not null,
    at bigint not null,
    primary key (institution, exam, day)
);

create index refused_sittings_in on refused_sittings (pool, start_minutes);
