using NodaTime;

namespace Scheduler.Solver;

/// <summary>Shadow prices added up per pool and local day. Duals of single slots are degenerate; a day's sum is what an estimate can rest on.</summary>
public static class DailyPrices
{
    /// <summary>Σ of the slots' prices by pool and day: about what one more machine there would be worth that day.</summary>
    /// <param name="plan">A plan with shadow prices.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    public static IReadOnlyDictionary<(string Pool, LocalDate Day), double> Of(Plan plan, DateTimeZone zone) =>
        plan.ShadowPrices.GroupBy(row => (row.Pool, row.Start.InZone(zone).Date)).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Price));
}
