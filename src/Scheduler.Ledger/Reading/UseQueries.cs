using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads seats booked and seats used (R18).</summary>
internal static class UseQueries
{
    /// <summary>
    /// The sums by institution, programme and start. An institution's bookings are found by its trail. A reading of all institutions goes through all bookings,
    /// so it is for operators.
    /// </summary>
    public static List<SeatUse> Read(ReadSession session, Dialect dialect, UseFilter filter)
    {
        var source = filter.Institutions is null
            ? "bookings b where b.status = 'confirmed'"
            : $"""
              trail t join bookings b on b.id = t.booking
              where {dialect.In("t.institution", "institutions")} and t.booking is not null and (t.flags & 4) = 0 and b.status = 'confirmed'
              """;
        List<(string, object)> parameters = [("now", filter.Now.ToUnixTimeSeconds() / 60)];
        if (filter.Institutions is { } institutions)
            parameters.Add(("institutions", dialect.Set(institutions.Select(id => id.Text))));
        var range = "";
        if (filter.From is { } from)
        {
            range += " and b.start_minutes >= @from";
            parameters.Add(("from", SlotMinutesUp.Of(from)));
        }

        if (filter.To is { } to)
        {
            range += " and b.start_minutes < @to";
            parameters.Add(("to", SlotMinutesUp.Of(to)));
        }

        return session.Query(
            $"""
            select b.institution, b.programme, b.start_minutes, count(*), sum(b.seats), count(b.attended),
                coalesce(sum(case when b.attended is null then 0 else b.seats end), 0), coalesce(sum(b.attended), 0)
            from {source} and b.start_minutes <= @now{range} group by b.institution, b.programme, b.start_minutes
            """,
            row => new SeatUse(
                InstitutionId.Of(row.GetString(0)), row.GetString(1), row.GetInt32(2), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5),
                (int)row.GetInt64(6), (int)row.GetInt64(7)),
            [.. parameters]);
    }
}
