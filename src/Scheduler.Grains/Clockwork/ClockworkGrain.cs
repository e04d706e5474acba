using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Does what is due, and remembers nothing that matters: a plan without a run fails by its row, and an idempotency key in the ledger makes each notice once,
/// also when two activations run; so does the key of a nightly plan. What fails is tried again a minute later.
/// </summary>
[GrainType("clockwork")]
internal sealed class ClockworkGrain(SeatLedger ledger, CatalogueCopy catalogue, IClock clock, ILogger<ClockworkGrain> log) : Grain, IClockworkGrain
{
    private static readonly Duration _betweenPacks = Duration.FromHours(1);
    private Instant _packsAt = Instant.MinValue;
    private NightlyPlans _nightly = null!;
    private OldPlanFiles _files = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _nightly = new(ledger, catalogue, clock, GrainFactory, log);
        _files = new(ledger, clock, log);
        return Task.CompletedTask;
    }

    public async Task Run()
    {
        foreach (var plan in await ledger.Read.RunningPlans(CancellationToken.None))
            await Try("a plan", () => GrainFactory.Plan(plan.Id).Look());
        await Try("the nightly plan", _nightly.Run);
        var now = clock.GetCurrentInstant();
        if (now < _packsAt)
            return;
        foreach (var pack in await ledger.Read.PacksEnding(now.InUtc().Date, PackEnding.DaysAhead[0], CancellationToken.None))
            await Try("the notice of a pack", () => Tell(pack, now));
        await Try("the files of old plans", _files.Run);
        _packsAt = now + _betweenPacks;
    }

    private Task Tell(PackSnapshot ending, Instant now)
    {
        var institution = ending.Institution;
        if (!catalogue.Current.Institutions.TryGetValue(institution, out var known)
            || PackEnding.Due(ending.Pack, now.InZone(known.Value.Zone).Date) is not { } days)
            return Task.CompletedTask;
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pack-ending/{ending.Pack.Id}/{days}");
        return GrainFactory.Queue(institution).TellPackEnding(new(new(Records.System, new(Records.System.Id, key, key)), ending.Pack.Id.Value));
    }

    private async Task Try(string work, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The clockwork could not look after {Work}; it tries again later.", work);
        }
    }
}
