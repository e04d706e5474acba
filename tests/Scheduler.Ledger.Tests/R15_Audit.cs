using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R15_the_audit_is_filtered_and_paged_in_both_orders_for_all_and_for_some_institutions()
    {
        await Done(Making.Capacity(Now, 6, 20));
        var (one, two) = (Making.School(1), Making.School(2));
        var first = Making.Book(Now, Making.Sitting(one, 0, 5), 0);
        await Done(first);
        Clock.Advance(Duration.FromHours(1));
        var overridden = Making.Book(Now, Making.Sitting(two, 1, 3) with { OverrideReason = "a flood" }, 0);
        await Done(overridden with { Record = overridden.Record with { Why = "a flood", Who = "key-9" } });
        Clock.Advance(Duration.FromHours(1));
        await Done(Making.Cancel(Now, Making.BookingOf(overridden), 1));
        var forced = Making.Capacity(Now, 2, 1, force: true);
        await Done(forced with { Record = forced.Record with { Why = "burst pipe" } });
        await Done(new()
        {
            Record = new() { At = Now, Who = "clock", Kind = ChangeKind.PoolRefusalsCounted, Subject = Making.Pool.Text },
            Rows = [new RowWrite.SittingsRefused(Making.Pool, [], Now)],
        });

        string[] all = ["exception_put", "booking_made", "booking_made", "booking_cancelled", "exception_put", "pool_refusals_counted"];
        (await Kinds(new())).ShouldBe(all);
        (await Kinds(new() { IsNewestFirst = true })).ShouldBe(all.Reverse());
        (await Kinds(new() { IsNewestFirst = true, HidesRefusalCounts = true })).ShouldBe(all.Reverse().Skip(1));
        (await Kinds(new() { Kinds = [ChangeKind.BookingMade, ChangeKind.BookingCancelled], IsNewestFirst = true }))
            .ShouldBe(["booking_cancelled", "booking_made", "booking_made"]);
        (await Kinds(new() { Who = ["key-9", "nobody"] })).ShouldBe(["booking_made"]);
        (await Kinds(new() { Who = [] })).ShouldBeEmpty();
        (await Kinds(new() { SubjectIds = ["office-ca", Making.BookingOf(first).Id.ToString()] }))
            .ShouldBe(["exception_put", "booking_made", "exception_put", "pool_refusals_counted"]);
        (await Kinds(new() { Subject = new(SubjectKind.Pool, "office-ca"), From = Now, IsNewestFirst = true }))
            .ShouldBe(["pool_refusals_counted", "exception_put"]);
        (await Kinds(new() { From = Now - Duration.FromHours(1), To = Now })).ShouldBe(["booking_made"]);

        // A force and an override, and not the cancellation of the booking that an override let in.
        (await Kinds(new() { OnlyForced = true, IsNewestFirst = true })).ShouldBe(["exception_put", "booking_made"]);
        (await Kinds(new() { OnlyForced = true, Institutions = [one] })).ShouldBeEmpty();
        (await Kinds(new() { OnlyForced = true, Institutions = [one, two] })).ShouldBe(["booking_made"]);
        (await Kinds(new() { Institutions = [two], OnlyBookings = true, IsNewestFirst = true })).ShouldBe(["booking_cancelled", "booking_made"]);
        (await Kinds(new() { Institutions = [one, two], Kinds = [ChangeKind.BookingMade], From = Now - Duration.FromHours(2), To = Now })).ShouldBe(
            ["booking_made", "booking_made"]);
        (await Ledger.Read.Audit(new() { OnlyForced = true }, Token))!.Entries.ShouldAllBe(row => row.IsForced);
        (await Ledger.Read.Audit(new() { Cursor = "no cursor" }, Token)).ShouldBeNull();
    }

    /// <summary>The kinds of the changes, read by pages of two, which must be the same as one page.</summary>
    private async Task<List<string>> Kinds(AuditQuery query)
    {
        var kinds = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await Ledger.Read.Audit(query with { Cursor = cursor, Limit = 2 }, Token))!;
            kinds.AddRange(page.Entries.Select(row => row.KindText));
            cursor = page.Next;
        }
        while (cursor is not null);
        (await Ledger.Read.Audit(query, Token))!.Entries.Select(row => row.KindText).ShouldBe(kinds);
        return kinds;
    }
}
