using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A row of the form of a flexible request, as it was written.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Days">The weekdays, such as <c>mon</c>.</param>
/// <param name="Begin">The local time before which no block begins.</param>
/// <param name="End">The local time at which each block is over.</param>
internal sealed record WindowRow(string From, string To, ImmutableArray<string> Days, string Begin, string End)
{
    private const int PartCharacters = 40;

    /// <summary>A row to fill in: school days and hours.</summary>
    public static WindowRow Empty { get; } = new("", "", [.. WindowFields.SchoolDays.Select(TextForms.Day.Write)], "08:00", "17:00");

    /// <summary>The row of a window. A window without weekdays has all.</summary>
    public static WindowRow Of(RequestWindow window)
    {
        var row = Of(WindowFields.Text(window).Split(','))!;
        var all = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None);
        return row.Days.IsEmpty ? row with { Days = [.. all.Select(TextForms.Day.Write)] } : row;
    }

    /// <summary>The row of a value of an address; null when the value has other parts.</summary>
    public static WindowRow? Of(string[] parts) => parts is [var from, var to, var days, var begin, var end] && parts.All(part => part.Length <= PartCharacters)
        ? new(from, to, [.. days.Split('.', StringSplitOptions.RemoveEmptyEntries)], begin, end)
        : null;
}
