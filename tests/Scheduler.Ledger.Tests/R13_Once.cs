using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R13_answers_are_kept_seven_days_across_a_restart()
    {
        await Done(Making.Capacity(Now, 4, 50));
        var stamp = new IdempotencyStamp("key-7", "k1", "hash-1");
        var booked = Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), 0, stamp: stamp);
        await Done(booked);
        await Reopen();
        var rows = await Ledger.Read.Institution(Making.School(1), Now);
        rows.Version.ShouldBe(1);
        rows.Answers[("key-7", "k1")].ShouldBe(new StoredAnswer("hash-1", 201, "{\"id\":1}", Making.BookingOf(booked).Id.ToString(), "booking_made"));
        Clock.Advance(Duration.FromDays(7) + Duration.FromTicks(1));
        (await Ledger.Read.Institution(Making.School(1), Now)).Answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task R13_answers_about_the_operators_things_stand_apart()
    {
        await Done(Making.Put(Now, Things.Pool, 1, new("key-1", "k9", "hash-9")));
        (await Ledger.Read.CatalogueAnswers(Now))[("key-1", "k9")].Hash.ShouldBe("hash-9");
    }

    [Fact]
    public async Task R13_notices_are_pulled_in_order_by_a_cursor_that_finds_later_ones()
    {
        await Done(Making.Capacity(Now, 4, 50));
        for (var i = 0; i < 5; i++)
            await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), i));
        var first = (await Ledger.Read.Notices(Making.School(1), null, 3))!;
        var second = (await Ledger.Read.Notices(Making.School(1), first.Next, 3))!;
        first.Entries.Concat(second.Entries).Select(row => row.Id).Distinct().Count().ShouldBe(5);
        (await Ledger.Read.Notices(Making.School(1), second.Next, 3))!.Entries.ShouldBeEmpty();
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 5));
        (await Ledger.Read.Notices(Making.School(1), second.Next, 3))!.Entries.Length.ShouldBe(1);
        (await Ledger.Read.Notices(Making.School(1), "no cursor", 3)).ShouldBeNull();
    }

    [Fact]
    public async Task R15_the_record_is_paged_in_the_order_of_commits_whatever_the_clock_did()
    {
        await Done(Making.Capacity(Now, 4, 50));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 0));
        Clock.Advance(Duration.FromDays(-3));
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0));
        var all = (await Ledger.Read.Audit(new()))!.Entries;
        all.Select(row => row.Institution).ShouldBe([null, Making.School(1), Making.School(2)]);
        var page = (await Ledger.Read.Audit(new() { Limit = 2 }))!;
        page.Entries.ShouldBe(all.Take(2));
        (await Ledger.Read.Audit(new() { Limit = 2, Cursor = page.Next }))!.Entries.ShouldBe(all.Skip(2));
        (await Ledger.Read.Audit(new() { Institutions = [Making.School(2)] }))!.Entries.ShouldBe(all.Skip(2));
        (await Ledger.Read.Audit(new() { Subject = all[1].Subject }))!.Entries.ShouldBe([all[1]]);
        (await Ledger.Read.Audit(new() { From = all[2].At, To = all[1].At }))!.Entries.ShouldBe([all[2]]);
        (await Ledger.Read.Audit(new() { Cursor = "§" })).ShouldBeNull();
    }
}
