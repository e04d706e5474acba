using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R15_a_forced_capacity_tells_each_institution_of_its_bookings_in_the_short_hours()
    {
        await Done(Making.Capacity(Now, 6, 20));
        var (one, two, three) = (Making.School(1), Making.School(2), Making.School(3));
        var first = Making.Book(Now, Making.Sitting(one, 0, 5, 5), 0);
        var second = Making.Book(Now, Making.Sitting(one, 1, 5), 1);
        var other = Making.Book(Now, Making.Sitting(two, 1, 5), 0);
        var apart = Making.Book(Now, Making.Sitting(three, 3, 5), 0);
        var cancelled = Making.Book(Now, Making.Sitting(three, 1, 3), 1);
        foreach (var change in new[] { first, second, other, apart, cancelled })
            await Done(change);
        await Done(Making.Cancel(Now, Making.BookingOf(cancelled), 2));
        await Done(Making.Keep(Now, Held(Making.Sitting(three, 1, 2)), 3));

        // Hour 1 has 15 seats booked and 2 held. Hours 0, 2 and 3 keep enough.
        var forced = Making.Capacity(Now, 4, 9, force: true);
        var lowered = forced with { Record = forced.Record with { Why = "burst pipe" } };
        (await Done(lowered)).Shortfalls.ShouldBe([new(Making.Slot(1).Minutes, 8)]);
        var act = new OperatorAct(OperatorActKind.Shortfall, Now, "burst pipe");
        foreach (var change in new[] { first, second, other })
        {
            var made = Making.BookingOf(change);
            Same(await Ledger.Read.Booking(made.Id, Token), made with { OperatorAct = act, Version = 2 });
        }

        (await Ledger.Read.Booking(Making.BookingOf(apart).Id, Token))!.OperatorAct.ShouldBeNull();
        (await Told(one)).ShouldBe([Making.BookingOf(first).Id, Making.BookingOf(second).Id], ignoreOrder: true);
        (await Told(two)).ShouldBe([Making.BookingOf(other).Id]);
        (await Told(three)).ShouldBeEmpty();

        // The record is one change of the operator, and no institution's list of bookings has a row twice.
        (await Ledger.Read.Audit(new() { Institutions = [one, two] }, Token))!.Entries.ShouldAllBe(row => row.Kind == ChangeKind.BookingMade);
        (await Ledger.Read.Bookings(one, BookingFilter.None, null, 10, Token))!.Entries.Length.ShouldBe(2);

        // A decision on the bookings without the act is stale; a decision that knows the act keeps it.
        var rows = await Ledger.Read.Institution(one, Now, 0, Token);
        rows.Version.ShouldBe(3);
        var known = rows.State.Bookings[Making.BookingOf(second).Id];
        known.OperatorAct.ShouldBe(act);
        (await Ledger.Commit(Making.Cancel(Now, Making.BookingOf(second), 2), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        await Done(Making.Cancel(Now, known, 3));
        (await Ledger.Read.Booking(known.Id, Token))!.OperatorAct.ShouldBe(act);

        // The same capacity again is no news, and a shortfall that shrinks is none. A shortfall that grows is told.
        await Done(Making.Capacity(Now, 4, 9, force: true));
        await Done(Making.Capacity(Now, 4, 10, force: true));
        (await Told(two)).Count.ShouldBe(1);
        Clock.Advance(Duration.FromMinutes(1));
        await Done(Making.Capacity(Now, 4, 4, force: true));
        (await Told(two)).Count.ShouldBe(2);
        (await Told(three)).ShouldBe([Making.BookingOf(apart).Id]);
        (await Ledger.Read.Booking(Making.BookingOf(other).Id, Token))!.OperatorAct.ShouldBe(new(OperatorActKind.Shortfall, Now, null));
        (await LedgerCheck.Run(Settings, Token)).Where(finding => finding.Rule is "R3" or "R15").ShouldBeEmpty();
    }

    [Fact]
    public async Task R15_a_forced_capacity_and_bookings_at_the_same_time_leave_no_booking_untold()
    {
        await Done(Making.Capacity(Now, 4, 400));
        // Enough is booked before, so that no booking fits after the first forced change.
        for (var school = 40; school < 44; school++)
            await Done(Making.Book(Now, Making.Sitting(Making.School(school), 0, 5), 0));
        var bookings = Enumerable.Range(0, 40).Select(school => Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(school), 0, 5), 0), Token));
        var forced = Enumerable.Range(1, 3).Select(step => Ledger.Commit(Making.Capacity(Now, 1, 10 - step, force: true), Token));
        var outcomes = await Task.WhenAll([.. bookings, .. forced]);
        outcomes.Skip(40).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        for (var school = 0; school < 44; school++)
        {
            var booked = (await Ledger.Read.Bookings(Making.School(school), BookingFilter.None, null, 10, Token))!.Entries;
            booked.ShouldAllBe(booking => booking.OperatorAct != null);
            (await Told(Making.School(school))).Count.ShouldBe(booked.Sum(booking => booking.Version - 1));
        }

        (await LedgerCheck.Run(Settings, Token)).Where(finding => finding.Rule is "R3" or "R15").ShouldBeEmpty();
    }

    /// <summary>The bookings in all notices of capacities to an institution, in order.</summary>
    private async Task<IReadOnlyList<BookingId>> Told(InstitutionId institution)
    {
        var notices = (await Ledger.Read.Notices(institution, null, 100, Token))!.Entries.Where(row => row.Kind == ChangeKind.ExceptionPut).ToList();
        notices.ShouldAllBe(row => row.Bookings.Length > 0);
        notices.Select(row => row.Id).ShouldBeUnique();
        return [.. notices.SelectMany(row => row.Bookings)];
    }
}
