using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Refused sittings in the ledger.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task R11_a_refused_sitting_keeps_the_greatest_demand_of_its_day_until_its_time_is_over()
    {
        RefusedSitting Of(int school, int hour, params int[] profile) => new(
            Making.School(school), Making.Exam, new(2027, 3, 1), Making.Pool, Making.Slot(hour).Start, new([.. profile]), Now);
        async Task Write(Instant kept, params RefusedSitting[] sittings) => await Done(new()
        {
            Record = new() { At = Now, Who = "clock", Kind = ChangeKind.PoolRefusalsCounted, Subject = Making.Pool.Text },
            Rows = [new RowWrite.SittingsRefused(Making.Pool, [.. sittings], kept)],
        });
        async Task<IEnumerable<(string, int, SeatProfile)>> Read()
        {
            var blocks = await Ledger.Read.Demand(Making.Start, Making.Start + Duration.FromDays(1), Token);
            return blocks.Where(block => block.Kind == DemandKind.Refused).OrderBy(block => block.Institution)
                .Select(block => (block.Institution.Text, SlotMinutes.Of(block.Start) - Making.StartMinutes, block.Profile));
        }

        await Write(Making.Start - Duration.FromDays(1), Of(1, 0, 30, 2), Of(2, 0, 5));
        await Write(Making.Start - Duration.FromDays(1), Of(1, 3, 29), Of(2, 4, 6));
        await Reopen();
        (await Read()).ShouldBe([("school-1", 0, new([30, 2])), ("school-2", 240, new([6]))]);
        await Write(Making.Slot(1).Start, Of(3, 5, 1));
        (await Read()).ShouldBe([("school-2", 240, new([6])), ("school-3", 300, new([1]))]);
        (await LedgerCheck.Run(Settings, Token)).ShouldBeEmpty();
    }
}
