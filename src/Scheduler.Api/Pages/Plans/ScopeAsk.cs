using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The scope of a plan as a form or an address asks for it: local days of the reader's zone.</summary>
public sealed record ScopeAsk
{
    private const int DefaultDays = 34;

    /// <summary>The first day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The last day.</summary>
    public required LocalDate To { get; init; }

    /// <summary>Seconds that the solver may take.</summary>
    public required int Seconds { get; init; }

    /// <summary>Whether bookings that a plan placed may move.</summary>
    public required bool Moves { get; init; }

    /// <summary>The pools that are chosen.</summary>
    public required ImmutableArray<PoolId> Pools { get; init; }

    /// <summary>The pools that can be chosen.</summary>
    public required ImmutableArray<Pool> Offered { get; init; }

    /// <summary>The name of the text that says what is wrong; null when the scope can be used.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the reader sent the fields, and did not only open the page.</summary>
    public bool IsSent { get; init; }

    /// <summary>The zone of the days.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The scope.</summary>
    public PlanScope Scope => new(
        [.. Pools.OrderBy(pool => pool.Text, StringComparer.Ordinal)], Zone.AtStartOfDay(From).ToInstant(), Zone.AtStartOfDay(To.PlusDays(1)).ToInstant(),
        Seconds, Moves);

    internal static ScopeAsk Read(IEnumerable<KeyValuePair<string, StringValues>> fields, PageContext page)
    {
        var values = fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        string? One(string name) => values.GetValueOrDefault(name).FirstOrDefault();
        var today = page.Time.Today;
        var season = page.Catalogue.Calendar.Seasons.Where(one => one.To >= today).OrderBy(one => one.From).FirstOrDefault();
        var from = Date(One("from")) ?? season?.From ?? today;
        var to = Date(One("to")) ?? season?.To ?? from.PlusDays(DefaultDays);
        var isSent = One("sent") is not null;
        ImmutableArray<Pool> offered = [.. PoolOrder.Of(page.Catalogue, null, page.Zone).Where(pool => Retirement.Of(pool) is null)];
        var named = values.GetValueOrDefault("pool").ToHashSet(StringComparer.Ordinal);
        ImmutableArray<PoolId> pools = [.. offered.Select(pool => pool.Id).Where(id => (named.Count == 0 && !isSent) || named.Contains(id.Text))];
        var typed = One("seconds");
        var seconds = typed is null ? PlanBody.DefaultSeconds
            : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return new()
        {
            From = from, To = to, Seconds = seconds, Moves = isSent ? One("moves") is not null : true, Pools = pools, Offered = offered, IsSent = isSent,
            Zone = page.Zone,
            Fault = to < from || Period.DaysBetween(from, to) >= Limits.PlanDays || from.Year < 2000 || to.Year > 9000 ? "scope.days.wrong"
                : seconds is < 1 or > Limits.PlanSeconds ? "scope.seconds.wrong"
                : pools.IsEmpty || pools.Length > Limits.PlanPools ? "scope.pools.wrong"
                : null,
        };
    }

    private static LocalDate? Date(string? text) => text is not null && TextForms.Date.TryRead(text, out var date, out _) ? date : null;
}
