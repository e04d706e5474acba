using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A row of a weekly template.</summary>
internal sealed record WeeklyRowView
{
    public required ImmutableArray<IsoDayOfWeek> Days { get; init; }

    public required WholeHour FromTime { get; init; }

    public required WholeHour ToTime { get; init; }

    public required int Seats { get; init; }

    public static ImmutableArray<WeeklyRowView> Of(WeeklyTemplate template) => Of(template.Rows);

    public static ImmutableArray<WeeklyRowView> Of(ImmutableArray<WeeklyRow> rows) => ImmutableArray.CreateRange(
        rows, static row => new WeeklyRowView { Days = row.Days, FromTime = new(row.From.Hour), ToTime = new(row.ToHour), Seats = row.Seats });
}
