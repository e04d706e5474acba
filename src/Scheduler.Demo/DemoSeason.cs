using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>
/// Loads the demonstration season into an empty ledger. First the pools, seasons, exams and schools are set up. Then nine weeks of an invented past are played:
/// schools book, hold, move and cancel through the same grains as any caller, and the clock of the rules is stopped at each moment in turn. At the end some
/// holds are made that are live now, and an outage of machines is recorded.
/// </summary>
public sealed class DemoSeason(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, DemoClock clock, ILogger log)
{
    /// <summary>The seed of the demonstration that the server loads.</summary>
    public const int DefaultSeed = 20_260_901;

    private static readonly DateTimeZone _home = DateTimeZoneProviders.Tzdb["America/Toronto"];

    private readonly ICatalogueGrain _operator = grains.Catalogue();
    private readonly DemoStage _stage = new(grains, clock);

    /// <summary>Whether the demonstration can be loaded: the ledger has no pools, exams, institutions or seasons. API keys may exist.</summary>
    public static bool CanBeLoadedInto(Catalogue present) =>
        present is { Pools.IsEmpty: true, Exams.IsEmpty: true, Institutions.IsEmpty: true, Seasons.IsEmpty: true };

    /// <summary>The day to which all dates are relative: the operator's local date, in Toronto.</summary>
    public static LocalDate Today(Instant now) => now.InZone(_home).Date;

    /// <summary>
    /// Loads the season. The same seed on the same day gives the same catalogue and the same script. Which school gets the last seat of an hour depends on
    /// which call comes first.
    /// </summary>
    /// <exception cref="InvalidOperationException">The ledger is not empty (<see cref="CanBeLoadedInto"/>).</exception>
    /// <exception cref="DemoInterruptedException">The ledger did not answer.</exception>
    public async Task<DemoReport> Load(int seed)
    {
        if (!CanBeLoadedInto(catalogue.Current))
            throw new InvalidOperationException("The demonstration season is loaded into an empty ledger only.");
        var started = clock.RealNow;
        var dates = new DemoDates(Today(started));
        var schools = DemoSchools.Make(seed, dates.Today);
        var script = DemoScript.Write(schools, dates, started, seed);
        try
        {
            clock.Stand(script[0].At - Duration.FromHours(1));
            await SetUp(dates, schools);
            log.LogInformation("The demonstration's catalogue is set up. {Acts} steps of the invented past follow.", script.Length);
            await _stage.Play(script);
            clock.Stand(clock.RealNow);
            return await Present(dates, schools, started);
        }
        finally
        {
            clock.Run();
        }
    }

    private async Task SetUp(DemoDates dates, ImmutableArray<DemoSchool> schools)
    {
        foreach (var pool in DemoFleet.Pools)
        {
            await Put(pool.Pool);
            foreach (var template in DemoFleet.Templates(pool, dates))
                DemoResults.Value(await _operator.SetTemplate(new(DemoStage.Operator, pool.Pool.Id.Text, template, Force: false, null)));
            foreach (var (exception, reason) in DemoFleet.Exceptions(pool, dates))
                await SetException(pool.Pool.Id.Text, exception, force: false, reason);
        }

        foreach (var season in DemoFleet.Seasons(dates))
            await Put(new SeasonEntry(season));
        foreach (var exam in DemoExams.Programmes.SelectMany(programme => programme.Exams))
            await Put(exam);
        foreach (var institution in DemoSchools.Boards.Concat(schools.Select(school => school.Institution)))
            await Put(new InstitutionEntry(institution));
        _stage.Tally.Done["schools"] = schools.Length;
    }

    /// <summary>Makes the present: holds of people who fill in a form now, an outage of machines, and the keys to print.</summary>
    private async Task<DemoReport> Present(DemoDates dates, ImmutableArray<DemoSchool> schools, Instant started)
    {
        var afterPeak = dates.FirstPeakTo.PlusDays(3);
        foreach (var school in schools.Where(school => school.Institution.Onboarding == Onboarding.Complete).Take(24).Where((_, i) => i % 4 == 0))
        {
            var dice = DemoDice.Of(DefaultSeed, $"{school.Institution.Id} now");
            var exam = dice.Pick(school.Programmes[0].Exams);
            await _stage.Hold(school, DemoSittings.Wish(school, exam, afterPeak.PlusDays(dice.Between(0, 3)), dice.Between(9, 14), dice));
        }

        var picture = new DemoPicture(ledger.Picture, dates, clock.GetCurrentInstant());
        var (start, taken) = picture.Busiest(PoolId.Of("creative-central"));
        var outage = new CapacityException(start, start + Duration.FromHours(2), taken * 4 / 5);
        var broken = await SetException("creative-central", outage, force: true, "Two host racks failed; the vendor repairs them after the peak");
        // The printed keys belong to a school that is ready, teaches MOS, and has vouchers and a free block.
        var (host, free) = picture.Host(schools);
        var board = DemoSchools.Boards.Single(one => one.Id == host.Institution.Board);
        return new()
        {
            Done = _stage.Tally.Done.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Refused = _stage.Tally.Refused.ToImmutableSortedDictionary(StringComparer.Ordinal),
            FullHours = picture.FullHours(),
            ShortSeats = broken.Shortfalls.Sum(slot => slot.Seats),
            Took = clock.RealNow - started,
            Keys = await DemoKeys.Make(_operator, host.Institution, board.Name),
            Free = free,
            School = host.Institution.Id,
            Zone = host.Institution.Zone,
        };
    }

    private async Task<CapacitySnapshot> SetException(string pool, CapacityException exception, bool force, string reason) =>
        DemoResults.Value(await _operator.SetException(new(DemoStage.Operator, pool, exception.From, exception.To, exception.Seats, force, reason)));

    private async Task Put(CatalogueEntry entry) => DemoResults.Value(await _operator.Put(new(DemoStage.Operator, entry)));
}
