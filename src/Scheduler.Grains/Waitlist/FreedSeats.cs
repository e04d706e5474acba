using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Offers the seats that a change frees to the waitlist before any walk-in can book them (R9). The call that freed the seats answers after the round, or after
/// a second at most.
/// </summary>
internal sealed class FreedSeats(IGrainFactory grains, WaitlistRounds rounds, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Begins a round, before the commit, in the slots that have a waitlist entry. From now on walk-ins wait in these slots.</summary>
    public async ValueTask<WaitlistRound> Begin(IEnumerable<SlotHour> freed)
    {
        var round = new WaitlistRound(grains, rounds.WaitedFor(freed));
        if (!round.IsEmpty)
            await round.Begin();
        return round;
    }

    /// <summary>
    /// Called after the commit: offers the freed seats to all waitlist entries for them, then the institution's own freed proctors, lab seats and vouchers to
    /// the institution's own entries.
    /// </summary>
    /// <param name="round">The round that began before the commit.</param>
    /// <param name="freed">All slots with freed seats, since an entry may have joined the waitlist during the commit.</param>
    /// <param name="institution">The institution that freed its own proctors, lab seats or vouchers; null for none.</param>
    public Task Offer(WaitlistRound round, IEnumerable<SlotHour> freed, InstitutionId? institution)
    {
        var slots = rounds.WaitedFor(freed);
        return slots.IsEmpty && round.IsEmpty && institution is null ? Task.CompletedTask : AtMostASecond(Run());

        async Task Run()
        {
            try
            {
                await rounds.Run(slots);
            }
            finally
            {
                round.End();
            }

            if (institution is { } own)
                await rounds.Retry(own, slots);
        }
    }

    /// <summary>Waits for an offer, for a second at most. After that the offer continues without the caller.</summary>
    public async Task AtMostASecond(Task offer)
    {
        if (offer.IsCompletedSuccessfully)
            return;
        try
        {
            await offer.WaitAsync(_patience, time);
        }
        catch (TimeoutException)
        {
            log.LogInformation("An offer to the waitlist takes longer than a second; the call that freed the seats is answered before the offer ends.");
        }
        catch (Exception fault)
        {
            // The change itself is committed. Only the offer failed, and the season clock repeats the offer to every entry within a minute.
            log.LogWarning(fault, "An offer to the waitlist failed; the season clock repeats the offer.");
        }
    }
}
