using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Finds entries of a plan that only fit together (R4).</summary>
/// <remarks>
/// <para>
/// First all entries that are left are assumed to be applied. While that breaks a slot or an institution's rules, one entry is dropped: the one after whose
/// drop the least is broken, of equal ones the last. What is left fits together. It is divided into small groups, so that each stands or falls alone: for each
/// entry in turn, a group is sought among these entries.
/// </para>
/// <para>
/// When nothing is left, a group is sought for each entry among all entries. A group begins with the entry alone. While the group breaks a slot or a rule, a
/// move that frees seats there is added, with each such move tried in order. This finds every group, because a group that fits must contain such a move. The
/// number of groups that are tried is limited (<see cref="Limits.PlanGroupsTried"/>), so that a decision has an end; beyond the limit an entry may be called
/// stale although a group exists.
/// </para>
/// </remarks>
internal sealed class PlanGroups(PlanTrial trial)
{
    // Tries for each entry of a set that fits together, before what is left of the set is one group.
    private const int TriesOfOne = 8;

    private readonly HashSet<int> _accepted = [];
    private int _left = Limits.PlanGroupsTried;
    private ILookup<SlotHour, PlanStep> _bySlot = null!;
    private ILookup<InstitutionId, PlanStep> _byInstitution = null!;

    /// <summary>Accepts groups of the entries in <paramref name="live"/>, and removes them from <paramref name="open"/>; false without a group.</summary>
    public bool TryAccept(ImmutableArray<PlanStep> live, List<PlanStep> open, ImmutableArray<ImmutableArray<AppliedEntry>>.Builder groups)
    {
        if (!live.Any(step => step.Own is not null))
            return false;
        _accepted.Clear();
        var all = Fitting(live);
        var isDivided = !all.IsEmpty;
        ImmutableArray<PlanStep> steps = isDivided ? [.. all.Steps] : live;
        var moves = steps.Where(step => step.Own is not null);
        _bySlot = moves.SelectMany(step => step.Left(), (step, slot) => (step, slot)).ToLookup(pair => pair.slot, pair => pair.step);
        _byInstitution = moves.ToLookup(step => step.Institution);
        foreach (var seed in steps.Where(step => !_accepted.Contains(step.Index)))
        {
            var tries = isDivided ? TriesOfOne : _left;
            if (Search(new(trial, [seed]), [], ref tries) is { } group)
                Accept(group, groups);
            if (!isDivided)
                _left = tries;
        }

        all = Fitting([.. steps.Where(step => isDivided && !_accepted.Contains(step.Index))]);
        if (!all.IsEmpty)
            Accept(all, groups);
        open.RemoveAll(step => _accepted.Contains(step.Index));
        return _accepted.Count > 0;
    }

    private void Accept(PlanGroup group, ImmutableArray<ImmutableArray<AppliedEntry>>.Builder groups)
    {
        var fits = group.Fits();
        foreach (var fit in fits)
            trial.Accept(fit);
        groups.Add([.. fits.SelectMany(fit => fit.Applied).OrderBy(entry => entry.Index)]);
        _accepted.UnionWith(group.Steps.Select(step => step.Index));
    }

    /// <summary>Those of the entries that fit together; none when the drops leave none.</summary>
    private PlanGroup Fitting(ImmutableArray<PlanStep> steps)
    {
        var group = new PlanGroup(trial, steps);
        group.DropUntilWhole();
        return group;
    }

    private PlanGroup? Search(PlanGroup group, ImmutableHashSet<int> excluded, ref int tries)
    {
        if (tries-- <= 0)
            return null;
        if (group.Broken() is not { } broken)
            return group;
        foreach (var helper in Helpers(broken))
        {
            if (_accepted.Contains(helper.Index) || excluded.Contains(helper.Index) || group.Contains(helper))
                continue;
            if (Search(group.With(helper), excluded, ref tries) is { } found)
                return found;
            excluded = excluded.Add(helper.Index);
        }

        return null;
    }

    private IEnumerable<PlanStep> Helpers(PlanBreak broken) => broken switch
    {
        PlanBreak.Seats(var slot) => _bySlot[slot],
        PlanBreak.Rule(var step, var why) when PlanRules.CanBeHelped(why) => _byInstitution[step.Institution],
        _ => [],
    };
}
