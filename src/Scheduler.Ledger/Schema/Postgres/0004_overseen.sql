-- R8: overseen bookings that were confirmed and not cancelled, beside online, which counts all online bookings. A cancelled overseen booking gives its mark to a later one.
alter table institutions add column overseen integer not null default 0;

update institutions set overseen = c.overseen
from (select institution, count(*) as overseen from bookings where overseen = 1 and status = 'confirmed' group by institution) c
where c.institution = institutions.id;
