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
    /// The institution whose rules and bookings the view shows: the one that the address names, when it is within reach (R14), otherwise the reader's own. Null
    /// for an operator who names none.
    /// </summary>
    public static Institution? School(PageContext page, AvailabilityAddress address)
    {
        if (address.School is { } id && page.Catalogue.Institutions.TryGetValue(id, out var named)
            && Access.Reaches(page.Who, id, named.Value.Board))
            return named.Value;
        return page.Own;
    }
}
