using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Deals the candidates with extra time out to the parts of a request. The solver counts ⌈part × seats of the slot / size⌉ seats for a part in each slot; no
/// part takes more than that.
/// </summary>
internal static class PartAccommodations
{
    /// <summary>
    /// The candidates with extra time of each part. When the parts are the whole request, every candidate with extra time is in a part.
    /// </summary>
    /// <param name="terms">The terms of the exam.</param>
    /// <param name="size">All candidates of the request.</param>
    /// <param name="groups">Those with extra time.</param>
    /// <param name="parts">The candidates of each part, together at most <paramref name="size"/>.</param>
    public static ImmutableArray<ImmutableArray<Accommodation>> Of(
        ExamTerms terms, int size, ImmutableArray<Accommodation> groups, ReadOnlySpan<int> parts)
    {
        var profile = BlockLength.Profile(terms, size, groups);
        int[] left = [.. groups.Select(group => group.Candidates)];
        var dealt = new List<Accommodation>[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            dealt[i] = [];
        // From the last slot to the first: in each slot the parts get those who leave after it. What cannot be dealt at a later slot stays out.
        var seats = new int[parts.Length];
        var unplaced = 0L;
        for (var k = profile.Slots - 1; k >= 0; k--)
        {
            var most = parts.ToArray().Select(part => CeilingOf(part, profile[k], size)).ToArray();
            unplaced = Math.Max(unplaced, profile[k] - most.Sum(part => (long)part));
            var more = profile[k] - unplaced - seats.Sum(part => (long)part);
            for (var i = 0; i < parts.Length && more > 0; i++)
            {
                var added = (int)Math.Min(more, most[i] - seats[i]);
                more -= added;
                seats[i] += added;
                Take(terms, groups, left, k + 1, added, dealt[i]);
            }
        }

        return [.. dealt.Select(part => part.ToImmutableArray())];
    }

    /// <summary>The candidates with extra time that no booking of the request has.</summary>
    public static ImmutableArray<Accommodation> Rest(Request request, List<Booking> bookings, int open)
    {
        var placed = bookings.SelectMany(booking => booking.Sitting.Accommodations).GroupBy(group => group.ExtraTimePercent)
            .ToDictionary(groups => groups.Key, groups => groups.Sum(group => group.Candidates));
        var rest = ImmutableArray.CreateBuilder<Accommodation>();
        foreach (var group in request.Accommodations.OrderByDescending(group => group.ExtraTimePercent))
        {
            var taken = Math.Min(group.Candidates, placed.GetValueOrDefault(group.ExtraTimePercent));
            placed[group.ExtraTimePercent] = placed.GetValueOrDefault(group.ExtraTimePercent) - taken;
            // A school may have resized a booking since, so the groups may be more than the open candidates.
            var left = Math.Min(group.Candidates - taken, open - rest.Sum(one => one.Candidates));
            if (left > 0)
                rest.Add(group with { Candidates = left });
        }

        return rest.ToImmutable();
    }

    /// <summary>Takes candidates whose sitting has this many slots. Those beyond the ones with extra time have none.</summary>
    private static void Take(
        ExamTerms terms, ImmutableArray<Accommodation> groups, int[] left, int slots, int candidates, List<Accommodation> part)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (BlockLength.Slots(terms, groups[i].ExtraTimePercent) != slots)
                continue;
            var taken = Math.Min(candidates, left[i]);
            left[i] -= taken;
            candidates -= taken;
            if (taken > 0)
                part.Add(groups[i] with { Candidates = taken });
        }
    }

    private static int CeilingOf(int part, int seats, int size) => (int)((((long)part * seats) + size - 1) / size);
}
