using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Finds entries of a plan that only fit together (R4).</summary>
/// <remarks>
/// <para>
/// First all entries that are left are assumed to be applied. While that breaks a slot or an institution's rules, one entry is dropped: the one after whose
/// drop the least is broken, of equal ones the last. What is left is accepted as one group.
/// </para>
/// <para>
/// When nothing is left, a group is sought for each entry in turn: while the group breaks a slot or a rule, a move that frees seats there is added, with each
/// such move tried in order. This finds every group, because a group that fits must contain such a move. The number of groups that are tried is limited
/// (<see cref="Limits.PlanGroupsTried"/>), so that a decision has an end; beyond the limit an entry may be called stale although a group exists.
/// </para>
/// </remarks>
internal sealed class PlanGroups(PlanTrial trial)
{
    private int _left = Limits.PlanGroupsTried;

    /// <summary>Accepts a group of the entries in <paramref name="live"/>, and removes them from <paramref name="open"/>; false without a group.</summary>
    public bool TryAccept(ImmutableArray<PlanStep> live, List<PlanStep> open, ImmutableArray<ImmutableArray<AppliedEntry>>.Builder groups)
    {
        if (!live.Any(step => step.Own is not null))
            return false;
        var group = new PlanGroup(trial, live);
        while (!group.IsEmpty && group.Broken() is { } broken)
            group.Drop(Dropped(group, broken));
        if (group.IsEmpty && (group = Search(live)!) is null)
            return false;
        var fits = group.Fits();
        foreach (var fit in fits)
            trial.Accept(fit);
        groups.Add([.. fits.SelectMany(fit => fit.Applied).OrderBy(entry => entry.Index)]);
        var indexes = group.Steps.Select(step => step.Index).ToHashSet();
        open.RemoveAll(step => indexes.Contains(step.Index));
        return true;
    }

    private static PlanStep Dropped(PlanGroup group, PlanBreak broken) => broken switch
    {
        PlanBreak.Rule(var step, _) => step,
        PlanBreak.Seats => group.LeastNeeded(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private PlanGroup? Search(ImmutableArray<PlanStep> live)
    {
        foreach (var seed in live)
        {
            if (Search(new(trial, [seed]), live, []) is { } group)
                return group;
        }

        return null;
    }

    private PlanGroup? Search(PlanGroup group, ImmutableArray<PlanStep> live, ImmutableHashSet<int> excluded)
    {
        if (_left-- <= 0)
            return null;
        if (group.Broken() is not { } broken)
            return group;
        foreach (var helper in Helpers(broken, live))
        {
            if (excluded.Contains(helper.Index) || group.Contains(helper))
                continue;
            if (Search(group.With(helper), live, excluded) is { } found)
                return found;
            excluded = excluded.Add(helper.Index);
        }

        return null;
    }

    private static IEnumerable<PlanStep> Helpers(PlanBreak broken, ImmutableArray<PlanStep> live) => broken switch
    {
        PlanBreak.Seats(var slot) => live.Where(step => step.Leaves(slot)),
        PlanBreak.Rule(var step, var why) when PlanRules.CanBeHelped(why) => live.Where(one => one.Own is not null && one.Institution == step.Institution),
        _ => [],
    };
}
