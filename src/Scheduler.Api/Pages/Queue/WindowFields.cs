using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The windows of a flexible request as fields of a form and as values of an address. An address has one value for each window, such as
/// <c>2026-12-08,2026-12-18,mon.tue,08:00,17:00</c>.
/// </summary>
internal static class WindowFields
{
    /// <summary>The field of a window in an address.</summary>
    public const string Field = "w";

    /// <summary>The field of the smallest group.</summary>
    public const string GroupField = "group";

    /// <summary>How many windows the form shows at least, and at most.</summary>
    public const int Least = 3;

    /// <summary>The weekdays of a new window.</summary>
    public static readonly ImmutableArray<IsoDayOfWeek> SchoolDays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <summary>The windows as a part of an address.</summary>
    public static string Query(IEnumerable<RequestWindow> windows) =>
        string.Join('&', windows.Select(window => $"{Field}={Uri.EscapeDataString(Text(window))}"));

    /// <summary>The windows of an address. A value that cannot be read is left out.</summary>
    public static ImmutableArray<RequestWindow> Of(IQueryCollection query) =>
        [.. query[Field].Take(Limits.RequestWindows).Select(text => (text ?? "").Split(',')).Select(Read).OfType<RequestWindow>()];

    /// <summary>The windows of an address as they were written, also those that cannot be read.</summary>
    public static ImmutableArray<WindowRow> Rows(IQueryCollection query) =>
        [.. query[Field].Take(Limits.RequestWindows).Select(text => (text ?? "").Split(',')).Select(WindowRow.Of).OfType<WindowRow>()];

    /// <summary>The rows of a form as a part of an address, also those that cannot be read. An empty row is left out.</summary>
    public static string Typed(IFormCollection form) => string.Join(
        '&', Parts(form).Select(parts => $"{Field}={Uri.EscapeDataString(string.Join(',', parts.Select(part => part.Replace(',', ' '))))}"));

    /// <summary>The windows of a form; null when a row is not whole or contradicts itself. An empty row is left out.</summary>
    public static ImmutableArray<RequestWindow>? Of(IFormCollection form)
    {
        var windows = ImmutableArray.CreateBuilder<RequestWindow>();
        foreach (var parts in Parts(form))
        {
            if (Read(parts) is not { } window)
                return null;
            windows.Add(window);
        }

        return windows.Count == 0 ? null : windows.ToImmutable();
    }

    /// <summary>Whether a row of a form has days and no weekday.</summary>
    public static bool LacksWeekday(IFormCollection form) => Parts(form).Any(parts => parts[2].Length == 0);

    /// <summary>The smallest group of a form: null when the request is not split; 0 when the field cannot be read.</summary>
    public static int? Group(StringValues field) => string.IsNullOrWhiteSpace(field.FirstOrDefault()) ? null
        : int.TryParse(field[0], NumberStyles.None, CultureInfo.InvariantCulture, out var group) && group is >= 1 and <= Limits.Seats ? group
        : 0;

    /// <summary>The parts of each row of a form that has a day.</summary>
    private static IEnumerable<string[]> Parts(IFormCollection form)
    {
        var (from, to, begin, end) = (form["from"], form["to"], form["begin"], form["end"]);
        for (var k = 0; k < from.Count && k < Limits.RequestWindows; k++)
        {
            var days = string.Join('.', form[$"days{k.ToString(CultureInfo.InvariantCulture)}"].ToArray());
            if (!string.IsNullOrWhiteSpace(from[k]) || !string.IsNullOrWhiteSpace(At(to, k)))
                yield return [from[k] ?? "", At(to, k), days, At(begin, k), At(end, k)];
        }
    }

    /// <summary>A minute of the day, such as <c>08:00</c> or <c>24:00</c>.</summary>
    public static string Minute(int minute) => MinuteOfDay.Form.Write(new(minute));

    /// <summary>The window as a value of an address.</summary>
    public static string Text(RequestWindow window) => string.Join(
        ',', TextForms.Date.Write(window.From), TextForms.Date.Write(window.To), string.Join('.', DaysOf(window).Select(TextForms.Day.Write)),
        Minute(window.FromMinute), Minute(window.ToMinute));

    private static ImmutableArray<IsoDayOfWeek> DaysOf(RequestWindow window) => window.Days.IsDefault ? [] : window.Days;

    private static string At(StringValues values, int k) => k < values.Count ? values[k] ?? "" : "";

    private static RequestWindow? Read(string[] parts)
    {
        if (parts is not [var from, var to, var days, var begin, var end]
            || !TextForms.Date.TryRead(from, out var first, out _) || !TextForms.Date.TryRead(to, out var last, out _)
            || !MinuteOfDay.Form.TryRead(begin, out var opens, out _) || !MinuteOfDay.Form.TryRead(end, out var closes, out _))
            return null;
        var named = ImmutableArray.CreateBuilder<IsoDayOfWeek>();
        foreach (var day in days.Split('.', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            if (!TextForms.Day.TryRead(day, out var weekday, out _))
                return null;
            named.Add(weekday);
        }

        // Nobody who ticks no weekday means all seven.
        return named.Count > 0 && first <= last && Period.DaysBetween(first, last) < Limits.WindowDays && opens.Minute < closes.Minute
            ? new(first, last, [.. named.Order()], opens.Minute, closes.Minute)
            : null;
    }
}
