using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Divides the entries of a plan into parts of bounded size, each applied in one transaction. The division is decided on what was read before, so that the
/// moves that make room come before the entries that need it, and entries that only fit together are in one part. The commit decides each part again.
/// </summary>
internal static class ApplicationParts
{
    /// <summary>The numbers of the entries of each part.</summary>
    /// <param name="entries">All entries of the plan.</param>
    /// <param name="left">The numbers of the entries that were not decided yet, ascending.</param>
    /// <param name="input">What was read of their institutions and slots.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(ImmutableArray<PlanEntry> entries, ImmutableArray<int> left, PlanInput input)
    {
        if (left.Length <= Limits.PlanEntriesAtOnce)
            return [left];
        var states = input.Institutions.ToDictionary(pair => pair.Key, pair => pair.Value.State.At(input.At).WithoutEnded(input.At));
        var outcome = PlanDecision.Decide(
            new(input.Catalogue, states, input.Slots, input.At) { Requests = input.Requests },
            [.. left.Select(number => entries[number])], new(OperatorActKind.Moved, input.At, null), BookingId.New);
        var parts = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var part = new List<int>();
        foreach (var group in Together(outcome, entries, left))
        {
            if (part.Count > 0 && part.Count + group.Count > Limits.PlanEntriesAtOnce)
                End();
            part.AddRange(group);
        }

        End();
        return parts.DrainToImmutable();

        void End()
        {
            // The entries of a part are decided in the plan's order.
            parts.Add([.. part.Order()]);
            part.Clear();
        }
    }

    /// <summary>
    /// The numbers of entries that must be in one part: those that only fit together, and the placements of one request that is split, because each changes the
    /// version of the request. Such placements come where the last of them is, after every move that makes room for one of them. Where an earlier one fits only
    /// together with a move, the groups in between may need the seats that this move frees: then they come along. Entries that do not fit now come last.
    /// </summary>
    private static List<List<int>> Together(PlanOutcome outcome, ImmutableArray<PlanEntry> entries, ImmutableArray<int> left)
    {
        List<List<int>> all =
        [
            .. outcome.Groups.Select(group => group.Select(entry => left[entry.Index]).ToList()),
            .. outcome.Stale.Keys.Select(index => new List<int> { left[index] }),
        ];
        var places = new Dictionary<RequestId, int>();
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var request in Requests(all[i]).ToList())
            {
                if (places.GetValueOrDefault(request, i) is var first && first < i)
                    Gather(first, i);
            }

            foreach (var request in Requests(all[i]))
                places[request] = i;
        }

        return all.FindAll(group => group.Count > 0);

        IEnumerable<RequestId> Requests(List<int> numbers) =>
            numbers.Select(number => entries[number]).OfType<PlanEntry.Placement>().Select(placement => placement.Request);

        void Gather(int first, int last)
        {
            var end = all[first].Exists(number => entries[number] is PlanEntry.Move) ? last : first + 1;
            for (var k = first; k < end; k++)
            {
                all[last].AddRange(all[k]);
                all[k] = [];
            }
        }
    }
}
