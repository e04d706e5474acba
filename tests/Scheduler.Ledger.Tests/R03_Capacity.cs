using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R03_a_slot_is_never_booked_beyond_its_capacity()
    {
        await Done(Making.Capacity(Now, 2, 10));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 7, 2), 0));
        var refused = await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(2), 0, 4), 0), Token);
        refused.ShouldBeOfType<CommitOutcome.SlotShort>().Slots.ShouldBe([Making.Slot(0)]);
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 3), 0));
        var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
        (slot.Capacity, slot.Booked, slot.Held, slot.Shortfall).ShouldBe((10, 10, 0, 0));
        (await Ledger.Read.Slot(Making.Slot(1), Token)).Booked.ShouldBe(2);
    }

    [Fact]
    public async Task R03_a_slot_without_capacity_takes_nothing()
    {
        (await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.SlotShort>();
        (await Ledger.Read.Slot(Making.Slot(0), Token)).ShouldBe(SlotRow.None);
    }

    [Fact]
    public async Task R04_a_block_is_booked_whole_or_not_at_all()
    {
        await Done(Making.Capacity(Now, 2, 5));
        await Done(Making.Capacity(Now, 1, 3, from: 1));
        var refused = await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(1), 0, 4, 4), 0), Token);
        refused.ShouldBeOfType<CommitOutcome.SlotShort>().Slots.ShouldBe([Making.Slot(1)]);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(0);
    }

    [Fact]
    public async Task R03_a_herd_on_hot_slots_never_overbooks()
    {
        const int capacity = 37;
        await Done(Making.Capacity(Now, 5, capacity));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(school => Task.Run(() => HerdOf(Ledger, school))));
        var booked = outcomes.SelectMany(one => one).ToList();
        await ShouldAddUp(Ledger, booked, capacity);
    }

    [Fact]
    public async Task One_bad_booking_never_fails_its_neighbours()
    {
        await Done(Making.Capacity(Now, 1, 100));
        // Committers side by side keep no order between schools: the bad one never fits, whoever comes first.
        var changes = Enumerable.Range(1, 50)
            .Select(school => Making.Book(Now, Making.Sitting(Making.School(school), 0, school == 25 ? 101 : 1), school == 30 ? 7 : 0)).ToList();
        var outcomes = await Task.WhenAll(changes.Select(change => Ledger.Commit(change, Token)));
        outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(48);
        outcomes[24].ShouldBeOfType<CommitOutcome.SlotShort>();
        outcomes[29].ShouldBeOfType<CommitOutcome.Stale>();
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(48);
    }

    [Fact]
    public async Task R03_lowering_below_what_is_booked_is_refused_and_names_the_slots()
    {
        await Done(Making.Capacity(Now, 3, 10));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 1, 8, 4), 0));
        var refused = (await Ledger.Commit(Making.Capacity(Now, 3, 5), Token)).ShouldBeOfType<CommitOutcome.BelowBooked>();
        refused.Slots.ShouldBe([new Shortfall(Making.Slot(1).Minutes, 3)]);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Capacity.ShouldBe(10);
    }

    [Fact]
    public async Task R03_force_records_the_shortfall_and_freeing_works_it_off()
    {
        await Done(Making.Capacity(Now, 1, 10));
        var big = Making.Book(Now, Making.Sitting(Making.School(1), 0, 5), 0);
        await Done(big);
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 4), 0));
        var forced = await Done(Making.Capacity(Now, 1, 6, force: true));
        forced.Shortfalls.ShouldBe([new Shortfall(Making.Slot(0).Minutes, 3)]);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Shortfall.ShouldBe(3);
        var after = (await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Pool, "office-ca") }, Token))!.Entries[^1].After;
        after.ShouldBeOfType<ExceptionSnapshot>().Shortfalls.ShouldBe(forced.Shortfalls);

        (await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(3), 0, 1), 0), Token))
            .ShouldBeOfType<CommitOutcome.SlotShort>("nothing new is admitted in a shortfall");
        // Raising is never refused, even where it does not yet reach: 9 booked, 7 offered.
        await Done(Making.Capacity(Now, 1, 7));
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Shortfall.ShouldBe(2);
        // The act on the booking gave the institution another version.
        await Done(Making.Cancel(Now, Making.BookingOf(big), 2));
        var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
        (slot.Capacity, slot.Booked, slot.Shortfall).ShouldBe((7, 4, 0));
        await Done(Making.Book(Now, Making.Sitting(Making.School(3), 0, 3), 0));
        (await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(4), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.SlotShort>();
    }

    [Fact]
    public async Task R03_who_has_seats_in_some_slots_of_a_pool_is_found_among_all()
    {
        await Done(Making.Capacity(Now, 30, 100));
        var booked = new List<Change>();
        for (var i = 0; i < 10; i++)
        {
            booked.Add(Making.Book(Now, Making.Sitting(Making.School(i % 2), i, 2, 1), i / 2));
            await Done(booked[i]);
        }

        await Done(Making.Cancel(Now, Making.BookingOf(booked[4]), 5));
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(3), 4, 1), ExpiresAt = Now + Duration.FromMinutes(10) };
        await Done(Making.Keep(Now, hold, 0));
        BookingId[] Ids(params int[] indices) => [.. indices.Select(index => Making.BookingOf(booked[index]).Id)];
        BookingId[] ById(params int[] indices) => [.. Ids(indices).OrderBy(id => id.ToString(), StringComparer.Ordinal)];
        HashSet<int> slots = [Making.Slot(1).Minutes, Making.Slot(4).Minutes, Making.Slot(9).Minutes];
        var all = await Ledger.Read.SeatedIn(Making.Pool, slots, Now, 10, Token);
        all.Bookings.ShouldBe(Ids(0, 1, 3, 8, 9));
        (all.BookingsTotal, all.HoldsTotal).ShouldBe((5, 1));
        all.Holds.ShouldBe([hold.Id]);
        var some = await Ledger.Read.SeatedIn(Making.Pool, slots, hold.ExpiresAt, 2, Token);
        some.Bookings.ShouldBe(Ids(0, 1));
        (some.BookingsTotal, some.HoldsTotal).ShouldBe((5, 0));

        async Task<BookingId[]> Listed(Instant from, Instant to, BookingStatus? status, int limit)
        {
            var ids = new List<BookingId>();
            string? cursor = null;
            do
            {
                var page = (await Ledger.Read.Bookings(new PoolBookings { Pool = Making.Pool, From = from, To = to, Status = status }, cursor, limit, Token))!;
                ids.AddRange(page.Entries.Select(booking => booking.Id));
                cursor = page.Next;
            }
            while (cursor is not null);
            return [.. ids];
        }

        (await Listed(Making.Slot(4).Start, Making.Slot(6).Start, null, 2)).ShouldBe(ById(3, 4, 5));
        (await Listed(Making.Slot(4).Start, Making.Slot(6).Start, BookingStatus.Confirmed, 1)).ShouldBe(ById(3, 5));
        (await Listed(Making.Slot(4).Start - Duration.FromTicks(1), Making.Slot(5).Start, BookingStatus.Confirmed, 9)).ShouldBe(ById(2, 3));
        (await Listed(Making.Slot(3).Start, Making.Slot(5).Start + Duration.FromTicks(1), BookingStatus.Cancelled, 9)).ShouldBe(ById(4));
        var elsewhere = new PoolBookings { Pool = PoolId.Of("another"), From = Instant.MinValue, To = Instant.MaxValue };
        (await Ledger.Read.Bookings(elsewhere, null, 9, Token))!.Entries.ShouldBeEmpty();
        (await Ledger.Read.Bookings(elsewhere, "%", 9, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task R03_a_year_of_capacities_is_set_and_shown()
    {
        await Done(Making.Capacity(Now, 8_760, 20));
        Ledger.Picture.Look(Making.Slot(8_759), Now).ShouldBe(new(20, 20, false));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 100, 6), 0));
        await Reopen();
        Ledger.Picture.Look(Making.Slot(100), Now).ShouldBe(new(20, 14, false));
        var pool = Ledger.Picture.Pool(Making.Pool)!;
        pool.Taken[pool.IndexOf(Making.Slot(100).Minutes)].ShouldBe(6);
    }

    /// <summary>
    /// One school's share of a herd: tries a block that starts in each of four hot slots, again and again, deciding on the version that its own commits made.
    /// </summary>
    internal async Task<List<Change>> HerdOf(SeatLedger ledger, int school)
    {
        var random = new Random(school);
        var booked = new List<Change>();
        for (var i = 0; i < 12; i++)
        {
            ImmutableArray<int> profile = random.Next(3) == 0 ? [random.Next(1, 4), 1] : [random.Next(1, 4)];
            var change = Making.Book(Now, Making.Sitting(Making.School(school), random.Next(4), profile), booked.Count);
            var outcome = await ledger.Commit(change, Token);
            if (outcome is CommitOutcome.Committed)
                booked.Add(change);
            else
                outcome.ShouldBeOfType<CommitOutcome.SlotShort>();
        }

        return booked;
    }

    internal static async Task ShouldAddUp(SeatLedger ledger, List<Change> booked, int capacity)
    {
        var expected = booked.SelectMany(change => change.Slots).GroupBy(delta => delta.Slot)
            .ToDictionary(group => group.Key, group => group.Sum(delta => delta.Booked));
        var rows = await ledger.Read.Slots([.. Enumerable.Range(0, 5).Select(hour => Making.Slot(hour))], Token);
        foreach (var (slot, row) in rows)
        {
            row.Booked.ShouldBe(expected.GetValueOrDefault(slot));
            row.Booked.ShouldBeLessThanOrEqualTo(capacity);
        }

        rows.Values.Sum(row => row.Booked).ShouldBeGreaterThan(3 * capacity, "a herd fills its slots");
        foreach (var change in booked)
            (await ledger.Read.Booking(Making.BookingOf(change).Id, Token)).ShouldNotBeNull();
    }
}
