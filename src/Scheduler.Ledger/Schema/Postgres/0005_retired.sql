-- Whether the entry is retired. A batch that makes bookings, holds or requests checks here that what they rest on is still offered: the index has the retired entries only.
alter table catalogue add column retired integer not null default 0;

create index catalogue_retired on catalogue (kind, id) where retired = 1;
