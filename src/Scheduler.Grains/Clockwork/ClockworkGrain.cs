using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Does what is due, and remembers nothing that matters: a plan without a run fails by its row, and an idempotency key in the ledger makes each notice once,
/// also when two activations run; so does the key of a nightly plan. A plan that fails is looked at again a minute later. Notices of packs and the files of
/// old plans are looked at once an hour; when one of them fails, all of them are looked at again a minute later.
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
            await Try("a plan", () => Done(GrainFactory.Plan(plan.Id).Look()));
        await Try("the nightly plan", () => Done(_nightly.Run()));
        var now = clock.GetCurrentInstant();
        foreach (var season in catalogue.Current.Seasons.Values.Where(season => OpeningSeeds.IsMissing(season.Value, now)))
            await Try("the seed of an opening", () => DrawSeed(season));
        if (now < _packsAt)
            return;
        var isDone = true;
        foreach (var pack in await ledger.Read.PacksEnding(now.InUtc().Date, PackEnding.DaysAhead[0], CancellationToken.None))
            isDone &= await Try("the notice of a pack", () => Tell(pack, now));
        isDone &= await Try("the files of old plans", _files.Run);
        // What failed is tried again a minute later.
        if (isDone)
            _packsAt = now + _betweenPacks;
    }

    /// <summary>Draws the seed of a season that was stored before there were seeds, by writing the season as it is.</summary>
    private Task<bool> DrawSeed(Versioned<Season> season) => Done(
        GrainFactory.Catalogue().Put(new(new(Records.Clock, SeenVersion: season.Version), new SeasonEntry(season.Value))));

    /// <summary>Tells a school that a pack ends, when that is due. Returns false when the ledger could not write it.</summary>
    private async Task<bool> Tell(PackSnapshot ending, Instant now)
    {
        var institution = ending.Institution;
        if (!catalogue.Current.Institutions.TryGetValue(institution, out var known)
            || PackEnding.Due(ending.Pack, now.InZone(known.Value.Zone).Date) is not { } days)
            return true;
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pack-ending/{ending.Pack.Id}/{days}");
        var result = await GrainFactory.Queue(institution)
            .TellPackEnding(new(new(Records.System, new(Records.System.Id, key, key)), ending.Pack.Id.Value));
        return result is not (
            CommandResult<PackSnapshot>.Busy or CommandResult<PackSnapshot>.Unavailable or CommandResult<PackSnapshot>.OutcomeUnknown);
    }

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    /// <summary>Returns whether the work was done.</summary>
    private async Task<bool> Try(string work, Func<Task<bool>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "The clockwork could not look after {Work}; it tries again later.", work);
            return false;
        }
    }
}
