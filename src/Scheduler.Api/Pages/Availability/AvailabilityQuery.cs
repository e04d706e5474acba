using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads the address of a view of free seats. A value that cannot be read is left out, because a person may have cut the address short.</summary>
internal static class AvailabilityQuery
{
    public static AvailabilityAddress Read(PageContext page, AvailabilitySpan span)
    {
        var query = page.Http.Request.Query;
        return new()
        {
            Span = span,
            Pool = PoolId.TryParse(Text(AvailabilityAddress.PoolField), out var pool) && page.Catalogue.Pools.ContainsKey(pool) ? pool : null,
            From = TextForms.Date.TryRead(Text(AvailabilityAddress.FromField), out var from, out _) ? from : null,
            Start = TextForms.Instant.TryRead(Text(AvailabilityAddress.StartField), out var start, out _) ? start : null,
            School = InstitutionId.TryParse(Text(AvailabilityAddress.SchoolField), out var school) ? school : null,
            Move = Guid.TryParse(Text(AvailabilityAddress.MoveField), out var booking) ? new BookingId(booking) : null,
            Need = Need.Read(query, page.Catalogue),
        };

        string Text(string name) => query[name].FirstOrDefault() ?? "";
    }

    /// <summary>
    /// The address and the booking that the address moves. A move keeps pool, need and school of its booking, whatever the address says of them. A booking out
    /// of reach is left out (R14), and the address then looks for a new booking.
    /// </summary>
    public static async Task<(AvailabilityAddress Address, Booking? Moved)> ReadMove(PageContext page, AvailabilityAddress address)
    {
        if (address.Move is not { } move)
            return (address, null);
        if (await page.BookingInReach(move.Value) is not { } moved)
            return (address with { Move = null }, null);
        var own = page.AddressOf(moved.Sitting, page.Catalogue);
        return (address with { School = own.School, Pool = own.Pool, Need = own.Need }, moved);
    }

    /// <summary>The address of a view, with the reader's last need where the address names none, and the booking that the address moves.</summary>
    public static async Task<(AvailabilityAddress Address, Booking? Moved)> ReadView(PageContext page, AvailabilitySpan span)
    {
        var address = Read(page, span);
        var (moving, moved) = await ReadMove(page, address);
        return moved is null ? (NeedCookie.Remember(page, moving), null) : (moving, moved);
    }

    /// <summary>
    /// The institution whose rules and bookings the view shows: the one that the address names, when it is within reach (R14), otherwise the reader's own. Null
    /// for an operator who names none.
    /// </summary>
    public static Institution? School(PageContext page, AvailabilityAddress address) =>
        address.School is { } id && page.Reaches(id) ? page.Catalogue.Institutions[id].Value : page.Own;
}
