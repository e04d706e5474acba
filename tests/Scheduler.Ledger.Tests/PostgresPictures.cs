using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>The pictures of two silos on one database.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresPictures(PostgresServer server) : TwoSilos(server)
{
    [Fact]
    public async Task R10_after_a_refresh_the_picture_has_the_holds_and_ends_of_every_silo()
    {
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 2, 30), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        Hold[] holds = [.. Enumerable.Range(0, 3).Select(school => HoldOf(school, 3))];
        for (var i = 0; i < 3; i++)
            (await Ledgers[i % 2].Commit(Making.Keep(Clock.Now, holds[i], 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        // An own booking in the same slot comes after the other silo's hold, and before the feed brings it.
        (await Ledgers[0].Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(9), 0, 2), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await Ledgers[1].Commit(Making.Release(Clock.Now, holds[0], 1), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        foreach (var ledger in Ledgers)
        {
            await ledger.Feed.Refresh(Token);
            ledger.Picture.Look(Making.Slot(0), Clock.Now).ShouldBe(new(30, 22, false));
            ledger.Picture.Look(Making.Slot(0), holds[0].ExpiresAt).ShouldBe(new(30, 28, true));
            ledger.Picture.LapsedSeats(Making.Pool, holds[0].ExpiresAt).ShouldBe([new(Making.Slot(0).Minutes, 6)]);
        }

        Clock.Set(holds[0].ExpiresAt);
        await Ledgers[1].SweepHolds(Token);
        await Ledgers[0].Feed.Refresh(Token);
        Ledgers[0].Picture.Look(Making.Slot(0), Clock.Now).ShouldBe(new(30, 28, false));
    }

    [Fact]
    public async Task R10_pictures_agree_with_the_ledger_after_a_herd_of_holds_in_two_silos()
    {
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 4, 40), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var expiry = Clock.Now + Duration.FromMinutes(10);
        await Task.WhenAll(Enumerable.Range(0, 48).Select(school => Task.Run(() => HoldAndEnd(Ledgers[school % 2], school))));
        await Task.WhenAll(Ledgers.Select(ledger => ledger.Feed.Refresh(Token)));
        foreach (var (slot, row) in await Ledgers[0].Read.Slots([.. Enumerable.Range(0, 4).Select(hour => Making.Slot(hour))], Token))
        {
            foreach (var ledger in Ledgers)
            {
                ledger.Picture.Look(slot, Clock.Now).ShouldBe(new(row.Capacity, row.Capacity - row.Booked - row.Held, false));
                ledger.Picture.Look(slot, expiry).ShouldBe(new(row.Capacity, row.Capacity - row.Booked, row.Held > 0));
            }
        }
    }

    [Fact]
    public async Task A_refresh_brings_what_any_silo_has_committed_before_it()
    {
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 1, 1_000), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        for (var i = 0; i < 60; i++)
        {
            var (writer, reader) = (Ledgers[i % 2], Ledgers[(i + 1) % 2]);
            (await writer.Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(i), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
            await reader.Feed.Refresh(Token);
            reader.Picture.Look(Making.Slot(0), Clock.Now).Free.ShouldBe(999 - i);
        }
    }

    private Hold HoldOf(int school, int seats, int hour = 0) =>
        new() { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(school), hour, seats), ExpiresAt = Clock.Now + Duration.FromMinutes(10) };

    /// <summary>A school makes holds, and confirms, releases or leaves them.</summary>
    private async Task HoldAndEnd(SeatLedger ledger, int school)
    {
        var version = 0L;
        for (var i = 0; i < 6; i++)
        {
            var hold = HoldOf(school, 1 + (i % 2), (school + i) % 4);
            if (await ledger.Commit(Making.Keep(Clock.Now, hold, version), Token) is not CommitOutcome.Committed)
                continue;
            version++;
            var end = ((school + i) % 3) switch
            {
                0 => Making.Confirm(Clock.Now, hold, version),
                1 => Making.Release(Clock.Now, hold, version),
                _ => null,
            };
            if (end is not null && await ledger.Commit(end, Token) is CommitOutcome.Committed)
                version++;
        }
    }
}
