using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The combined answer of the slots of a block: a closed list.</summary>
internal abstract record BlockAnswer
{
    private BlockAnswer()
    {
    }

    /// <summary>Every slot has the seats now. The capacities, slot by slot, decide the fair share.</summary>
    public sealed record Admitted(ImmutableArray<int> Capacities) : BlockAnswer
    {
        /// <summary>The answer when no slot had to be asked.</summary>
        public static Admitted Nothing { get; } = new([]);

        /// <summary>The refusal of a proposal that exceeds the fair share in one of these slots; null when the proposal is within the fair share
        /// (R12).</summary>
        public Refusal.FairShareExceeded? Share(Proposal proposal) =>
            proposal.Draft is { } draft ? BlockRules.Share(draft, isChange: proposal.Own is not null, Capacities.AsSpan()) : null;
    }

    /// <summary>A slot is closed or full.</summary>
    public sealed record Refused(Refusal Why) : BlockAnswer;
}
