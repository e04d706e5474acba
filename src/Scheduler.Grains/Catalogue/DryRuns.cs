using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The end of an operator's command that is a dry run: the command was decided, and instead of the commit the caller learns what it would touch.
/// </summary>
internal sealed class DryRuns(SeatLedger ledger, IClock clock)
{
    /// <summary>The dry run of a change of an entry.</summary>
    public async Task<Attempt> OfEntry(Catalogue current, EntrySnapshot? before, EntrySnapshot after, Refusal? refusal, CancellationToken cancellation)
    {
        var toCome = await ledger.Read.ToCome(EntryScope.Of(before?.Entry, after.Entry, current), clock.GetCurrentInstant(), cancellation);
        return Attempt.Answered.Previewed(new(before, after, toCome.Touches, refusal?.Code, Ends: await Ends(current, after.Entry, cancellation)));
    }

    /// <summary>How many waiting requests are over with the changed entry and not before (R9); null for an entry that ends none.</summary>
    private async Task<int?> Ends(Catalogue current, CatalogueEntry entry, CancellationToken cancellation)
    {
        if (entry is not (PolicyEntry or InstitutionEntry))
            return null;
        var (changed, now) = (current.With(entry, 0), clock.GetCurrentInstant());
        var entries = await ledger.Read.AllQueuedRequests(cancellation);
        var flexible = await ledger.Read.FlexibleRequests(cancellation);
        return entries.Concat(flexible).Count(request => !IsOver(request, current) && IsOver(request, changed));

        bool IsOver(Request request, Catalogue catalogue) => catalogue.Institutions.TryGetValue(request.Institution, out var school)
            && RequestRules.IsOver(request, new(school.Value, InstitutionState.Empty, catalogue, now));
    }

    /// <summary>
    /// The dry run of a change of capacity. It touches the bookings and holds in slots that would be short, and the requests that wait for slots whose capacity
    /// changes. The seats come from the picture in memory, by the rule that the commit uses.
    /// </summary>
    public async Task<Attempt> OfCapacity(
        EntrySnapshot before, EntrySnapshot after, PoolId pool, ImmutableArray<SlotCapacity> slots, bool isForced, CancellationToken cancellation)
    {
        await ledger.Feed.Refresh(cancellation);
        var now = clock.GetCurrentInstant();
        (int Capacity, int Taken) Seen(int minutes)
        {
            var seen = ledger.Picture.Look(new(pool, minutes), now);
            return (seen.Capacity, seen.Capacity - seen.Free);
        }

        var below = Shortfalls.Below(slots, Seen);
        var isRefused = !isForced && !below.IsEmpty;
        var shortfalls = isRefused ? below : Shortfalls.After(slots, Seen);
        var shortSlots = shortfalls.Select(slot => slot.Minutes).ToHashSet();
        var changed = slots.Where(slot => slot.Capacity != Seen(slot.Minutes).Capacity).Select(slot => slot.Minutes).ToHashSet();
        var touches = slots.IsEmpty
            ? Touches.None
            : (await ledger.Read.ToCome(Scope(pool, slots, shortSlots, changed), now, cancellation)).Touches;
        var code = isRefused ? new Refusal.CapacityBelowBooked([], [], 0, [], 0).Code : null;
        return Attempt.Answered.Previewed(new(before, after, touches, code, shortfalls));
    }

    private static ToComeFilter Scope(PoolId pool, ImmutableArray<SlotCapacity> slots, HashSet<int> shortSlots, HashSet<int> changed) => new()
    {
        Pool = pool,
        FromMinutes = slots[0].Minutes - ((Limits.BlockSlots - 1) * SlotHour.LengthMinutes),
        ToMinutes = slots[^1].Minutes + SlotHour.LengthMinutes,
        Blocks = block => TouchesAny(block, shortSlots),
        Requests = block => TouchesAny(block, changed),
    };

    private static bool TouchesAny(ToComeBlock block, HashSet<int> slots) =>
        Enumerable.Range(0, block.Slots).Any(k => slots.Contains(block.StartMinutes + (k * SlotHour.LengthMinutes)));
}
