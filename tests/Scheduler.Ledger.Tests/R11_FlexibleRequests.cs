using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    private static Request Flexible(int school) => Making.Request(Making.School(school), 0, 40, weight: 2) with
    {
        Windows =
        [
            new(new(2027, 3, 1), new(2027, 3, 12), [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], 540, 960),
            new(new(2027, 3, 15), new(2027, 3, 15), [], 0, 1440),
        ],
        MinGroup = 10,
    };

    [Fact]
    public async Task R11_a_flexible_request_comes_back_as_it_was_made_and_changed()
    {
        var request = Flexible(1);
        await Done(Making.Ask(Now, request, 0));
        Same((await Ledger.Read.Institution(Making.School(1), Now, 0, Token)).State.Requests[request.Id], request with { Sequence = 1 });
        var changed = request with
        {
            Sequence = 1,
            Version = 2,
            Windows = [request.Windows[1]],
            MinGroup = null,
            PlacedSeats = 15,
            Seats = 41,
            Profile = new([41]),
            Bookings = [BookingId.New(), BookingId.New()],
        };
        await Done(Making.Ask(Now, changed, 1) with { Rows = [new RowWrite.RequestChanged(changed)] });
        Same(await Ledger.Read.Request(request.Id, Token), changed);
    }

    [Fact]
    public async Task R09_the_waitlist_sees_no_flexible_request()
    {
        await Done(Making.Ask(Now, Flexible(1), 0));
        var entry = Making.Request(Making.School(1), 0, 3);
        await Done(Making.Ask(Now, entry, 1));
        (await Ledger.Read.AllQueuedRequests(Token)).ShouldHaveSingleItem().Id.ShouldBe(entry.Id);
        (await Ledger.Read.QueuedRequests(Making.Pool, Making.Slot(0).Start, Making.Slot(1).Start, Token)).ShouldHaveSingleItem().Id.ShouldBe(entry.Id);
        (await Ledger.Read.Queue(Making.School(1), null, 10, Token))!.Entries.Length.ShouldBe(2);
    }

    [Fact]
    public async Task R11_a_flexible_request_is_to_come_until_its_last_window_is_over_in_every_zone()
    {
        await Done(Making.Ask(Now, Flexible(1), 0));
        async Task<int> Count(ToComeFilter filter, Instant? at = null) => (await Ledger.Read.ToCome(filter, at ?? Now, Token)).Touches.RequestCount;
        (await Count(new())).ShouldBe(1);
        (await Count(new() { Pool = Making.Pool, Exam = Making.Exam, Institution = Making.School(1) })).ShouldBe(1);
        (await Count(new() { Pool = PoolId.Of("another") })).ShouldBe(0);
        (await Count(new() { FromMinutes = 0 })).ShouldBe(0);
        (await Count(new() { Requests = _ => true })).ShouldBe(0);
        (await Count(new() { FromMinutes = 0, Windows = window => window.From == new LocalDate(2027, 3, 15) })).ShouldBe(1);
        (await Count(new() { FromMinutes = 0, Windows = window => window.From == new LocalDate(2027, 3, 16) })).ShouldBe(0);
        // The last window ends on 15 March; in the last zone the day ends at 12:00 UTC of the next.
        (await Count(new(), Instant.FromUtc(2027, 3, 16, 11, 59))).ShouldBe(1);
        (await Count(new(), Instant.FromUtc(2027, 3, 16, 12, 0))).ShouldBe(0);
    }
}
