-- R15: a booking and a hold keep the terms that they were promised under: programme, minutes, check-in and reset. Earlier rows get the terms of the exam's version that was valid when they got
-- their block (a confirmed hold: when the hold was made), of such versions the newest whose block is as long as theirs. Their vouchers tell the programme. A row of an exam that the history
-- does not know gets its block's length as minutes. operator_act is the newest act of an operator on the booking, as JSON; null without one.
-- returned is the number of vouchers that the cancellation gave back; null for a booking that was not cancelled, or was cancelled before this number was kept.
alter table bookings
    add column programme text, add column minutes integer, add column check_in_minutes integer, add column reset_minutes integer, add column operator_act text,
    add column returned integer;
alter table holds add column programme text, add column minutes integer, add column check_in_minutes integer, add column reset_minutes integer;

-- The extra time of the candidates with the most of it, and the change that gave the block.
create temp table promised on commit drop as
select b.id, b.exam, b.slots, case when b.vouchers = '' then b.forfeited else b.vouchers end as vouchers,
    coalesce((select max(split_part(a, 'x', 2)::integer) from unnest(string_to_array(nullif(b.accommodations, ''), ' ')) a), 0) as extra,
    coalesce(p.position, 0) as position
from bookings b left join (
    select t.booking, max(case when c.kind = 'hold_confirmed'
        then coalesce((select max(h.position) from changes h where h.subject = c.subject and h.kind = 'hold_made'), c.position) else c.position end) as position
    from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
    where t.booking is not null and c.kind in ('booking_made', 'booking_moved', 'booking_resized', 'hold_confirmed', 'request_placed')
    group by t.booking) p on p.booking = b.id
union all
select h.id, h.exam, h.slots, h.vouchers,
    coalesce((select max(split_part(a, 'x', 2)::integer) from unnest(string_to_array(nullif(h.accommodations, ''), ' ')) a), 0),
    coalesce((select max(c.position) from changes c where c.subject = h.id and c.kind = 'hold_made'), 0)
from holds h;

create temp table terms on commit drop as
select p.id, coalesce((select k.programme from packs k where k.id = left(p.vouchers, 36)), e.exam ->> 'programme', '') as programme,
    coalesce((e.exam ->> 'minutes')::integer, p.slots * 60) as minutes, coalesce((e.exam ->> 'checkInMinutes')::integer, 0) as check_in_minutes,
    coalesce((e.exam ->> 'resetMinutes')::integer, 0) as reset_minutes
from promised p left join lateral (
    select v.exam from (
        select h.body::jsonb -> 'exam' as exam, c.position from catalogue_history h join changes c on c.committer = h.committer and c.sequence = h.sequence
        where h.kind = 'exam' and h.id = p.exam) v
    order by v.position <= p.position desc,
        ((v.exam ->> 'checkInMinutes')::integer + ((v.exam ->> 'minutes')::integer * (100 + p.extra) + 99) / 100 + (v.exam ->> 'resetMinutes')::integer + 59) / 60
            = p.slots desc,
        abs(v.position - p.position)
    limit 1) e on true;

update bookings b set programme = t.programme, minutes = t.minutes, check_in_minutes = t.check_in_minutes, reset_minutes = t.reset_minutes
from terms t where t.id = b.id;
update holds h set programme = t.programme, minutes = t.minutes, check_in_minutes = t.check_in_minutes, reset_minutes = t.reset_minutes
from terms t where t.id = h.id;

alter table bookings
    alter column programme set not null, alter column minutes set not null, alter column check_in_minutes set not null, alter column reset_minutes set not null;
alter table holds
    alter column programme set not null, alter column minutes set not null, alter column check_in_minutes set not null, alter column reset_minutes set not null;

-- Whether an operator took the pack back: a void pack gives no more vouchers.
alter table packs add column void integer not null default 0;
