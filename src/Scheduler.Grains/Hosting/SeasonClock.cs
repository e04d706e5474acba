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
/// Once an hour, and a second after the start: ends flexible requests whose windows are over. Once a second: sweeps lapsed holds, ends waitlist entries whose
/// block can no longer be booked, repeats waitlist rounds that failed. Once a minute, and at the start: makes an offer to every waitlist entry again, since an
/// entry may fit only because time has passed. Once a minute, from the first minute on: the refused sittings of this silo go to the ledger, as they do when
/// the silo stops; and the work of <see cref="IClockworkGrain"/> begins, unless it still runs. That work may take long, so nothing else here waits for it. No
/// rule depends on a tick at the right time: a lapsed hold's seats are free from its expiry on, also before the sweep updates the rows.
/// </summary>
internal sealed class SeasonClock(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, WaitlistIndex index, WaitlistRounds rounds, LapsedHolds lapsed, IGrainFactory grains,
    RefusalHandOver refusals,
    [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<SeasonClock> log) : BackgroundService
{
    private const int TicksPerCheck = 60;
    private const int TicksPerExpiry = 3_600;
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private Task _clockwork = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = ledger.Feed.Subscribe(NoteNewEntries);
        using var timer = new PeriodicTimer(_tick, time);
        try
        {
            // Seats that became free just before a crash may not have been offered. Walk-ins wait for this check in slots that have a waitlist entry.
            await rounds.Check();
            for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
            {
                await Tick();
                if (tick % TicksPerCheck == 0)
                {
                    await rounds.Check();
                    await HandOverRefusals();
                    BeginClockwork();
                }

                if (tick % TicksPerExpiry == 1)
                    await EndRequests();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops. The next start does what is still due.
        }

        await HandOverRefusals();
    }

    private async Task HandOverRefusals()
    {
        try
        {
            await refusals.Run();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The season clock could not hand over the refused sittings of the last minute.");
        }
    }

    /// <summary>Does the work that is due now.</summary>
    internal async Task Tick()
    {
        try
        {
            await ledger.SweepHolds(CancellationToken.None);
            await lapsed.Offered;
            await catalogue.CatchUp(CancellationToken.None);
            await rounds.RunDue();
            await EndEntries();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The season clock could not finish its work; it tries again in a second.");
        }
    }

    /// <summary>The work that one silo does for all silos, such as the application of a nightly plan. It runs beside the ticks, one at a time.</summary>
    private void BeginClockwork()
    {
        if (_clockwork.IsCompleted)
            _clockwork = RunClockwork();
    }

    private async Task RunClockwork()
    {
        try
        {
            await grains.Clockwork().Run();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The clockwork could not run; the season clock tries again in a minute.");
        }
    }

    private async Task EndEntries()
    {
        var current = catalogue.Current;
        var now = clock.GetCurrentInstant();
        foreach (var request in index.Entries.ToList())
        {
            if (current.Institutions.TryGetValue(request.Institution, out var institution)
                && BookingRules.IsOver(request, new(institution.Value, InstitutionState.Empty, current, now)))
                await EndEntry(request);
        }
    }

    /// <summary>Ends the flexible requests that can never be served any more. Whoever looks at one of them already takes it for expired.</summary>
    internal async Task EndRequests()
    {
        try
        {
            var current = catalogue.Current;
            var now = clock.GetCurrentInstant();
            foreach (var request in await ledger.Read.FlexibleRequests(CancellationToken.None))
            {
                if (current.Institutions.TryGetValue(request.Institution, out var institution)
                    && RequestRules.IsOver(request, new(institution.Value, InstitutionState.Empty, current, now)))
                    await EndRequest(request);
            }
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The season clock could not read the requests that are over; it tries again in an hour.");
        }
    }

    private async Task EndRequest(Request request)
    {
        try
        {
            await grains.Queue(request.Institution).Expire(request.Id.Value);
        }
        catch (Exception fault)
        {
            // The loop continues with the next requests.
            log.LogWarning(fault, "The season clock could not end request {Request}; it tries again in an hour.", request.Id);
        }
    }

    private async Task EndEntry(Request request)
    {
        try
        {
            // The offer ends the entry, since the entry's block can no longer be booked.
            await grains.Queue(request.Institution).Offer(request.Id.Value);
        }
        catch (Exception fault)
        {
            // The loop continues with the next entries.
            log.LogWarning(fault, "Waitlist entry {Request} could not be ended; the season clock tries again in a second.", request.Id);
        }
    }

    private void NoteNewEntries(ImmutableArray<FeedChange> changes)
    {
        // A call on this silo may have freed seats before this silo knew the other silo's entry. That call started no round for the entry, so a round is noted
        // here.
        foreach (var change in changes)
        {
            if (change is { IsOwn: false, Request: { IsFlexible: false, Status: RequestStatus.Queued, PassedOver: null } request })
                rounds.Note(Enumerable.Range(0, request.Profile.Slots).Select(request.Slot));
        }
    }
}
