using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Seats of one school by quarters of an hour, from the start of its first standing sitting to the end of its last one. Slots of all pools start at quarters
/// (<see
/// cref="Supervision.StartsApartMinutes"/>).
/// </summary>
internal sealed class QuarterHours(IEnumerable<SeatedBlock> blocks)
{
    private const int InSlot = SlotHour.LengthMinutes / Supervision.StartsApartMinutes;
    private readonly List<SeatedBlock> _blocks = [.. blocks];
    private readonly int _first = blocks.Min(block => block.StartMinutes);
    private readonly int _end = blocks.Max(block => block.StartMinutes + (block.Profile.Slots * SlotHour.LengthMinutes));

    private int Count => IndexOf(_end);

    /// <summary>The quarters of a standing sitting.</summary>
    public IEnumerable<int> Of(SeatedBlock block) => Enumerable.Range(IndexOf(block.StartMinutes), block.Profile.Slots * InSlot);

    /// <summary>The seats of the standing sittings.</summary>
    public long[] Standing()
    {
        var seats = new long[Count];
        foreach (var block in _blocks)
        {
            for (var quarter = 0; quarter < block.Profile.Slots * InSlot; quarter++)
                seats[IndexOf(block.StartMinutes) + quarter] += block.Profile[quarter / InSlot];
        }

        return seats;
    }

    /// <summary>The most seats that the requests could have at once: the greatest of each request, added up.</summary>
    public long[] Wanted(IEnumerable<Solver.Request> requests)
    {
        var (wanted, own) = (new long[Count], new int[Count]);
        foreach (var request in requests)
        {
            Array.Clear(own);
            foreach (var candidate in request.Candidates)
                Raise(own, candidate, request.MinGroup is not null);
            for (var quarter = 0; quarter < own.Length; quarter++)
                wanted[quarter] += own[quarter];
        }

        return wanted;
    }

    private void Raise(int[] own, Solver.Candidate candidate, bool isSplit)
    {
        var seats = candidate.Seats;
        var start = IndexOf(SlotMinutes.Of(candidate.Start));
        // Parts of a split request may run at once, each in another block and rounded up.
        var most = isSplit ? seats.Max() + seats.Count : 0;
        for (var quarter = Math.Max(0, -start); quarter < seats.Count * InSlot && start + quarter < own.Length; quarter++)
            own[start + quarter] = Math.Max(own[start + quarter], isSplit ? most : seats[quarter / InSlot]);
    }

    private int IndexOf(int minutes) => (int)Math.Floor((minutes - _first) / (double)Supervision.StartsApartMinutes);
}
