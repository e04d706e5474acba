using NodaTime;

namespace Scheduler.Solver;

/// <summary>Shadow prices added up per pool and local day. The duals of single slots are degenerate; the sum of a day is a better estimate.</summary>
public static class DailyPrices
{
    /// <summary>The sum of the slots' prices by pool and day: the estimated value of one more machine on that day.</summary>
    /// <param name="plan">A plan with shadow prices.</param>
    /// <param name="zone">The time zone of the days.</param>
    public static IReadOnlyDictionary<(string Pool, LocalDate Day), double> Of(Plan plan, DateTimeZone zone) =>
        plan.ShadowPrices.GroupBy(row => (row.Pool, row.Start.InZone(zone).Date)).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Price));
}
