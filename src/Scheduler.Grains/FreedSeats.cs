using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>What a command has freed goes to those who wait (R9): whoever freed it answers when the round is over, or after a second.</summary>
internal sealed class FreedSeats(WaitlistRounds rounds, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Days on which somebody waits for seats that a proposal frees.</summary>
    public ImmutableArray<(PoolId Pool, int Day)> Waiting(Proposal proposal) =>
        rounds.AnybodyWaits ? rounds.Waiting(proposal.Touches.Where(touch => touch.Freed > 0).Select(touch => touch.Slot)) : [];

    /// <summary>Whether somebody waits for seats that a proposal asks for.</summary>
    public bool SomebodyWaits(Proposal proposal) =>
        rounds.AnybodyWaits && !rounds.Waiting(proposal.Touches.Where(touch => touch.Ask > 0).Select(touch => touch.Slot)).IsEmpty;

    /// <summary>
    /// Offers what a committed proposal freed: seats to everybody who waits for them, then the institution's own proctors, lab seats and vouchers to its own entries.
    /// </summary>
    /// <param name="institution">Whose command it was.</param>
    /// <param name="state">What it has now.</param>
    /// <param name="proposal">What was committed.</param>
    /// <param name="admission">Keeps the seats from walk-ins until the round ends.</param>
    /// <param name="days">Days on which somebody waited before the commit.</param>
    public Task Offer(InstitutionId institution, InstitutionState state, Proposal proposal, BlockAdmission admission, ImmutableArray<(PoolId Pool, int Day)> days)
    {
        // Whoever joined while the commit was on its way is asked too.
        var all = days.Union(Waiting(proposal)).ToImmutableArray();
        var own = !state.Requests.IsEmpty && (proposal.Touches.Any(touch => touch.Freed > 0) || proposal.Change.Packs.Any(pack => pack.Taken < 0));
        return all.IsEmpty && !own ? Task.CompletedTask : Patiently(Run());

        async Task Run()
        {
            try
            {
                await rounds.Run(all);
            }
            finally
            {
                admission.ReleaseKept();
            }

            if (own)
                await rounds.Look(institution, all);
        }
    }

    /// <summary>Waits for an offering, for a second at most; it goes on without its caller.</summary>
    public async Task Patiently(Task offering)
    {
        if (offering.IsCompletedSuccessfully)
            return;
        try
        {
            await offering.WaitAsync(_patience, time);
        }
        catch (TimeoutException)
        {
            log.LogInformation("An offering to those who wait takes longer than a second; its caller was answered before its end.");
        }
        catch (Exception fault)
        {
            // What was freed is on disk, and the caller's change is done: only the offering failed, and the clockwork looks at everybody once a minute.
            log.LogWarning(fault, "An offering to those who wait failed; it is repeated.");
        }
    }
}
