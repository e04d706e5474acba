using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// A command about a booking, a hold or a request. When the state no longer contains the subject, the command reads the subject from the ledger. Every decision
/// takes the subject from the same state on which the command is decided. A subject that was read is valid only until the institution's next change.
/// </summary>
internal sealed class SubjectCommand<T>(
    Caller caller, Func<InstitutionState, T?> find, Func<CancellationToken, Task<T?>> read, Func<T, InstitutionId> owner, InstitutionMemory memory,
    Func<DecisionBasis, T, Step> decide) : Command(caller, _ => Step.Reload.Now)
    where T : class
{
    private T? _read;
    private long _version;

    public override async ValueTask<bool> Prepare(InstitutionMemory memory, InstitutionState state, CancellationToken cancellation)
    {
        (_read, _version) = (null, memory.Version);
        if (find(state) is not null)
            return true;
        if (memory.HasPending)
            await memory.LastCommit.WaitAsync(cancellation);
        _version = memory.Version;
        _read = await read(cancellation);
        return _read is not null && owner(_read) == memory.Id;
    }

    public override Step Decide(DecisionBasis basis)
    {
        if ((find(basis.State) ?? _read) is not { } subject)
            return Step.Reload.Now;
        var step = decide(basis, subject);
        return step is Step.Proposed && ReferenceEquals(subject, _read) && memory.Version != _version ? Step.Reload.Now : step;
    }
}
