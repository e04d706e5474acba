using System.Collections.Immutable;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The served share of one school before and after a plan, of the seats that could be served at all.</summary>
/// <param name="Figures">The school.</param>
public sealed record SchoolRatio(SchoolFigures Figures)
{
    /// <summary>The share when the plan was made, from 0 to 1.</summary>
    public double Before => Share(Figures.ServedBefore);

    /// <summary>The share when the plan is applied, from 0 to 1.</summary>
    public double After => Share(Figures.Served);

    /// <summary>The schools with something that could be served, the worst off after the plan first.</summary>
    public static ImmutableArray<SchoolRatio> WorstFirst(PlanResult result) =>
    [
        .. result.Schools.Where(school => school.Servable > 0).Select(school => new SchoolRatio(school)).OrderBy(school => school.After)
            .ThenBy(school => school.Before).ThenBy(school => school.Figures.Institution.Text, StringComparer.Ordinal),
    ];

    private double Share(int served) => Math.Min(1, (double)served / Figures.Servable);
}
