using System.Diagnostics;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Request = Scheduler.Domain.Request;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>snapshot</c>: the cut of a season of 300 schools with 4,000 flexible requests and 40,000 bookings, of which a plan of two weeks reads four pools;
/// and how long bookings take while a cut is read every second.
/// </summary>
internal static class SnapshotVerb
{
    private const int Requests = 4_000;
    private const int Bookings = 40_000;
    private const int Callers = 8;

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        using var folder = new TemporaryFolder();
        await using var ledger = await BaseLedger.Open(folder.Under("ledger"), Limits.BatchChanges);
        var (packs, versions) = (await BenchSeason.Write(ledger), new long[BenchSeason.Institutions]);
        Array.Fill(versions, 1);
        await WriteCatalogue(ledger);
        await Ask(ledger, versions);
        var source = new BookingSource(packs, versions, seed: 1, isHot: false);
        for (var made = 0; made < Bookings; made += 1_000)
            await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async _ => BenchSeason.Must(await source.Commit(ledger))));
        var first = SlotMinutes.ToInstant(BenchSeason.FirstMinutes);
        var scope = new PlanScope([.. Enumerable.Range(0, 4).Select(BenchSeason.Pool)], first, first + Duration.FromDays(14), 30, MovesBookings: true);
        var (cuts, instances) = (new List<double>(), new List<double>());
        using var self = Process.GetCurrentProcess();
        for (var round = 0; round <= arguments.Rounds; round++)
        {
            self.Refresh();
            var (started, cpu) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
            var cut = await ledger.Read.SeasonCut(scope, MachineClock.Instance.GetCurrentInstant(), CancellationToken.None);
            var read = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var instance = PlanInstance.Of(cut, scope, MachineClock.Instance.GetCurrentInstant());
            self.Refresh();
            var all = (self.TotalProcessorTime - cpu).TotalSeconds;
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{round}: cut {read:n3} s, CPU with the instance {all:n3} s, {instance.Instance.Requests.Count} requests, {cut.Seated.Length} sittings"));
            if (round == 0)
                continue;
            cuts.Add(read);
            instances.Add(all);
        }

        var comparison = new Comparison("bookings beside cuts");
        comparison.Add("alone", () => Book(ledger, source, arguments.Seconds));
        comparison.Add("beside cuts", () => BookBesideCuts(ledger, source, scope, arguments.Seconds));
        await comparison.Run(arguments.Rounds);
        var ratio = Spread.Of(comparison.Of("beside cuts").Zip(comparison.Of("alone"), (beside, alone) => beside.P99 / alone.P99));
        FiguresPage.Show(
            "snapshot", arguments,
            [
                Figure.AtMost("seconds of a cut of the season", 0.5, Spread.Of(cuts), "0.000"),
                Figure.AtMost("processor seconds of a cut and its instance", 0.5, Spread.Of(instances), "0.000"),
                Figure.AtMost("p99 of a booking beside cuts ÷ alone", 2, ratio, "0.00"),
            ],
            comparison);
        return 0;
    }

    private static Task<Sample> Book(SeatLedger ledger, BookingSource source, double seconds) =>
        ClosedLoop.Run(Callers, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));

    private static async Task<Sample> BookBesideCuts(SeatLedger ledger, BookingSource source, PlanScope scope, double seconds)
    {
        using var end = new CancellationTokenSource();
        var cuts = Task.Run(async () =>
        {
            // Operators do not make plans one after the other, so the cuts have a second between them.
            for (; !end.IsCancellationRequested; await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System))
                await ledger.Read.SeasonCut(scope, MachineClock.Instance.GetCurrentInstant(), CancellationToken.None);
        });
        var sample = await Book(ledger, source, seconds);
        await end.CancelAsync();
        await cuts;
        return sample;
    }

    private static async Task WriteCatalogue(SeatLedger ledger)
    {
        List<CatalogueEntry> entries =
        [
            Exam(BenchSeason.Exam, 50), Exam(BenchSeason.LongExam, 110),
            .. Enumerable.Range(0, BenchSeason.Pools).Select(pool => new Pool(BenchSeason.Pool(pool), "office", DateTimeZone.Utc, "office")),
            .. Enumerable.Range(0, BenchSeason.Institutions).Select(school => new InstitutionEntry(new()
            {
                Id = BenchSeason.Institution(school), Name = "school", Zone = DateTimeZoneProviders.Tzdb["America/Toronto"], LabSeats = 60, Proctors = 3,
                Onboarding = Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab | Onboarding.ItOnline,
            })),
        ];
        foreach (var entry in entries)
        {
            BenchSeason.Must(await ledger.Commit(
                new()
                {
                    Record = new() { At = MachineClock.Instance.GetCurrentInstant(), Who = "bench", Kind = ChangeKind.PoolPut, Subject = "entry" },
                    Rows = [new RowWrite.CataloguePut(entry, 1)],
                }, CancellationToken.None));
        }
    }

    private static Exam Exam(ExamId id, int minutes) => new()
    {
        Id = id, Programme = "MOS", Name = "exam", Minutes = minutes, CheckInMinutes = 5, ResetMinutes = 5,
        Pools = [.. Enumerable.Range(0, BenchSeason.Pools).Select(BenchSeason.Pool)], Modes = [DeliveryMode.Lab, DeliveryMode.Online],
    };

    /// <summary>Requests for one of four pools, in two weeks of school days.</summary>
    private static async Task Ask(SeatLedger ledger, long[] versions)
    {
        var random = new Random(1);
        var monday = SlotMinutes.ToInstant(BenchSeason.FirstMinutes).InUtc().Date;
        for (var made = 0; made < Requests; made++)
        {
            var school = random.Next(BenchSeason.Institutions);
            var seats = random.Next(8, 31);
            var request = new Request
            {
                Id = RequestId.New(), Institution = BenchSeason.Institution(school), Exam = random.Next(2) == 0 ? BenchSeason.Exam : BenchSeason.LongExam,
                Pool = BenchSeason.Pool(random.Next(4)), Seats = seats, Profile = new([seats]),
                Mode = random.Next(4) == 0 ? DeliveryMode.Online : DeliveryMode.Lab,
                PreferredStart = SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * random.Next(300))),
                Windows = [new(monday, monday.PlusDays(13), [], 480, 960)],
            };
            BenchSeason.Must(await ledger.Commit(
                new()
                {
                    Record = new()
                    {
                        At = MachineClock.Instance.GetCurrentInstant(), Who = "bench", Kind = ChangeKind.RequestMade, Subject = request.Id.ToString(),
                        Institution = request.Institution, After = new RequestSnapshot(request, 1),
                    },
                    Guard = new(request.Institution, versions[school]++),
                    Rows = [new RowWrite.RequestMade(request)],
                }, CancellationToken.None));
        }
    }
}
