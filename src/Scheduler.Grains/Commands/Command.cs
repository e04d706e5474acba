using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A command of one institution: the caller, and the decision about the command on a state of the institution.</summary>
internal class Command(Caller caller, Func<DecisionBasis, Step> decide)
{
    /// <summary>The caller who gives the command.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>Whether a refusal of the slots names alternatives.</summary>
    public bool WantsAlternatives { get; init; } = true;

    /// <summary>
    /// Whether the slots must update their figures before they answer: in the last attempt the slots admitted seats that the commit then refused.
    /// </summary>
    public bool NeedsFreshSlots { get; set; }

    /// <summary>
    /// Whether the catalogue must be read before the next decision: the commit of the last attempt found something retired that the copy still offers.
    /// </summary>
    public bool NeedsFreshCatalogue { get; set; }

    /// <summary>Whether surely no earlier call with the same idempotency key has changed anything. A call without a key is always a first call.</summary>
    public bool IsFirst { get; set; } = caller.Stamp is null;

    /// <summary>Reads, before each attempt, what the decision needs beside the state. Returns false when the subject does not exist.</summary>
    public virtual ValueTask<bool> Prepare(InstitutionMemory memory, InstitutionState state, CancellationToken cancellation) => new(true);

    /// <summary>Decides on one state. Pure.</summary>
    public virtual Step Decide(DecisionBasis basis) => decide(basis);
}
