using System.Data.Common;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The bookings that can matter to the decision of a plan's entries: those that move, those that run beside a new block of their institution (R6), and the
/// online ones that nobody oversees (R8). A school has many more bookings in a season, and an application does not need them.
/// </summary>
public sealed class PlanReach
{
    private readonly HashSet<BookingId> _moved = [];
    private readonly Dictionary<InstitutionId, List<int>> _starts = [];

    /// <summary>The bookings of some entries.</summary>
    public PlanReach(IEnumerable<PlanEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!_starts.TryGetValue(entry.Institution, out var starts))
                _starts.Add(entry.Institution, starts = []);
            if (entry is PlanEntry.Move move)
            {
                _moved.Add(move.Booking);
                starts.Add(SlotMinutes.Of(move.To));
            }
            else if (entry is PlanEntry.Placement placement)
            {
                starts.Add(SlotMinutes.Of(placement.Start));
            }
        }
    }

    /// <summary>The institutions of the entries.</summary>
    public IReadOnlyCollection<InstitutionId> Institutions => _starts.Keys;

    /// <summary>
    /// Whether a row is one of these bookings. The row has the columns of <see cref="RowReader.BookingColumns"/>, and then the number of its slots. The look is
    /// much cheaper than the reading of the row.
    /// </summary>
    internal bool Has(DbDataReader row)
    {
        if (row.GetString(7) == RowText.Of(DeliveryMode.Online) && row.GetInt32(18) == 0)
            return true;
        var first = row.GetInt32(4);
        var end = first + (row.GetInt32(23) * SlotHour.LengthMinutes);
        // A slot of another pool may begin within a slot of the block, so both ends are a slot wider.
        return _starts[InstitutionId.Of(row.GetString(1))].Exists(
                start => end + SlotHour.LengthMinutes > start && first < start + LongestBlock.Minutes + SlotHour.LengthMinutes)
            || _moved.Contains(new(Guid.Parse(row.GetString(0))));
    }
}
