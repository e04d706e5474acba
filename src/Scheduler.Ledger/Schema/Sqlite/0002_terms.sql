-- R15: a booking and a hold keep the terms that they were promised under: programme, minutes, check-in and reset. Earlier rows get the terms of the exam's version that was valid when they got
-- their block (a confirmed hold: when the hold was made), of such versions the newest whose block is as long as theirs. Their vouchers tell the programme. A row of an exam that the history
-- does not know gets its block's length as minutes.
create table bookings_with_terms (
    id text not null primary key,
    institution text not null,
    exam text not null,
    pool text not null,
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
    forfeited text not null default '',
    programme text not null,
    minutes integer not null,
    check_in_minutes integer not null,
    reset_minutes integer not null,
    -- The newest act of an operator on the booking, as JSON; null without one.
    operator_act text,
    -- Vouchers that the cancellation gave back; null for a booking that was not cancelled, or was cancelled before this number was kept.
    returned integer
) without rowid;

create table holds_with_terms (
    id text not null primary key,
    institution text not null,
    exam text not null,
    pool text not null,
    start_minutes integer not null,
    slots integer not null,
    seats integer not null,
    profile text not null,
    mode text not null,
    accommodations text not null,
    reference text,
    vouchers text not null,
    override_reason text,
    expires_at integer not null,
    status text not null,
    booking text,
    programme text not null,
    minutes integer not null,
    check_in_minutes integer not null,
    reset_minutes integer not null
) without rowid;

-- The extra time of the candidates with the most of it, and the change that gave the block.
create temp table promised as
select b.id, b.exam, b.slots, case when b.vouchers = '' then b.forfeited else b.vouchers end as vouchers,
    (select max(cast(substr(a.value, instr(a.value, 'x') + 1) as integer)) from json_each('["' || replace(b.accommodations, ' ', '","') || '"]') a) as extra,
    coalesce(p.sequence, 0) as sequence
from bookings b left join (
    select t.booking, max(case when c.kind = 'hold_confirmed'
        then coalesce((select h.sequence from changes h where h.subject = c.subject and h.kind = 'hold_made'), c.sequence) else c.sequence end) as sequence
    from trail t join changes c on c.sequence = t.sequence
    where t.booking is not null and c.kind in ('booking_made', 'booking_moved', 'booking_resized', 'hold_confirmed', 'request_placed')
    group by t.booking) p on p.booking = b.id
union all
select h.id, h.exam, h.slots, h.vouchers,
    (select max(cast(substr(a.value, instr(a.value, 'x') + 1) as integer)) from json_each('["' || replace(h.accommodations, ' ', '","') || '"]') a),
    coalesce((select max(c.sequence) from changes c where c.subject = h.id and c.kind = 'hold_made'), 0)
from holds h;

create temp table terms (id text primary key, programme text, minutes integer, check_in_minutes integer, reset_minutes integer) without rowid;

insert into terms
select q.id, coalesce((select k.programme from packs k where k.id = substr(q.vouchers, 1, 36)), json_extract(q.body, '$.exam.programme'), ''),
    coalesce(json_extract(q.body, '$.exam.minutes'), q.slots * 60), coalesce(json_extract(q.body, '$.exam.checkInMinutes'), 0),
    coalesce(json_extract(q.body, '$.exam.resetMinutes'), 0)
from (
    select p.id, p.slots, p.vouchers, (
        select e.body from catalogue_history e where e.kind = 'exam' and e.id = p.exam
        order by e.sequence <= p.sequence desc,
            (json_extract(e.body, '$.exam.checkInMinutes') + (json_extract(e.body, '$.exam.minutes') * (100 + p.extra) + 99) / 100
                + json_extract(e.body, '$.exam.resetMinutes') + 59) / 60 = p.slots desc,
            abs(e.sequence - p.sequence)
        limit 1) as body
    from promised p) q;

insert into bookings_with_terms
select b.id, b.institution, b.exam, b.pool, b.start_minutes, b.slots, b.seats, b.profile, b.mode, b.accommodations, b.reference, b.vouchers, b.override_reason,
    b.status, b.version, b.overseen, b.attended, b.forfeited, t.programme, t.minutes, t.check_in_minutes, t.reset_minutes, null, null
from bookings b join terms t on t.id = b.id;

insert into holds_with_terms
select h.id, h.institution, h.exam, h.pool, h.start_minutes, h.slots, h.seats, h.profile, h.mode, h.accommodations, h.reference, h.vouchers, h.override_reason,
    h.expires_at, h.status, h.booking, t.programme, t.minutes, t.check_in_minutes, t.reset_minutes
from holds h join terms t on t.id = h.id;

drop table promised;
drop table terms;
drop table bookings;
drop table holds;
alter table bookings_with_terms rename to bookings;
alter table holds_with_terms rename to holds;

create index holds_due on holds (expires_at) where status = 'held';
create index holds_of on holds (institution) where status = 'held';
create index holds_in on holds (pool, start_minutes) where status = 'held';

-- Whether an operator took the pack back: a void pack gives no more vouchers.
alter table packs add column void integer not null default 0;
