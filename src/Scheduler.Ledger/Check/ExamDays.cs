using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The exam day of every booking and hold. An institution's zone may change under a booking, and the booking keeps its vouchers. So the day counts in every
/// zone that the institution has had since the booking or hold got its block.
/// </summary>
internal sealed class ExamDays
{
    private readonly RulesInTime _rules = new();
    private readonly Dictionary<Guid, Instant> _placed = [];

    public ExamDays(CheckedRows rows)
    {
        foreach (var line in rows.History)
            _rules.Put(line);
        foreach (var placed in rows.Placed)
        {
            if (placed.After is HoldSnapshot hold)
                _placed[hold.Hold.Id.Value] = placed.At;
            else if (placed.After is BookingSnapshot booking)
                _placed[booking.Booking.Id.Value] = HeldSince(placed) ?? placed.At;
        }
    }

    /// <summary>The exam days of a booking or hold, the latest zone last; empty when nobody had set up the institution.</summary>
    public IReadOnlyList<LocalDate> Of(Guid id, Sitting sitting)
    {
        var since = _placed.TryGetValue(id, out var placed) ? placed - RulesInTime.JustBefore : Instant.MinValue;
        return [.. _rules.ExamDays(sitting.Institution, sitting.Start, since)];
    }

    /// <summary>When the hold was made that became the booking; null for a booking without a hold.</summary>
    private Instant? HeldSince(PlacedLine line) => Guid.TryParse(line.Subject, out var hold) && _placed.TryGetValue(hold, out var since)
        && line.Kind == ChangeKinds.Text(ChangeKind.HoldConfirmed) ? since : null;
}
