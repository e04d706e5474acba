-- Vouchers that late changes of a booking spent (R9), as they stand in vouchers.
alter table bookings add column forfeited text not null default '';

-- Every version of the operator's things, with the change that made it: what stood when something was decided can be told later.
create table catalogue_history (
    kind text not null,
    id text not null,
    version integer not null,
    sequence integer not null,
    body text not null,
    primary key (kind, id, version, sequence)
) without rowid;
