using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What became of a series.</summary>
internal sealed record SeriesView
{
    [Description("One result for each row, in the order of the rows.")]
    public required ImmutableArray<SeriesRowView> Rows { get; init; }

    /// <summary>The view of the results.</summary>
    public static SeriesView Of(IEnumerable<SeriesResult> results, Catalogue catalogue, DateTimeZone zone) =>
        new() { Rows = [.. results.Select(result => SeriesRowView.Of(result, catalogue, zone))] };
}
