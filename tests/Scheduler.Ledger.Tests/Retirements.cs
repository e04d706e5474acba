using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Retirement and booking at the same moment, and what is to come.</summary>
public abstract partial class LedgerContract
{
    private static readonly InstitutionEntry _school = new(CatalogueSamples.School.Institution with { Id = Making.School(1), Board = null });

    [Fact]
    public async Task Nothing_new_is_written_on_what_is_retired()
    {
        await Done(Making.Capacity(Now, 3, 20));
        var decided = 0;
        foreach (var entry in new CatalogueEntry[] { CatalogueSamples.Exam, CatalogueSamples.Pool, _school })
        {
            await Done(Making.Put(Now, entry, 1));
            await Done(Making.Put(Now, Retirement.With(entry, Now), 2));
            var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(1), 0, 2), ExpiresAt = Now + Duration.FromMinutes(9) };
            foreach (var change in new[]
            {
                Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), decided), Making.Keep(Now, hold, decided),
                Making.Ask(Now, Making.Request(Making.School(1), 0, 5), decided),
            })
            {
                (await Ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Retired>(entry.GetType().Name);
            }

            var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
            (slot.Booked, slot.Held).ShouldBe((3 * decided, 0));
            await Done(Making.Put(Now, entry, 3));
            await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), decided++));
        }
    }

    [Fact]
    public async Task A_change_on_something_retired_takes_no_other_change_of_its_batch_with_it()
    {
        await Done(Making.Capacity(Now, 3, 1_000));
        await Done(Making.Put(Now, _school, 1));
        await Done(Making.Put(Now, Retirement.With(_school, Now), 2));
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 40)
            .Select(school => Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(school), 0, 1), 0), Token)));
        outcomes[0].ShouldBeOfType<CommitOutcome.Retired>();
        outcomes[1..].ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
    }

    [Fact]
    public async Task What_has_happened_on_a_retired_thing_can_still_be_cancelled_and_recorded()
    {
        await Done(Making.Capacity(Now, 3, 20));
        var made = Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), 0);
        await Done(made);
        await Done(Making.Put(Now, CatalogueSamples.Exam, 1));
        await Done(Making.Put(Now, Retirement.With(CatalogueSamples.Exam, Now), 2));
        await Done(Making.Cancel(Now, Making.BookingOf(made), 1));
    }

    [Fact]
    public async Task R02_a_shorter_horizon_that_was_decided_before_a_longer_season_was_made_is_stale()
    {
        var policy = new PolicyEntry(Policy.Default with { HorizonDays = 50 });
        Change Shorten(LedgerMark mark) => Making.Put(Now, policy, 1) is var put
            ? put with { Rows = [.. put.Rows, new RowWrite.NothingRests(policy, mark, Now)] }
            : throw new System.Diagnostics.UnreachableException();
        var season = new SeasonEntry(new(SeasonId.Of("s"), "s", new(2026, 5, 1), new(2026, 5, 9), 60, 0.5m, null));
        var (before, mark) = await Ledger.Read.MarkedCatalogue(Token);
        before.Seasons.ShouldBeEmpty();
        await Done(Making.Put(Now, season, 1));
        (await Ledger.Commit(Shorten(mark), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (_, mark) = await Ledger.Read.MarkedCatalogue(Token);
        await Done(Making.Put(Now, new SeasonEntry(season.Season with { LeadTimeDays = 50 }), 2));
        await Done(Shorten(mark));
    }

    [Fact]
    public async Task A_retirement_that_was_decided_before_something_was_made_is_stale()
    {
        await Done(Making.Capacity(Now, 3, 20));
        foreach (var entry in new CatalogueEntry[] { CatalogueSamples.Exam, CatalogueSamples.Pool, _school })
            await Done(Making.Put(Now, entry, 1));
        var mark = (await Ledger.Read.ToCome(new(), Now, Token)).Mark;
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(1), 0, 2), ExpiresAt = Now + Duration.FromMinutes(9) };
        var changes = new[]
        {
            Making.Book(Now, Making.Sitting(Making.School(1), 0, 3), 0), Making.Keep(Now, hold, 1), Making.Ask(Now, Making.Request(Making.School(1), 0, 5), 2),
        };
        foreach (var change in changes)
        {
            await Done(change);
            foreach (var entry in new CatalogueEntry[] { CatalogueSamples.Exam, CatalogueSamples.Pool, _school })
                (await Ledger.Commit(Retire(entry, mark), Token)).ShouldBeOfType<CommitOutcome.Stale>();
            mark = (await Ledger.Read.ToCome(new(), Now, Token)).Mark;
        }

        // What was made after the mark and does not rest on the entry disturbs nothing.
        var elsewhere = CatalogueSamples.Exam with { Id = ExamId.Of("elsewhere") };
        await Done(Making.Put(Now, elsewhere, 1));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 1, 3), 3));
        await Done(Retire(elsewhere, mark));
    }

    [Fact]
    public async Task A_board_that_gets_a_school_after_the_mark_is_not_retired()
    {
        var board = new InstitutionEntry(_school.Institution with { Id = Making.School(2) });
        await Done(Making.Put(Now, board, 1));
        var mark = (await Ledger.Read.ToCome(new(), Now, Token)).Mark;
        await Done(Making.Put(Now, new InstitutionEntry(_school.Institution with { Board = Making.School(2) }), 1));
        (await Ledger.Commit(Retire(board, mark), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        var now = await Ledger.Read.ToCome(new() { Institution = Making.School(2) }, Now, Token);
        now.Institutions.ShouldContain(school => school.Board == Making.School(2));
        now.Touches.Any.ShouldBeFalse();
    }

    [Fact]
    public async Task Of_a_booking_and_a_retirement_at_the_same_moment_one_wins()
    {
        await Done(Making.Capacity(Now, 3, 1_000));
        var (version, booked) = (1, 0);
        await Done(Making.Put(Now, CatalogueSamples.Exam, version));
        for (var round = 0; round < 30; round++)
        {
            var toCome = await Ledger.Read.ToCome(new() { Exam = Making.Exam }, Now, Token);
            toCome.Touches.BookingCount.ShouldBe(booked);
            var retire = round % 2 == 0 ? Ledger.Commit(Retire(CatalogueSamples.Exam, toCome.Mark, version), Token) : null;
            var book = Enumerable.Range(0, 4)
                .Select(school => Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School((round * 4) + school + 10), 0, 1), 0), Token)).ToList();
            var retired = await (retire ?? Ledger.Commit(Retire(CatalogueSamples.Exam, toCome.Mark, version), Token));
            var made = (await Task.WhenAll(book)).Count(outcome => outcome is CommitOutcome.Committed);
            if (retired is CommitOutcome.Committed)
            {
                made.ShouldBe(0, "a booking that was made at the same moment does not rest on a retired exam");
                await Done(Making.Put(Now, CatalogueSamples.Exam, version += 2));
            }
            else
            {
                retired.ShouldBeOfType<CommitOutcome.Stale>();
                made.ShouldBeGreaterThan(0);
            }

            booked += made;
        }
    }

    [Fact]
    public async Task What_is_to_come_has_exact_counts_and_names_a_thousand()
    {
        await Done(Making.Capacity(Now, 3, 5_000));
        const int made = Limits.NamedTouches + 5;
        var changes = Enumerable.Range(0, made).Select(school => Making.Book(Now, Making.Sitting(Making.School(school), school % 2, 1), 0)).ToList();
        await Task.WhenAll(changes.Select(Done));
        await Done(Making.Cancel(Now, Making.BookingOf(changes[7]), 1));
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(1), 0, 2, 1), ExpiresAt = Now + Duration.FromMinutes(9) };
        await Done(Making.Keep(Now, hold, 1));
        await Done(Making.Ask(Now, Making.Request(Making.School(1), 2, 5), 2));
        var all = (await Ledger.Read.ToCome(new(), Now, Token)).Touches;
        (all.BookingCount, all.HoldCount, all.RequestCount).ShouldBe((made - 1, 1, 1));
        (all.Bookings.Length, all.Holds[0]).ShouldBe((Limits.NamedTouches, hold.Id));
        all.Bookings.ShouldBe(all.Bookings.Distinct());

        async Task<(int, int, int)> Count(ToComeFilter filter, Instant? at = null)
        {
            var touches = (await Ledger.Read.ToCome(filter, at ?? Now, Token)).Touches;
            return (touches.BookingCount, touches.HoldCount, touches.RequestCount);
        }

        (await Count(new() { Exam = ExamId.Of("another") })).ShouldBe((0, 0, 0));
        (await Count(new() { Pool = Making.Pool })).ShouldBe((made - 1, 1, 1));
        (await Count(new() { Institution = Making.School(1) })).ShouldBe((1, 1, 1));
        (await Count(new() { Institution = Making.School(7) })).ShouldBe((0, 0, 0));
        (await Count(new() { FromMinutes = Making.StartMinutes + 60, ToMinutes = Making.StartMinutes + 120 })).Item1.ShouldBe((made / 2) - 1);
        (await Count(new() { Blocks = block => block.Slots == 2, Requests = block => block.StartMinutes == Making.StartMinutes })).ShouldBe((0, 1, 0));
        // A sitting is to come until it ends; a hold until it lapses; a request until its block begins.
        (await Count(new(), hold.ExpiresAt)).Item2.ShouldBe(0);
        (await Count(new(), Making.Start + Duration.FromMinutes(59))).Item1.ShouldBe(made - 1);
        (await Count(new(), Making.Start + Duration.FromMinutes(60))).Item1.ShouldBe((made / 2) - 1);
        (await Count(new(), Making.Slot(2).Start)).Item3.ShouldBe(0);
    }

    private Change Retire(CatalogueEntry entry, LedgerMark mark, int version = 1)
    {
        var retired = Retirement.With(entry, Now);
        var change = Making.Put(Now, retired, version + 1);
        return change with { Rows = change.Rows.Add(new RowWrite.NothingRests(entry, mark, Now)) };
    }
}
