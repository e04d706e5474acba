using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Decides the commands about packs (R7): record, correct, take back.</summary>
internal static class PackSteps
{
    public static Step Add(DecisionBasis basis, PackCommand command) => basis.Institution.Retired is not null
        ? new Step.Refused(new Refusal.Retired("institution", basis.Institution.Id.Text))
        : new Step.Proposed(new()
        {
            Complete = () =>
            {
                var institution = basis.Institution.Id;
                var pack = new Pack(PackId.New(), command.Programme, command.Quantity, command.PurchasedOn, 0);
                return new(
                    new()
                    {
                        Record = Records.Of(
                            basis, command.Caller, ChangeKind.PackMade, pack.Id.ToString(), null, new PackSnapshot(institution, pack), command.Reason),
                        Rows = [new RowWrite.PackMade(institution, pack)],
                    },
                    basis.State.With(pack));
            },
        });

    /// <summary>Corrects a pack. <paramref name="ended"/> are the bookings with vouchers of the pack that the state may no longer contain.</summary>
    public static Step Correct(DecisionBasis basis, CorrectPackCommand command, IReadOnlyCollection<Booking> ended)
    {
        // A pack has no ETag, so If-Match cannot name its version.
        if (command.Caller.SeenVersion is not null)
            return Step.Answered.Stale;
        // The caller has read the pack from the ledger, so a state without the pack is old.
        if (!basis.State.Packs.TryGetValue(new(command.Pack), out var pack))
            return Step.Reload.Now;
        var institution = basis.Institution.Id;
        var corrected = pack with
        {
            Quantity = command.Quantity ?? pack.Quantity,
            PurchasedOn = command.PurchasedOn ?? pack.PurchasedOn,
            IsVoid = pack.IsVoid || command.Void,
        };
        if (corrected == pack)
            return Step.Answered.Unchanged(new PackSnapshot(institution, pack));
        if (PackRules.Correct(pack, corrected, ended, basis) is { } refusal)
            return new Step.Refused(refusal);
        var kind = command.Void ? ChangeKind.PackVoided : ChangeKind.PackCorrected;
        return new Step.Proposed(new()
        {
            Complete = () => new(
                new()
                {
                    Record = Records.Of(
                        basis, command.Caller, kind, pack.Id.ToString(), new PackSnapshot(institution, pack), new PackSnapshot(institution, corrected),
                        command.Reason),
                    Rows = [new RowWrite.PackChanged(corrected)],
                },
                basis.State.With(corrected)),
        });
    }

    /// <summary>Tells the institution that a pack ends soon: a notice that changes nothing.</summary>
    public static Step TellEnding(DecisionBasis basis, PackEndingCommand command)
    {
        if (!basis.State.Packs.TryGetValue(new(command.Pack), out var pack))
            return Step.Reload.Now;
        var shown = new PackSnapshot(basis.Institution.Id, pack);
        // The last voucher may have gone since the clockwork looked.
        if (PackEnding.Due(pack, basis.Now.InZone(basis.Institution.Zone).Date) is null)
            return Step.Answered.Unchanged(shown);
        return new Step.Proposed(new()
        {
            Complete = () => new(
                new() { Record = Records.Of(basis, command.Caller, ChangeKind.PackEnding, pack.Id.ToString(), shown, shown, null) with { Notice = true } },
                basis.State),
        });
    }
}
