using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task R10_the_list_of_holds_has_the_live_ones_first_and_then_those_that_ended_the_newest_first(int pageSize)
    {
        await Done(Making.Capacity(Now, 1, 500));
        var (school, version) = (Making.School(1), 0);
        var holds = new List<Hold>();
        for (var i = 0; i < 6; i++)
        {
            holds.Add(Held(Making.Sitting(school, 0, 1)));
            await Done(Making.Keep(Now, holds[i], version++));
            if (i == 2)
                Clock.Advance(Duration.FromMinutes(5));
        }

        await Done(Making.Keep(Now, Held(Making.Sitting(Making.School(2), 0, 1)), 0));
        await Done(Making.Release(Now, holds[3], version++));
        await Done(Making.Confirm(Now, holds[1], version++));
        (await List(school, pageSize)).ShouldBe(Ids(5, 4, 2, 0, 3, 1));

        // The first three lapse by the clock alone: nothing sweeps them.
        Clock.Set(holds[0].ExpiresAt);
        (await List(school, pageSize)).ShouldBe(Ids(5, 4, 3, 2, 1, 0));
        await Ledger.SweepHolds(Token);
        (await List(school, pageSize)).ShouldBe(Ids(5, 4, 3, 2, 1, 0));
        (await List(Making.School(3), pageSize)).ShouldBeEmpty();

        Clock.Advance(Duration.FromDays(Limits.HoldListDays) - Duration.FromMinutes(10));
        (await List(school, pageSize)).ShouldBe(Ids(5, 4, 3, 2, 1, 0));
        Clock.Advance(Duration.FromMinutes(1));
        (await List(school, pageSize)).ShouldBe(Ids(5, 4, 3));
        Clock.Advance(Duration.FromMinutes(5));
        (await List(school, pageSize)).ShouldBeEmpty();

        HoldId[] Ids(params int[] numbers) => [.. numbers.Select(number => holds[number].Id)];
    }

    /// <summary>The instant of the first page decides which holds are live, so no hold is shown twice or left out.</summary>
    [Fact]
    public async Task R10_a_hold_that_lapses_between_two_pages_is_listed_once()
    {
        await Done(Making.Capacity(Now, 1, 500));
        var holds = Enumerable.Range(0, 4).Select(_ => Held(Making.Sitting(Making.School(1), 0, 1))).ToList();
        for (var i = 0; i < holds.Count; i++)
            await Done(Making.Keep(Now, holds[i], i));
        var first = (await Ledger.Read.Holds(Making.School(1), Now, null, 2, Token))!;
        Clock.Set(holds[0].ExpiresAt);
        var second = (await Ledger.Read.Holds(Making.School(1), Now, first.Next, 2, Token))!;
        first.Entries.Concat(second.Entries).Select(hold => hold.Id).ShouldBe(holds.Select(hold => hold.Id).Reverse());
        second.Next.ShouldBeNull();
        second.Entries.ShouldAllBe(hold => hold.StatusAt(Now) == HoldStatus.Lapsed);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("live.x.y")]
    [InlineData("gone.MQ.MQ")]
    [InlineData("live.MQ")]
    [InlineData("ended.MQ.")]
    [InlineData("live.OTk5OTk5OTk5OTk5OTk5OTk5.MQ")]
    public async Task A_text_that_no_page_of_holds_gave_is_no_cursor(string cursor) =>
        (await Ledger.Read.Holds(Making.School(1), Now, cursor, 10, Token)).ShouldBeNull();

    private async Task<List<HoldId>> List(InstitutionId school, int pageSize)
    {
        var (all, cursor) = (new List<HoldId>(), (string?)null);
        do
        {
            var page = (await Ledger.Read.Holds(school, Now, cursor, pageSize, Token))!;
            page.Entries.Length.ShouldBeLessThanOrEqualTo(pageSize);
            all.AddRange(page.Entries.Select(hold => hold.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
