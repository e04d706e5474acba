-- R15: whether an operator overrode a rule or forced a capacity, for the list of such changes. Earlier changes get the mark by the same rule: a capacity that was set by force, and a booking or
-- a hold that got the reason of an override by this very change.
alter table changes add column forced integer not null default 0;

update changes set forced = 1 where ' ' || touched || ' ' like '% # %';
update changes set forced = 1
from (
    select sequence, why, before is not null as had, coalesce(json_extract(after, '$.booking.sitting.overrideReason'), json_extract(after, '$.hold.sitting.overrideReason')) as reason,
        coalesce(json_extract(before, '$.booking.sitting.overrideReason'), json_extract(before, '$.hold.sitting.overrideReason')) as earlier
    from changes where after like '%"overrideReason":"%' and (kind like 'booking\_%' escape '\' or kind like 'hold\_%' escape '\')) o
where o.sequence = changes.sequence and o.reason is not null and (o.why is o.reason or (o.had and o.earlier is not o.reason));

create index changes_forced on changes (sequence) where forced = 1;

-- What the audit filters by, in the order of the audit: a rare kind or author is found without reading the rows. It grows at its right end, like the index that it replaces.
drop index changes_at;
create index changes_listed on changes (sequence, at, kind, who);
