using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>One row of the form of a template. A row without seats is left out when the template is saved.</summary>
/// <param name="Days">The weekdays.</param>
/// <param name="Hour">The local hour at which the first slot starts.</param>
/// <param name="Until">The local hour at which the last slot ends, 1 to 24.</param>
/// <param name="Seats">Seats of each slot; null for a row that is not filled in.</param>
public sealed record TemplateRow(ImmutableArray<IsoDayOfWeek> Days, int Hour, int Until, int? Seats)
{
    /// <summary>A row to fill in.</summary>
    public static TemplateRow Blank { get; } =
        new([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday], 8, 20, null);

    /// <summary>Whether both rows offer seats in the same hour.</summary>
    public bool Overlaps(TemplateRow other) => Days.Intersect(other.Days).Any() && Hour < other.Until && other.Hour < Until;

    /// <summary>The row of a template.</summary>
    internal WeeklyRow ToRow() => new(Days, new(Hour, 0), Until, Seats ?? 0);
}
