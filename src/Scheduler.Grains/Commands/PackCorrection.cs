using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The command that corrects a pack. The state has only bookings that have not ended, so the bookings that have vouchers of the pack are read from the ledger.
/// Of these only the ended ones count: they cannot change any more, so the reading cannot be too old for them.
/// </summary>
internal sealed class PackCorrection(CorrectPackCommand command, LedgerReader read) : Command(command.Caller, _ => Step.Reload.Now)
{
    private ImmutableArray<Booking> _read = [];

    public override async ValueTask<bool> Prepare(InstitutionMemory memory, InstitutionState state, CancellationToken cancellation)
    {
        _read = await read.BookingsOf(memory.Id, new(command.Pack), cancellation);
        return true;
    }

    public override Step Decide(DecisionBasis basis) => PackSteps.Correct(basis, command, _read);
}
