-- R15: whether an operator overrode a rule or forced a capacity, for the list of such changes. Earlier changes get the mark by the same rule: a capacity that was set by force, and a booking or
-- a hold that got the reason of an override by this very change.
alter table changes add column forced integer not null default 0;

update changes set forced = 1 where ' ' || touched || ' ' like '% # %';
update changes c set forced = 1
from (
    select committer, sequence, why, before is not null as had,
        coalesce(after::json #>> '{booking,sitting,overrideReason}', after::json #>> '{hold,sitting,overrideReason}') as reason,
        coalesce(before::json #>> '{booking,sitting,overrideReason}', before::json #>> '{hold,sitting,overrideReason}') as earlier
    from changes where after like '%"overrideReason":"%' and (kind like 'booking\_%' or kind like 'hold\_%')) o
where o.committer = c.committer and o.sequence = c.sequence and o.reason is not null
    and (o.why is not distinct from o.reason or (o.had and o.earlier is distinct from o.reason));

create index changes_forced on changes (position) where forced = 1;

-- What the audit filters by, in the order of the audit: a rare kind or author is found without reading the rows. It grows at its right end, like the index that it replaces.
create index changes_listed on changes (position, at, kind, who) include (committer, sequence);
drop index changes_position;
create index changes_of_subject_listed on changes (subject, position);
drop index changes_of_subject;
