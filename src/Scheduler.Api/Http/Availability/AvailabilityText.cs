using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Writes availability as UTF-8 into a buffer that is large enough. No serializer is used, because at a season opening availability is read far more often than
/// bookings are made, and a week has 168 rows. Rows are written for one zone interval after another: within an interval, slots are exactly one hour apart. The
/// date in a stamp is computed again only when the day changes. The institution's clock may change at other instants than the pool's.
/// </summary>
internal ref struct AvailabilityText(Span<byte> buffer)
{
    /// <summary>An upper bound on the bytes of one row.</summary>
    public const int RowBytes = 256;

    private readonly Span<byte> _buffer = buffer;
    private int _length;

    /// <summary>
    /// Writes the rows of all slots with from ≤ start &lt; to. Local starts are those of the zone of the reasons. Returns the number of bytes written.
    /// </summary>
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
        var starts = new MinuteStamp("2000-01-01T00:00:00Z"u8, stackalloc byte[20]);
        var locals = new MinuteStamp("2000-01-01T00:00"u8, stackalloc byte[16]);
        var offsets = new ZoneOffsets(reasons.Zone);
        Span<byte> inZone = stackalloc byte[100];
        inZone = inZone[..Encoding.ASCII.GetBytes($"\",\"zone\":\"{reasons.Zone.Id}\",\"capacity\":", inZone)];
        var last = SlotMinutes.Of(to - Duration.Epsilon);
        while (from < to)
        {
            var start = pool.Grid.FirstAtOrAfter(from);
            var interval = pool.Zone.GetZoneInterval(start);
            var first = SlotMinutes.Of(start);
            var end = interval.HasEnd && interval.End < to ? SlotMinutes.Of(interval.End - Duration.Epsilon) : last;
            for (var minutes = first; minutes <= end; minutes += SlotHour.LengthMinutes)
            {
                var index = picture is null ? -1 : picture.IndexOf(minutes);
                var isKnown = (uint)index < (uint)capacities.Length;
                var capacity = isKnown ? capacities[index] : 0;
                var free = isKnown ? Math.Max(0, capacity - takens[index] + (lapsed.IsEmpty ? 0 : SeatsAt(lapsed, minutes))) : 0;
                var instant = SlotMinutes.ToInstant(minutes);
                Put("{\"start\":\""u8);
                Put(starts.Of(minutes));
                Put("\",\"localStart\":\""u8);
                Put(locals.Of(minutes + offsets.MinutesAt(minutes)));
                Put(inZone);
                Seats(capacity, free, instant <= now ? "past" : reasons.At(instant) ?? (capacity == 0 ? "closed" : free == 0 ? "full" : null));
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

    private void Seats(int capacity, int free, string? reason)
    {
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

    private void Put(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    private void Put(string ascii) => _length += Encoding.ASCII.GetBytes(ascii, _buffer[_length..]);

    private void Put(int number)
    {
        number.TryFormat(_buffer[_length..], out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }
}
