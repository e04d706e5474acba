using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// The seats per weekday and hour for the local dates <paramref name="From"/> to <paramref name="To"/>, both included. Hours that no row names offer no seats.
/// </summary>
public sealed record WeeklyTemplate(LocalDate From, LocalDate To, ImmutableArray<WeeklyRow> Rows)
{
    /// <summary>Seats offered in the slot that starts at this local time.</summary>
    public int Seats(LocalDateTime local)
    {
        foreach (var row in Rows)
        {
            if (row.Days.Contains(local.DayOfWeek) && local.Hour >= row.From.Hour && local.Hour < row.ToHour)
                return row.Seats;
        }

        return 0;
    }
}
