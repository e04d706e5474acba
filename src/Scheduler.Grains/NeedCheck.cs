using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Checks at which starts of a pool an institution could book a need now. The rules are those that decide a booking. The seats come from the picture in memory,
/// so the check calls no slot and reads no row.
/// </summary>
internal static class NeedCheck
{
    /// <summary>One row for each start of the pool in the range. The wish's override is not used.</summary>
    public static ImmutableArray<StartFit> Starts(SeasonPicture picture, DecisionBasis basis, FitsQuery query)
    {
        if (!basis.Catalogue.Pools.TryGetValue(query.Wish.Pool, out var pool))
            return [];
        var seats = picture.Pool(query.Wish.Pool);
        var moved = query.Moves is { } id ? basis.State.Bookings.GetValueOrDefault(new(id)) : null;
        var others = moved is null ? basis : basis with { State = basis.State.Without(moved) };
        var wish = query.Wish with { OverrideReason = null };
        var rows = ImmutableArray.CreateBuilder<StartFit>();
        foreach (var start in pool.Value.Grid.Starts(query.From, query.To))
            rows.Add(new(SlotMinutes.Of(start), BlockRules.OfNewBooking(wish with { Start = start }, others, Look)?.Code));
        return rows.ToImmutable();

        SlotFigures Look(SlotHour slot)
        {
            var view = seats?.Look(slot.Minutes, basis.Now) ?? default;
            return new(view.Capacity, view.Free + (moved?.Sitting.SeatsIn(slot) ?? 0));
        }
    }
}
