using System.Collections.Immutable;
using System.Globalization;
using NodaTime.Text;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Seats that a form carries along: one range a line, such as <c>2026-12-09T15:00:00Z/2026-12-09T17:00:00Z/7</c>.</summary>
internal static class TriedSeats
{
    /// <summary>The text of ranges of one pool.</summary>
    public static string Write(IEnumerable<AddedRange> ranges) => string.Join('\n', ranges.Select(Write));

    /// <summary>The text of a range with its pool, such as <c>creative/…/…/7</c>.</summary>
    public static string WriteStep(AddedRange range) => $"{range.Pool}/{Write(range)}";

    /// <summary>The ranges of a text; lines that say no range are left out.</summary>
    public static ImmutableArray<AddedRange> Read(string text, PoolId pool) =>
    [
        .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(Limits.RaisedRanges + 1)
            .Select(line => Range(line.Split('/'), pool)).OfType<AddedRange>(),
    ];

    /// <summary>The range of a step; null when the text says none.</summary>
    public static AddedRange? ReadStep(string text) =>
        text.Split('/') is [var id, .. var rest] && PoolId.TryParse(id, out var pool) ? Range(rest, pool) : null;

    private static string Write(AddedRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"{InstantPattern.General.Format(range.From)}/{InstantPattern.General.Format(range.To)}/{range.Add}");

    private static AddedRange? Range(string[] parts, PoolId pool) =>
        parts is [var from, var to, var add] && InstantPattern.General.Parse(from) is { Success: true } first
        && InstantPattern.General.Parse(to) is { Success: true } last && first.Value < last.Value
        && int.TryParse(add, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seats) && Math.Abs((long)seats) <= Limits.Seats
            ? new(pool, first.Value, last.Value, seats)
            : null;
}
