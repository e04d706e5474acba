using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>The season of all figures: 300 institutions with a pack each, and 20 pools of 4,000 hours with enough capacity for all bookings.</summary>
internal static class BenchSeason
{
    public const int Institutions = 300;
    public const int Pools = 20;
    public const int Hours = 4_000;
    public const int Capacity = 100_000_000;

    /// <summary>First hour of the season: far enough ahead for the lead time, and early enough for the end of the season to be within the horizon.</summary>
    public static readonly int FirstMinutes = SlotMinutes.Of(MachineClock.Instance.GetCurrentInstant()) / (24 * 60) * 24 * 60 + (30 * 24 * 60);

    public static readonly ExamId Exam = ExamId.Of("mos-excel");
    public static readonly ExamId LongExam = ExamId.Of("access-long");

    public static PoolId Pool(int number) => PoolId.Of($"office-{number:00}");

    public static InstitutionId Institution(int number) => InstitutionId.Of($"school-{number:000}");

    /// <summary>Writes capacities and packs into a ledger, without grains. Afterwards the versions of all institutions are 1.</summary>
    /// <returns>The pack of each institution.</returns>
    public static async Task<PackId[]> Write(SeatLedger ledger)
    {
        var now = MachineClock.Instance.GetCurrentInstant();
        for (var pool = 0; pool < Pools; pool++)
        {
            Must(await ledger.Commit(new()
            {
                Record = new() { At = now, Who = "bench", Kind = ChangeKind.TemplatePut, Subject = Pool(pool).Text },
                Rows = [new RowWrite.CapacitySet(Pool(pool), [.. Enumerable.Range(0, Hours).Select(Offered)], false)],
            }, CancellationToken.None));
        }

        var packs = new PackId[Institutions];
        for (var i = 0; i < Institutions; i++)
        {
            var pack = new Pack(PackId.New(), "MOS", 1_000_000_000, MachineClock.Instance.GetCurrentInstant().InUtc().Date, 0);
            packs[i] = pack.Id;
            Must(await ledger.Commit(new()
            {
                Record = new() { At = now, Who = "bench", Kind = ChangeKind.PackMade, Subject = pack.Id.ToString(), Institution = Institution(i) },
                Guard = new(Institution(i), 0),
                Rows = [new RowWrite.PackMade(Institution(i), pack)],
            }, CancellationToken.None));
        }

        return packs;
    }

    private static SlotCapacity Offered(int hour) => new(FirstMinutes + (60 * hour), Capacity);

    public static void Must(CommitOutcome outcome)
    {
        if (outcome is not CommitOutcome.Committed)
            throw new InvalidOperationException($"A change that had to be committed was not: {outcome}");
    }
}
