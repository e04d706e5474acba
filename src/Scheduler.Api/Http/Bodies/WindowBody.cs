using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A window of a flexible request, in a body: dates and times of the institution's zone in which a block may lie.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WindowBody
{
    public required LocalDate From { get; init; }

    [Description("The last date, included.")]
    public required LocalDate To { get; init; }

    [NullAsLeftOut]
    [MaxLength(7)]
    [Description("The weekdays; all when left out.")]
    public IsoDayOfWeek[]? Days { get; init; }

    [NullAsLeftOut]
    [Description("The earliest start; 00:00 when left out.")]
    public MinuteOfDay? FromTime { get; init; }

    [NullAsLeftOut]
    [Description("The latest end; 24:00 when left out.")]
    public MinuteOfDay? ToTime { get; init; }

    private int FromMinute => FromTime?.Minute ?? 0;

    private int ToMinute => ToTime?.Minute ?? MinuteOfDay.Last;

    /// <summary>Adds the faults of the fields that do not fit each other.</summary>
    public static void Check(WindowBody[]? windows, FieldFaults faults)
    {
        if (windows is [])
            faults.Add("windows", "must have at least one window, or be left out");
        foreach (var (index, window) in (windows ?? []).Index())
            window.Check($"windows[{index}]", faults);
    }

    /// <summary>The windows as domain values; null when the body leaves them out.</summary>
    public static RequestWindow[]? ToDomain(WindowBody[]? windows) => windows is null ? null : Array.ConvertAll(windows, window => window.ToWindow());

    private void Check(string path, FieldFaults faults)
    {
        if (To < From)
            faults.Add($"{path}.to", "must not be before from");
        else if (Period.DaysBetween(From, To) >= Limits.WindowDays)
            faults.Add($"{path}.to", $"must be less than {Limits.WindowDays} days after from");
        if (Days is { } days && (days.Length == 0 || days.Distinct().Count() < days.Length))
            faults.Add($"{path}.days", "must name at least one day, and no day twice, or be left out");
        if (FromMinute >= ToMinute)
            faults.Add($"{path}.toTime", "must be later than fromTime, 24:00 at the latest");
    }

    private RequestWindow ToWindow() => new(From, To, Days is { } days ? [.. days.Order()] : [], FromMinute, ToMinute);
}
