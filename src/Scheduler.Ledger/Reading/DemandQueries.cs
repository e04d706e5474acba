using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the blocks that institutions asked for, of all pools.</summary>
internal static class DemandQueries
{
    /// <summary>
    /// The blocks with a slot in the range: confirmed bookings, the open seats of requests that wait or expired, and refused sittings. All are of one moment.
    /// </summary>
    public static List<AskedBlock> Read(ReadSession session, Instant from, Instant to) => session.Snapshot(() =>
    {
        var (first, end) = (First(from), SlotMinutesUp.Of(to));
        List<AskedBlock> blocks =
        [
            .. session.Query(
                """
                select institution, exam, pool, start_minutes, profile from bookings
                where status = 'confirmed' and start_minutes >= @first and start_minutes < @end
                """,
                row => Block(row, DemandKind.Booked), ("first", first), ("end", end)),
            .. session.Query(
                """
                select institution, exam, pool, start_minutes, profile, seats - placed_seats from requests
                where status in ('queued', 'expired') and placed_seats < seats and start_minutes >= @first and start_minutes < @end
                """,
                row => Open(Block(row, DemandKind.Unserved), row.GetInt32(5)), ("first", first), ("end", end)),
            .. session.Query(
                "select institution, exam, pool, start_minutes, profile from refused_sittings where start_minutes >= @first and start_minutes < @end",
                row => Block(row, DemandKind.Refused), ("first", first), ("end", end)),
        ];
        return blocks;
    });

    /// <summary>The blocks of a pool with a slot in the range for which a request waits. An index has them.</summary>
    public static List<AskedBlock> QueuedBlocks(ReadSession session, PoolId pool, Instant from, Instant to) => session.Query(
        """
        select institution, exam, pool, start_minutes, profile, seats - placed_seats from requests
        where pool = @pool and status = 'queued' and start_minutes >= @first and start_minutes < @end
        """,
        row => Open(Block(row, DemandKind.Unserved), row.GetInt32(5)), ("pool", pool.Text), ("first", First(from)), ("end", SlotMinutesUp.Of(to)));

    /// <summary>The first start of a block that can have a slot at an instant or later.</summary>
    private static long First(Instant from) => SlotMinutesUp.Of(from) - ((Limits.BlockSlots - 1) * SlotHour.LengthMinutes);

    private static AskedBlock Block(System.Data.Common.DbDataReader row, DemandKind kind) => new(
        InstitutionId.Of(row.GetString(0)), ExamId.Of(row.GetString(1)), PoolId.Of(row.GetString(2)), SlotMinutes.ToInstant(row.GetInt32(3)),
        SeatProfile.Parse(row.GetString(4)), kind);

    /// <summary>The block without the candidates that plans have placed.</summary>
    private static AskedBlock Open(AskedBlock block, int seats) =>
        block with { Profile = new([.. block.Profile.Seats.Select(profile => Math.Min(profile, seats))]) };
}
