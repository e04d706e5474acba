using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Writes times as <c>2026-12-07T14:00</c>, in UTF-8. Successive times share the text, and the date is computed again only when the day changes.
/// </summary>
internal ref struct MinuteStamp
{
    private const int MinutesOfDay = 1440;
    private readonly Span<byte> _text;
    private int _day = int.MinValue;

    /// <summary>A stamp in a form: a time in the form that is wanted, such as <c>2000-01-01T00:00:00Z</c>. The text has the length of the form.</summary>
    public MinuteStamp(ReadOnlySpan<byte> form, Span<byte> text)
    {
        form.CopyTo(text);
        _text = text;
    }

    /// <summary>The time that lies this many minutes after 1970-01-01T00:00. The text is valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(int minutes)
    {
        var day = minutes / MinutesOfDay;
        if (day != _day)
        {
            _day = day;
            var date = SlotMinutes.ToInstant(minutes).InUtc().Date;
            Digits(0, date.Year / 100);
            Digits(2, date.Year % 100);
            Digits(5, date.Month);
            Digits(8, date.Day);
        }

        var rest = minutes - (day * MinutesOfDay);
        Digits(11, rest / 60);
        Digits(14, rest % 60);
        return _text;
    }

    private readonly void Digits(int at, int number)
    {
        _text[at] = (byte)('0' + (number / 10));
        _text[at + 1] = (byte)('0' + (number % 10));
    }
}
