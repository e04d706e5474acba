using System.Collections.Immutable;
using System.Globalization;

namespace Scheduler.Domain;

/// <summary>
/// Seats per successive slot of a block, such as 30 then 2: candidates with extra time keep their seats longer. The number never rises from one slot to the
/// next (R5). Profiles compare by value.
/// </summary>
public readonly struct SeatProfile : IEquatable<SeatProfile>
{
    private readonly ImmutableArray<int> _seats;

    /// <summary>A profile of these seats. Throws <see cref="ArgumentException"/> when the list is empty, a number rises, or a number is below 1.</summary>
    public SeatProfile(ImmutableArray<int> seats)
    {
        if (seats.IsDefaultOrEmpty)
            throw new ArgumentException("A profile has at least one slot.", nameof(seats));
        for (var k = 0; k < seats.Length; k++)
        {
            if (seats[k] < 1 || (k > 0 && seats[k] > seats[k - 1]))
                throw new ArgumentException($"A profile never rises and has a seat in every slot; slot {k} has {seats[k]}.", nameof(seats));
        }

        _seats = seats;
    }

    /// <summary>Number of slots.</summary>
    public int Slots => _seats.IsDefault ? 0 : _seats.Length;

    /// <summary>Seats in the k-th slot; 0 beyond the end.</summary>
    public int this[int k] => k < Slots ? _seats[k] : 0;

    /// <summary>
    /// Seats in the slot that starts at <paramref name="minutes"/>, of a block that starts at <paramref name="start"/>; both in whole minutes since 1970 UTC.
    /// </summary>
    public int SeatsAt(int start, int minutes) =>
        minutes >= start && (minutes - start) % SlotHour.LengthMinutes == 0 ? this[(minutes - start) / SlotHour.LengthMinutes] : 0;

    /// <summary>The seats, first slot first.</summary>
    public ImmutableArray<int> Seats => _seats.IsDefault ? [] : _seats;

    /// <summary>Whether this profile has more seats than <paramref name="other"/> in any slot.</summary>
    public bool ExceedsAnywhere(SeatProfile other)
    {
        for (var k = 0; k < Slots; k++)
        {
            if (this[k] > other[k])
                return true;
        }

        return false;
    }

    /// <summary>The smaller number of seats of this profile and <paramref name="other"/> in each slot. Neither profile may be empty.</summary>
    public SeatProfile Within(SeatProfile other)
    {
        var seats = ImmutableArray.CreateBuilder<int>();
        for (var k = 0; k < Math.Min(Slots, other.Slots); k++)
            seats.Add(Math.Min(this[k], other[k]));
        return new(seats.ToImmutable());
    }

    /// <inheritdoc />
    public bool Equals(SeatProfile other) => Seats.AsSpan().SequenceEqual(other.Seats.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is SeatProfile other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Slots, this[0]);

    /// <summary>Equality by value.</summary>
    public static bool operator ==(SeatProfile left, SeatProfile right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(SeatProfile left, SeatProfile right) => !left.Equals(right);

    /// <summary>The text form, such as <c>30,2</c>, that the ledger stores.</summary>
    public override string ToString() => string.Join(',', Seats);

    /// <summary>Parses the text form of <see cref="ToString"/>. Throws <see cref="FormatException"/> for any other text.</summary>
    public static SeatProfile Parse(string text)
    {
        var parts = text.Split(',');
        var seats = new int[parts.Length];
        for (var k = 0; k < parts.Length; k++)
        {
            var isCount = int.TryParse(parts[k], NumberStyles.None, CultureInfo.InvariantCulture, out seats[k]);
            if (!isCount || seats[k] < 1 || (k > 0 && seats[k] > seats[k - 1]))
                throw new FormatException($"'{text}' is no seat profile.");
        }

        return new(ImmutableArray.Create(seats));
    }
}
