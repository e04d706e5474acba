using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Tells how requests that wait stand: their tier, what stands in the way, and the nearest start that would work now. The rules are those that decide a
/// booking. The seats come from the picture in memory, so no slot is called and no row is read.
/// </summary>
internal static class RequestStandings
{
    public static StandingsAnswer All(SeasonPicture picture, DecisionBasis basis, Guid[] requests, CancellationToken cancellation) =>
        new([
            .. requests.Select(id => basis.State.Requests.GetValueOrDefault(new(id))).OfType<Request>()
                .Select(request => Of(picture, basis, request, cancellation)),
        ]);

    public static RequestStanding Of(SeasonPicture picture, DecisionBasis basis, Request request, CancellationToken cancellation)
    {
        var isOver = RequestRules.IsOver(request, basis);
        var everywhere = RequestTiers.Everywhere(request, basis, out var candidates);
        if (everywhere is not null && RequestTiers.Of(everywhere) is RequestTier.NotReady or RequestTier.Impossible)
            return new(request.Id.Value, candidates, RequestTiers.Of(everywhere), everywhere, Around(picture, basis, request, cancellation), false, isOver);
        var starts = request.IsFlexible
            ? RequestCandidates.Of(request, basis.Institution, basis.Catalogue, basis.Now)
            : [request.PreferredStart];
        Refusal? first = null;
        Refusal? seats = null;
        foreach (var start in ByDistance(starts, request.PreferredStart))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Refuse(picture, basis, request, start) is not { } refusal)
                return new(request.Id.Value, candidates, RequestTier.ForSeats, null, start, true, isOver);
            first ??= refusal;
            if (RequestTiers.Of(refusal) == RequestTier.ForSeats)
                seats ??= refusal;
        }

        // One start at which only seats are missing is enough: the request waits for seats.
        var why = everywhere ?? seats ?? first;
        var tier = why is null ? RequestTier.ForSeats : RequestTiers.Of(why);
        return new(request.Id.Value, candidates, tier, why, Around(picture, basis, request, cancellation), false, isOver);
    }

    /// <summary>The nearest start within a week that would work now, also outside the windows; null without one.</summary>
    private static Instant? Around(SeasonPicture picture, DecisionBasis basis, Request request, CancellationToken cancellation)
    {
        if (!basis.Catalogue.Pools.TryGetValue(request.Pool, out var pool) || !basis.Catalogue.Exams.ContainsKey(request.Exam))
            return null;
        var week = Duration.FromDays(Limits.AlternativeDays);
        var from = Instant.Max(request.PreferredStart - week, basis.Now);
        foreach (var start in ByDistance(pool.Value.Grid.Starts(from, request.PreferredStart + week), request.PreferredStart))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Refuse(picture, basis, request, start) is null)
                return start;
        }

        return null;
    }

    /// <summary>
    /// Why a booking at this start would be refused now. A waitlist entry may be booked at its own block with short notice (R9), so there its dates are not
    /// checked as those of a booking.
    /// </summary>
    private static Refusal? Refuse(SeasonPicture picture, DecisionBasis basis, Request request, Instant start)
    {
        var pool = picture.Pool(request.Pool);
        var wish = RequestTiers.Wish(request) with { Start = start };
        if (!request.IsFlexible && start == request.PreferredStart
            && BookingRules.Decide(wish, basis, WishKind.FromWaitlist) is Decision.Refused(var why))
            return why;
        var refusal = BlockRules.OfNewBooking(wish, basis, Look);
        return refusal is Refusal.LeadTimeShort && !request.IsFlexible && start == request.PreferredStart ? null : refusal;

        SlotFigures Look(SlotHour slot)
        {
            var view = pool?.Look(slot.Minutes, basis.Now) ?? default;
            return new(view.Capacity, view.Free);
        }
    }

    private static IEnumerable<Instant> ByDistance(IEnumerable<Instant> starts, Instant wished) =>
        starts.OrderBy(start => start < wished ? wished - start : start - wished).ThenBy(start => start);
}
