using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A window of a flexible request, as a body may send it again: dates and times of the institution's zone.</summary>
internal sealed record WindowView
{
    private static readonly ImmutableArray<IsoDayOfWeek> _week = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required ImmutableArray<IsoDayOfWeek> Days { get; init; }

    public required MinuteOfDay FromTime { get; init; }

    public required MinuteOfDay ToTime { get; init; }

    public static WindowView Of(RequestWindow window) => new()
    {
        From = window.From,
        To = window.To,
        Days = window.Days.IsDefaultOrEmpty ? _week : window.Days,
        FromTime = new(window.FromMinute),
        ToTime = new(window.ToMinute),
    };
}
