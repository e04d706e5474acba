using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The outcome of a solver's run: a closed list.</summary>
public abstract record SolverOutcome
{
    private SolverOutcome()
    {
    }

    /// <summary>The solver wrote its file.</summary>
    /// <param name="File">What is in the file.</param>
    public sealed record Done(ReadOnlyMemory<byte> File) : SolverOutcome
    {
        /// <summary>What is in the second file of the job; null when it was not written.</summary>
        public ReadOnlyMemory<byte>? SecondFile { get; init; }
    }

    /// <summary>There is no file.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record Failed(PlanCause Cause) : SolverOutcome;
}
