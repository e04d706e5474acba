using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts the parts of a flexible request to the texts of its columns and forms, and back.</summary>
internal static class RequestText
{
    /// <summary>
    /// Such as <c>2026-12-01/2026-12-18/12345/540/960</c>: the first and the last date, the numbers of the weekdays (1 is Monday; empty for all days), and the
    /// first and the last minute of the day. Two windows have a space between them. Null for a waitlist entry, which has no windows.
    /// </summary>
    public static string? Of(ImmutableArray<RequestWindow> windows) => windows.IsDefaultOrEmpty ? null : string.Join(' ', windows.Select(Of));

    public static ImmutableArray<RequestWindow> Windows(string? text) => string.IsNullOrEmpty(text) ? [] : [.. text.Split(' ').Select(Window)];

    /// <summary>Ids with a space between two.</summary>
    public static string Of(ImmutableArray<BookingId> bookings) => bookings.IsDefaultOrEmpty ? "" : string.Join(' ', bookings);

    public static ImmutableArray<BookingId> Bookings(string text) =>
        text.Length == 0 ? [] : [.. text.Split(' ').Select(id => new BookingId(Guid.Parse(id)))];

    private static string Of(RequestWindow window)
    {
        var days = window.Days.IsDefaultOrEmpty ? "" : string.Concat(window.Days.Select(day => (int)day));
        return string.Create(
            CultureInfo.InvariantCulture, $"{RowText.Date(window.From)}/{RowText.Date(window.To)}/{days}/{window.FromMinute}/{window.ToMinute}");
    }

    private static RequestWindow Window(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 5 || !parts[2].All(day => day is >= '1' and <= '7'))
            throw new InvalidDataException($"'{text}' is no window.");
        ImmutableArray<IsoDayOfWeek> days = [.. parts[2].Select(day => (IsoDayOfWeek)(day - '0'))];
        return new(RowText.Date(parts[0]), RowText.Date(parts[1]), days, RowText.Number(parts[3]), RowText.Number(parts[4]));
    }
}
