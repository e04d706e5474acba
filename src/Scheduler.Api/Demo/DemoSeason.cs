using System.Collections.Immutable;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Loads the demonstration season into an empty ledger: the operator's things, then nine weeks of an invented past, in which schools book, hold, move and cancel through the
/// admission code while the clock of rules stands at each moment in turn; last what goes wrong and what is under way just now.
/// </summary>
internal sealed class DemoSeason(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, DemoClock clock, ILogger log)
{
    /// <summary>The seed of the demonstration that is shown.</summary>
    public const int DefaultSeed = 20_260_901;

    private static readonly DateTimeZone _home = DateTimeZoneProviders.Tzdb["America/Toronto"];

    private readonly ICatalogueGrain _operator = grains.GetGrain<ICatalogueGrain>(0);
    private readonly DemoStage _stage = new(grains, clock);

    /// <summary>What keeps the demonstration from being loaded; null when the ledger is empty. An operator's key alone is nothing.</summary>
    public static string? Refusal(Catalogue things) => things is { Pools.IsEmpty: true, Exams.IsEmpty: true, Institutions.IsEmpty: true, Seasons.IsEmpty: true }
        ? null
        : "The demonstration season is loaded into an empty database only, and this one has pools, exams, schools or seasons. "
            + "To go on with what is there, start without Scheduler__Demo; for a fresh demonstration, give an empty folder as Scheduler__DataDirectory.";

    /// <summary>The day that everything is relative to: the operator's, in Toronto.</summary>
    public static LocalDate Today(Instant now) => now.InZone(_home).Date;

    /// <summary>
    /// Loads it. Throws <see cref="InvalidOperationException"/> with a plain message when the ledger is not empty. The same seed on the same day gives the same catalogue and the same
    /// wishes; which school had the last seat of an hour is decided by who came first among those who asked side by side.
    /// </summary>
    public async Task<DemoReport> Load(int seed)
    {
        if (Refusal(catalogue.Current) is { } refusal)
            throw new InvalidOperationException(refusal);
        var started = clock.RealNow;
        var dates = new DemoDates(Today(started));
        var schools = DemoSchools.Make(seed, dates.Today);
        var script = DemoScript.Write(schools, dates, started, seed);
        try
        {
            clock.Stand(script[0].At - Duration.FromHours(1));
            await SetUp(dates, schools);
            log.LogInformation("The demonstration's catalogue stands; {Acts} steps of an invented past follow.", script.Length);
            await _stage.Play(script);
            clock.Stand(clock.RealNow);
            return await Present(dates, schools, started);
        }
        finally
        {
            clock.Run();
        }
    }

    internal static void Must(Answer answer)
    {
        if (answer.IsProblem)
            throw new InvalidOperationException($"The demonstration season could not be loaded: {answer.Text}");
    }

    private async Task SetUp(DemoDates dates, ImmutableArray<DemoSchool> schools)
    {
        foreach (var pool in DemoFleet.Pools)
        {
            await Put(pool.Pool);
            foreach (var template in DemoFleet.Templates(pool, dates))
                Must(await _operator.SetTemplate(new(DemoStage.Operator, pool.Pool.Id.Text, template, false, null)));
            foreach (var (exception, reason) in DemoFleet.Exceptions(pool, dates))
                Must(await _operator.SetException(new(DemoStage.Operator, pool.Pool.Id.Text, exception.From, exception.To, exception.Seats, false, reason)));
        }

        foreach (var season in DemoFleet.Seasons(dates))
            await Put(new SeasonEntry(season));
        foreach (var exam in DemoExams.Programmes.SelectMany(programme => programme.Exams))
            await Put(exam);
        foreach (var institution in DemoSchools.Boards.Concat(schools.Select(school => school.Institution)))
            await Put(new InstitutionEntry(institution));
        _stage.Done["schools"] = schools.Length;
    }

    /// <summary>What is under way now: people in the middle of a form, machines that broke, and keys to walk in with.</summary>
    private async Task<DemoReport> Present(DemoDates dates, ImmutableArray<DemoSchool> schools, Instant started)
    {
        var afterPeak = dates.FirstPeakTo.PlusDays(3);
        foreach (var school in schools.Where(school => school.Institution.Onboarding == Onboarding.Complete).Take(24).Where((_, i) => i % 4 == 0))
        {
            var dice = DemoDice.Of(DefaultSeed, $"{school.Institution.Id} now");
            await _stage.Hold(school, DemoSittings.Wish(school, dice.Pick(school.Programmes[0].Exams), afterPeak.PlusDays(dice.Between(0, 3)), dice.Between(9, 14), dice));
        }

        var busiest = DemoPicture.Busiest(ledger.Picture, PoolId.Of("creative-central"), dates);
        var start = SlotMinutes.ToInstant(busiest.Minutes);
        var broken = await _operator.SetException(new(
            DemoStage.Operator, "creative-central", start, start + Duration.FromHours(2), busiest.Taken * 4 / 5, true, "Two host racks failed; the vendor repairs them after the peak"));
        Must(broken);
        // Everybody walks in by a school that is ready, teaches Office, and has vouchers and a free hour.
        var (host, free) = DemoPicture.Host(ledger.Picture, schools, dates);
        var board = DemoSchools.Boards.Single(one => one.Id == host.Institution.Board);
        return new()
        {
            Done = _stage.Done.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Refused = _stage.Refused.ToImmutableSortedDictionary(StringComparer.Ordinal),
            FullHours = DemoPicture.FullHours(ledger.Picture, dates),
            ShortSeats = DemoPicture.ShortSeats(broken),
            Took = clock.RealNow - started,
            Keys = await DemoKeys.Make(_operator, host.Institution, board.Name),
            Free = free,
            School = host.Institution.Id,
        };
    }

    private async Task Put(CatalogueEntry entry) => Must(await _operator.Put(new(DemoStage.Operator, entry)));
}
