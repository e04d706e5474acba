using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Two silos on one database, with plans.</summary>
[Collection(PostgresTests.Name)]
public sealed class PlanTwoSilos(PostgresServer server) : TwoSilos(server)
{
    [Fact]
    public async Task Another_silo_hears_of_every_institution_and_slot_of_a_plan()
    {
        var season = new PlanSeason(Ledgers[0], Clock.Now);
        await season.Make(hours: 4, capacity: 30, schools: 3);
        var (one, other) = (await season.Book(1, 0, 30), await season.Book(2, 1, 30));
        var request = await season.Ask(3, 7);
        ImmutableArray<PlanEntry> entries = [PlanSeason.Move(one, 1), PlanSeason.Move(other, 0), PlanSeason.Place(request, 2)];
        var plan = await season.Ready(entries);
        await Ledgers[1].Feed.Refresh(Token);
        var received = new List<FeedChange>();
        using var listening = Ledgers[1].Feed.Subscribe(changes => received.AddRange(changes));
        await season.Apply(plan, entries);
        await Ledgers[1].Feed.Refresh(Token);
        received.Select(change => (change.Kind, change.Institution)).ShouldBe(
        [
            (ChangeKind.PlanApplied, null), (ChangeKind.RequestPlaced, Making.School(3)), (ChangeKind.BookingMoved, Making.School(1)),
            (ChangeKind.BookingMoved, Making.School(2)),
        ]);
        received.SelectMany(change => change.Slots).Select(seats => seats.Slot).Distinct().Order().ShouldBe(
            [Making.Slot(0), Making.Slot(1), Making.Slot(2)]);
        Ledgers[1].Picture.Look(Making.Slot(2), Clock.Now).Free.ShouldBe(23);
    }

    /// <summary>Plans of both silos, and bookings of both, meet in the same slots at the same time.</summary>
    [Fact]
    public async Task R11_plans_of_two_silos_meet_in_the_same_slots_without_a_deadlock_and_without_a_seat_too_many()
    {
        const int schools = 12;
        var season = new PlanSeason(Ledgers[0], Clock.Now);
        await season.Make(hours: 6, capacity: 40, schools);
        var bookings = new List<Booking>();
        for (var i = 0; i < schools * 3; i++)
            bookings.Add(await season.Book((i % schools) + 1, i % 6, 5));
        for (var round = 0; round < 10; round++)
        {
            var plans = new List<Task<CommitOutcome>>();
            for (var k = 0; k < 4; k++)
            {
                var silo = Ledgers[k % 2];
                var other = new PlanSeason(silo, Clock.Now);
                var seed = (round * 4) + k;
                var some = bookings.Where((_, i) => i % 4 != seed % 4);
                ImmutableArray<PlanEntry> entries = [.. some.Select((booking, i) => PlanSeason.Move(booking, (i + seed) % 6))];
                var plan = await other.Ready(entries);
                plans.Add(silo.Commit(await other.Application(plan, entries), Token));
            }

            foreach (var outcome in await Task.WhenAll(plans))
                outcome.ShouldBeOfType<CommitOutcome.Committed>(outcome.ToString());
            (await LedgerCheck.Run(new() { ConnectionString = Database }, Token)).ShouldBeEmpty();
            for (var i = 0; i < bookings.Count; i++)
                bookings[i] = (await Ledgers[0].Read.Booking(bookings[i].Id, Token))!;
        }

        bookings.Count(booking => booking.Version > 1).ShouldBeGreaterThan(schools);
        (await Server.Sql("postgres", $"select deadlocks from pg_stat_database where datname = '{PostgresServer.NameOf(Database)}'")).ShouldBe("0");
    }
}
