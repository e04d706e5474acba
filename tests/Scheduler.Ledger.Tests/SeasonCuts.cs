using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>The cut from which a plan is made.</summary>
public abstract partial class LedgerContract
{
    private static readonly PlanScope _scope = new([Making.Pool], Making.Start, Making.Slot(48).Start, 30, MovesBookings: true);
    private static readonly RequestWindow _window = new(new(2027, 3, 1), new(2027, 3, 2), [], 0, 1440);

    [Fact]
    public async Task A_cut_has_the_flexible_requests_of_its_pools_and_all_that_takes_their_seats()
    {
        var school = Making.School(1);
        var pack = Making.Pack(100);
        await Done(Making.Capacity(Now, 50, 40));
        await Done(Making.Buy(Now, school, pack, 0));
        var own = Making.Book(Now, Making.Sitting(school, 0, 12, 3), 1);
        await Done(own);
        var (queued, placed, withdrawn, past, entry) = (Making.Request(school, 1, 5), Making.Request(school, 2, 6), Making.Request(school, 2, 7),
            Making.Request(school, 3, 8), Making.Request(school, 3, 9));
        queued = queued with { Windows = [_window], MinGroup = 2 };
        placed = placed with { Windows = [_window], Status = RequestStatus.Placed, PlacedSeats = 12, Bookings = [Making.BookingOf(own).Id] };
        withdrawn = withdrawn with { Windows = [_window], Status = RequestStatus.Withdrawn };
        past = past with { Windows = [_window with { From = new(2027, 1, 1), To = new(2027, 1, 2) }] };
        var version = 2;
        foreach (var request in new[] { queued, placed, withdrawn, past, entry })
            await Done(Making.Ask(Now, request, version++));
        var elsewhere = Making.Request(school, 1, 5) with { Windows = [_window], Pool = _otherPool };
        await Done(Making.Ask(Now, elsewhere, version++));
        var live = HoldOf(school, 1, 4, Now + Duration.FromMinutes(10));
        live = live with { Sitting = live.Sitting with { Vouchers = [new(pack.Id, 4)] } };
        await Done(Making.Keep(Now, live, version++));
        var other = Making.Book(Now, Making.Sitting(Making.School(2), 1, 7), 0);
        await Done(other);
        var late = Making.Book(Now, Making.Sitting(school, 49, 1), version);
        var cut = await Ledger.Read.SeasonCut(_scope, Now, Token);
        cut.Requests.Select(request => request.Id).ShouldBe([queued.Id, placed.Id]);
        cut.Requests[0].MinGroup.ShouldBe(2);
        cut.Bookings.Keys.ShouldBe([Making.BookingOf(own).Id]);
        cut.Seated.Select(block => (block.Id, block.Profile[0])).ShouldBe(
            [(Making.BookingOf(own).Id.Value, 12), (live.Id.Value, 4)], ignoreOrder: true);
        cut.Slots.Take(3).ShouldBe([new(Making.Slot(0), 40, 12, 0), new(Making.Slot(1), 40, 10, 4), new(Making.Slot(2), 40, 0, 0)]);
        cut.Packs[school].Single().Remaining.ShouldBe(96);
        await Done(late);
        var later = await Ledger.Read.SeasonCut(_scope, live.ExpiresAt, Token);
        later.Seated.Select(block => block.Id).ShouldBe([Making.BookingOf(own).Id.Value, Making.BookingOf(late).Id.Value], ignoreOrder: true);
        later.Slots[1].ShouldBe(new(Making.Slot(1), 40, 10, 0));
        later.Packs[school].Single().Remaining.ShouldBe(100);
        later.Mark.Last.Max(last => last.Sequence).ShouldBe(cut.Mark.Last.Max(last => last.Sequence) + 1);
    }

    private static Hold HoldOf(InstitutionId school, int hour, int seats, Instant until) =>
        new() { Id = HoldId.New(), Sitting = Making.Sitting(school, hour, seats), ExpiresAt = until };
}
