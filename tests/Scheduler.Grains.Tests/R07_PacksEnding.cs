using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R7: an institution is told a month and a week ahead that a pack ends, each once, whichever clock ticks and however often.</summary>
public sealed class R07_PacksEnding
{
    [Fact]
    public async Task R07_a_school_is_told_twice_that_a_pack_ends_and_never_about_one_without_vouchers()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a", vouchers: 0);
        // Both end on 10 April; the silo's first day is 2 March.
        var pack = TestSilo.Id(await school.AddPack(new(TestSilo.By(), "MOS", 5, new LocalDate(2025, 4, 10))));
        var empty = TestSilo.Id(await school.AddPack(new(TestSilo.By(), "ACP", 5, new LocalDate(2025, 4, 10))));
        TestSilo.Must(await school.CorrectPack(new(TestSilo.By(), empty, null, null, true, "sent back")));
        List<int> told = [];
        for (var day = 0; day < 45; day++)
        {
            silo.Clock.Set(TestSilo.Start + Duration.FromDays(day));
            await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
            await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
            if (await Notices(silo) is var notices && notices.Count > told.Count)
                told.Add(day);
        }

        // 11 March is thirty days ahead, 3 April is seven days ahead.
        told.ShouldBe([9, 32]);
        var rows = await Notices(silo);
        rows.Select(row => row.FullSubject).ShouldAllBe(subject => subject == $"pack/{pack}");
        rows.Count.ShouldBe(2);
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder! }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R07_a_clock_that_stood_still_tells_late_and_once()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a", vouchers: 0);
        TestSilo.Must(await school.AddPack(new(TestSilo.By(), "MOS", 5, new LocalDate(2025, 4, 10))));
        silo.Clock.Set(Instant.FromUtc(2026, 4, 7, 12, 0));
        await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        await silo.CollectIdleGrains();
        await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        (await Notices(silo)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task R07_a_notice_that_the_ledger_could_not_write_is_tried_again_at_the_next_tick()
    {
        var isBusy = true;
        await using var silo = await TestSilo.Open(seasonClock: false, onCall: new CallFilter(call =>
        {
            if (!isBusy || call.MethodName != nameof(IInstitutionQueueGrain.TellPackEnding))
                return false;
            call.Result = new CommandResult<PackSnapshot>.Busy();
            return true;
        }));
        var school = await silo.NewSchool("a", vouchers: 0);
        TestSilo.Must(await school.AddPack(new(TestSilo.By(), "MOS", 5, new LocalDate(2025, 4, 10))));
        silo.Clock.Set(Instant.FromUtc(2026, 4, 7, 12, 0));
        await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        (await Notices(silo)).ShouldBeEmpty();
        isBusy = false;
        silo.Clock.Advance(Duration.FromMinutes(1));
        await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        (await Notices(silo)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, 30)]
    [InlineData(24, 30)]
    [InlineData(23, null)]
    [InlineData(8, null)]
    [InlineData(7, 7)]
    [InlineData(1, 7)]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    public void R07_each_notice_is_due_for_a_week(int daysLeft, int? due)
    {
        var pack = new Pack(PackId.New(), "MOS", 5, new LocalDate(2025, 4, 10), 4);
        PackEnding.Due(pack, pack.ExpiresOn.PlusDays(-daysLeft)).ShouldBe(due);
        PackEnding.Due(pack with { Taken = 5 }, pack.ExpiresOn.PlusDays(-daysLeft)).ShouldBeNull();
    }

    private static async Task<List<AuditRow>> Notices(TestSilo silo)
    {
        var page = await silo.Ledger.Read.Notices(InstitutionId.Of("a"), null, 100, CancellationToken.None);
        return [.. page!.Entries.Where(row => row.Kind == ChangeKind.PackEnding)];
    }
}
