using System.Collections.Immutable;
using System.Data.Common;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the cut of a plan's scope, in one read transaction on a thread for reading.</summary>
internal static class SeasonCutQueries
{
    public static SeasonCut Read(ReadSession session, Dialect dialect, CatalogueReading catalogue, PlanScope scope, Instant now) => session.Snapshot(() =>
    {
        var (from, to) = (SlotMinutesUp.Of(scope.From), SlotMinutesUp.Of(scope.To) + (Limits.BlockSlots * SlotHour.LengthMinutes));
        var pools = dialect.Set(scope.Pools.Select(pool => pool.Text));
        var requests = Requests(session, dialect, pools, now);
        var institutions = requests.Select(request => request.Institution).ToHashSet();
        var holds = session.Query(
            $"select {RowReader.HoldColumns} from holds where status = 'held' and start_minutes < @to and start_minutes + 60 * slots > @from order by id",
            RowReader.Hold, ("from", from), ("to", to));
        var live = holds.FindAll(hold => hold.IsLive(now));
        return new SeasonCut
        {
            Mark = ToComeQueries.Mark(session, dialect),
            Catalogue = catalogue.Read(session),
            Requests = requests,
            Bookings = Bookings(session, dialect, requests.SelectMany(request => request.Bookings)),
            Seated =
            [
                .. session.Query(
                    """
                    select id, institution, pool, start_minutes, profile, mode from bookings
                    where status = 'confirmed' and start_minutes < @to and start_minutes + 60 * slots > @from
                    """,
                    row => Seated(row, institutions), ("from", from), ("to", to)).OfType<SeatedBlock>()
                    .Concat(live.Where(hold => institutions.Contains(hold.Sitting.Institution)).Select(Seated)).OrderBy(block => block.Id),
            ],
            Slots = Slots(session, dialect, pools, from, to, live),
            Packs = Packs(session, dialect, institutions, now),
        };
    });

    private static ImmutableArray<Request> Requests(ReadSession session, Dialect dialect, object pools, Instant now) =>
    [
        .. session.Query(
            $"""
            select {RowReader.RequestColumns} from requests
            where windows is not null and status in ('queued', 'placed') and {dialect.In("pool", "pools")} order by sequence
            """,
            RowReader.Request, ("pools", pools)).Where(request => request.LiesAhead(now)),
    ];

    private static ImmutableDictionary<BookingId, Booking> Bookings(ReadSession session, Dialect dialect, IEnumerable<BookingId> ids)
    {
        string[] texts = [.. ids.Select(id => id.ToString())];
        return texts.Length == 0
            ? ImmutableDictionary<BookingId, Booking>.Empty
            : session.Query($"select {RowReader.BookingColumns} from bookings where {dialect.In("id", "ids")}", RowReader.Booking, ("ids", dialect.Set(texts)))
                .ToImmutableDictionary(booking => booking.Id);
    }

    private static SeatedBlock? Seated(DbDataReader row, HashSet<InstitutionId> institutions)
    {
        var institution = InstitutionId.Of(row.GetString(1));
        return institutions.Contains(institution)
            ? new(
                Guid.Parse(row.GetString(0)), institution, PoolId.Of(row.GetString(2)), row.GetInt32(3), SeatProfile.Parse(row.GetString(4)),
                RowText.Mode(row.GetString(5)))
            : null;
    }

    private static SeatedBlock Seated(Hold hold)
    {
        var sitting = hold.Sitting;
        return new(hold.Id.Value, sitting.Institution, sitting.Pool, SlotMinutes.Of(sitting.Start), sitting.Profile, sitting.Mode);
    }

    private static ImmutableArray<SlotTaken> Slots(ReadSession session, Dialect dialect, object pools, long from, long to, List<Hold> live)
    {
        // A slot's row counts holds that have lapsed and are not swept yet, so the live holds are added up.
        var held = new Dictionary<SlotHour, int>();
        foreach (var sitting in live.Select(hold => hold.Sitting))
        {
            for (var k = 0; k < sitting.Profile.Slots; k++)
                held[sitting.Slot(k)] = held.GetValueOrDefault(sitting.Slot(k)) + sitting.Profile[k];
        }

        return
        [
            .. session.Query(
                $"""
                select pool, minutes, capacity, booked from slots where {dialect.In("pool", "pools")} and minutes >= @from and minutes < @to
                order by pool, minutes
                """,
                row =>
                {
                    var slot = new SlotHour(PoolId.Of(row.GetString(0)), row.GetInt32(1));
                    return new SlotTaken(slot, row.GetInt32(2), row.GetInt32(3), held.GetValueOrDefault(slot));
                },
                ("pools", pools), ("from", from), ("to", to)),
        ];
    }

    private static ImmutableDictionary<InstitutionId, ImmutableArray<Pack>> Packs(
        ReadSession session, Dialect dialect, HashSet<InstitutionId> institutions, Instant now)
    {
        var free = session.Query(
            "select vouchers from holds where status = 'held' and expires_at <= @now", row => RowText.Vouchers(row.GetString(0)), ("now", RowText.Ticks(now)))
            .SelectMany(draws => draws).ToLookup(draw => draw.Pack, draw => draw.Vouchers);
        return session.Query(
            $"select {RowReader.PackColumns}, institution from packs where {dialect.In("institution", "institutions")} order by institution, id",
            row => (Institution: InstitutionId.Of(row.GetString(6)), Pack: RowReader.Pack(row)),
            ("institutions", dialect.Set(institutions.Select(id => id.Text))))
            .GroupBy(row => row.Institution, row => row.Pack with { Taken = row.Pack.Taken - free[row.Pack.Id].Sum() })
            .ToImmutableDictionary(packs => packs.Key, packs => packs.ToImmutableArray());
    }
}
