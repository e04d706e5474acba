using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads where the vouchers of an institution's packs are.</summary>
internal static class PackQueries
{
    /// <summary>The use of each pack, by id, all of one moment.</summary>
    public static ImmutableArray<PackUse> Uses(ReadSession session, InstitutionId id, Instant now) => session.Snapshot(() =>
    {
        (string, object) institution = ("institution", id.Text);
        var packs = session.Query($"select {RowReader.PackColumns} from packs where institution = @institution order by id", RowReader.Pack, institution);
        var bookings = session.Query(
            $"""
            select {RowReader.Of("b", RowReader.BookingColumns)} from trail t join bookings b on b.id = t.booking
            where t.institution = @institution and t.booking is not null and (t.flags & 4) = 0 and (b.status = 'confirmed' or b.forfeited <> '')
            """,
            RowReader.Booking, institution);
        var holds = session.Query(
            $"select {RowReader.HoldColumns} from holds where institution = @institution and status = 'held'", RowReader.Hold, institution);
        return PackUse.Of(packs, bookings, holds, now);
    });
}
