using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Writes availability as UTF-8 into a buffer that is large enough. No serializer is used, because at a season opening availability is read far more often than
/// bookings are made, and a week has 168 rows. Rows are written for one zone interval after another: within an interval, slots are exactly one hour apart. The
/// date in a row is computed again only when the UTC day changes.
/// </summary>
internal ref struct AvailabilityText(Span<byte> buffer)
{
    /// <summary>An upper bound on the bytes of one row.</summary>
    public const int RowBytes = 128;

    private const int StampBytes = 20;
    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>Writes the rows of all slots with from ≤ start &lt; to. Returns the number of bytes written.</summary>
    public int Write(
        Pool pool, PoolPicture? picture, ImmutableArray<LapsedSeats> lapsed, DayReasons reasons, NeedColumns need, Instant from, Instant to, Instant now)
    {
        Put("{\"pool\":\""u8);
        Put(pool.Id.Text);
        Put("\",\"zone\":\""u8);
        Put(pool.Zone.Id);
        Put("\",\"slots\":["u8);
        Rows(pool, picture, lapsed, reasons, need, from, to, now);
        if (_buffer[_length - 1] == (byte)',')
            _length--;
        Put("]}"u8);
        return _length;
    }

    private void Rows(
        Pool pool, PoolPicture? picture, ImmutableArray<LapsedSeats> lapsed, DayReasons reasons, NeedColumns need, Instant from, Instant to, Instant now)
    {
        var capacities = picture is null ? default : picture.Capacity;
        var takens = picture is null ? default : picture.Taken;
        Span<byte> stamp = stackalloc byte[StampBytes];
        "2000-01-01T00:00:00Z"u8.CopyTo(stamp);
        var day = int.MinValue;
        var last = SlotMinutes.Of(to - Duration.Epsilon);
        while (from < to)
        {
            var start = pool.Grid.FirstAtOrAfter(from);
            var interval = pool.Zone.GetZoneInterval(start);
            var first = SlotMinutes.Of(start);
            var end = interval.HasEnd && interval.End < to ? SlotMinutes.Of(interval.End - Duration.Epsilon) : last;
            for (var minutes = first; minutes <= end; minutes += SlotHour.LengthMinutes)
            {
                Stamp(stamp, minutes, ref day);
                var index = picture is null ? -1 : picture.IndexOf(minutes);
                var isKnown = (uint)index < (uint)capacities.Length;
                var capacity = isKnown ? capacities[index] : 0;
                var free = isKnown ? Math.Max(0, capacity - takens[index] + (lapsed.IsEmpty ? 0 : SeatsAt(lapsed, minutes))) : 0;
                var instant = SlotMinutes.ToInstant(minutes);
                Row(stamp, capacity, free, instant <= now ? "past" : reasons.At(instant) ?? (capacity == 0 ? "closed" : free == 0 ? "full" : null));
                if (need.IsAsked)
                    Need(need.WhyNotAt(minutes));
                Put("},"u8);
            }

            if (!interval.HasEnd)
                return;
            from = interval.End;
        }
    }

    /// <summary>Seats of holds that have lapsed and are not swept yet. These seats are free (R10).</summary>
    private static int SeatsAt(ImmutableArray<LapsedSeats> lapsed, int minutes)
    {
        foreach (var slot in lapsed)
        {
            if (slot.Minutes == minutes)
                return slot.Seats;
        }

        return 0;
    }

    private void Row(scoped ReadOnlySpan<byte> stamp, int capacity, int free, string? reason)
    {
        Put("{\"start\":\""u8);
        Put(stamp);
        Put("\",\"capacity\":"u8);
        Put(capacity);
        Put(",\"free\":"u8);
        Put(free);
        if (reason is null)
        {
            Put(",\"bookable\":true,\"reason\":null"u8);
            return;
        }

        Put(",\"bookable\":false,\"reason\":\""u8);
        Put(reason);
        Put("\""u8);
    }

    private void Need(string? whyNot)
    {
        if (whyNot is null)
        {
            Put(",\"fits\":true,\"whyNot\":null"u8);
            return;
        }

        Put(",\"fits\":false,\"whyNot\":\""u8);
        Put(whyNot);
        Put("\""u8);
    }

    private static void Stamp(Span<byte> stamp, int minutes, ref int day)
    {
        const int minutesOfDay = 1440;
        var today = minutes / minutesOfDay;
        if (today != day)
        {
            day = today;
            var date = SlotMinutes.ToInstant(minutes).InUtc().Date;
            Digits(stamp, 0, date.Year / 100);
            Digits(stamp, 2, date.Year % 100);
            Digits(stamp, 5, date.Month);
            Digits(stamp, 8, date.Day);
        }

        var rest = minutes - (today * minutesOfDay);
        Digits(stamp, 11, rest / 60);
        Digits(stamp, 14, rest % 60);
    }

    private static void Digits(Span<byte> to, int at, int number)
    {
        to[at] = (byte)('0' + (number / 10));
        to[at + 1] = (byte)('0' + (number % 10));
    }

    private void Put(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    private void Put(string ascii) => _length += System.Text.Encoding.ASCII.GetBytes(ascii, _buffer[_length..]);

    private void Put(int number)
    {
        number.TryFormat(_buffer[_length..], out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }
}
