using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Looks once a second at what is due: holds that lapsed are tidied up, entries whose block can no longer be booked expire, rounds that failed are repeated; and once a minute,
/// as at the start, whether time alone made room for somebody. It only tidies up: what has lapsed is free because an instant has passed, whoever looks, and nothing depends
/// on a tick coming in time or once.
/// </summary>
internal sealed class SeasonClock(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, WaitlistIndex index, WaitlistRounds rounds, LapsedHolds lapsed, IGrainFactory grains,
    [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<SeasonClock> log) : BackgroundService
{
    private const int TicksPerCheck = 60;
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = ledger.Feed.Subscribe(Hear);
        using var timer = new PeriodicTimer(_tick, time);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
            {
                await Tick();
                // What was freed just before a crash was perhaps not offered: the first tick looks.
                if (tick % TicksPerCheck == 0)
                    await rounds.Check();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; whatever is due then is due to whoever looks next.
        }
    }

    /// <summary>Does what is due now.</summary>
    internal async Task Tick()
    {
        try
        {
            await ledger.Tidy();
            await lapsed.Offered;
            await catalogue.CatchUp();
            await rounds.RunDue();
            await Expire();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "What was due could not be tidied up; it is tried again in a second.");
        }
    }

    private async Task Expire()
    {
        var things = catalogue.Current;
        var now = clock.GetCurrentInstant();
        foreach (var request in index.Entries.Where(request => things.Institutions.ContainsKey(request.Institution)).ToList())
        {
            var institution = things.Institutions[request.Institution].Value;
            var basis = new DecisionBasis(institution, InstitutionState.Empty, things, now);
            if (BookingRules.Dates(request.PreferredStart, basis, hasOverride: false, institution.ShortNoticeDays) is Refusal.Past or Refusal.LeadTimeShort)
                await Expire(request);
        }
    }

    private async Task Expire(Request request)
    {
        try
        {
            await grains.Queue(request.Institution).Offer(request.Id.Value, isNews: false);
        }
        catch (Exception fault)
        {
            // Those behind it expire all the same.
            log.LogWarning(fault, "Waitlist entry {Request} could not expire; it is tried again in a second.", request.Id);
        }
    }

    private void Hear(ImmutableArray<FeedChange> changes)
    {
        // Whoever freed seats on this silo while another silo's entry was not yet known here did not wake its waitlist.
        foreach (var change in changes)
        {
            if (change is { IsOwn: false, Request: { Status: RequestStatus.Queued, PassedOver: null } request })
                rounds.Note([WaitlistIndex.Key(request)]);
        }
    }
}
