using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Parts of changes that the commands of institutions share.</summary>
internal static class Records
{
    /// <summary>The principal in whose name the waitlist and the season clock act.</summary>
    public static Principal System { get; } = new("scheduler", Role.Operator, null, "Scheduler");

    /// <summary>The principal in whose name the clockwork makes and applies the nightly plan.</summary>
    public static Principal Clock { get; } = new("clock", Role.Operator, null, "Scheduler's clock");

    /// <summary>The record of a change of one institution (R15).</summary>
    public static ChangeRecord Of(DecisionBasis basis, Caller caller, ChangeKind kind, string subject, Snapshot? before, Snapshot after, string? why) => new()
    {
        At = basis.Now,
        Who = caller.Who.Id,
        Kind = kind,
        Subject = subject,
        Institution = basis.Institution.Id,
        Before = before,
        After = after,
        Why = why,
        Stamp = caller.Stamp,
    };

    /// <summary>What an operator does to a booking; null for a change that the school makes itself.</summary>
    public static OperatorAct? ActOf(Caller caller, OperatorActKind what, DecisionBasis basis, string? reason) =>
        caller.Who.Role == Role.Operator ? new(what, basis.Now, reason) : null;

    /// <summary>The override that let a booking be made; null without one.</summary>
    public static OperatorAct? OverrideOf(Sitting sitting, DecisionBasis basis) =>
        sitting.OverrideReason is { } reason ? new(OperatorActKind.Overridden, basis.Now, reason) : null;

    /// <summary>The net change of each pack: vouchers taken less vouchers given back.</summary>
    public static ImmutableArray<PackDelta> Packs(ImmutableArray<VoucherDraw> given, ImmutableArray<VoucherDraw> taken)
    {
        if (given.IsEmpty && taken.Length <= 1)
            return taken.IsEmpty ? [] : [new(taken[0].Pack, taken[0].Vouchers)];
        var net = new SortedDictionary<PackId, int>();
        foreach (var draw in given)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) - draw.Vouchers;
        foreach (var draw in taken)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) + draw.Vouchers;
        return [.. net.Where(pair => pair.Value != 0).Select(pair => new PackDelta(pair.Key, pair.Value))];
    }
}
