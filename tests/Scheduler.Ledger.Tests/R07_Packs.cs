using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>R7 in the ledger: packs that are corrected or taken back.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task R07_a_corrected_pack_comes_back_and_never_falls_below_its_taken_vouchers()
    {
        var school = Making.School(1);
        var pack = Making.Pack(20);
        await Done(Making.Capacity(Now, 2, 100));
        await Done(Making.Buy(Now, school, pack, 0));
        var booked = Making.Book(Now, Making.Sitting(school, 0, 12) with { Vouchers = [new(pack.Id, 12)] }, 1);
        await Done(booked);
        var taken = pack with { Taken = 12 };
        (await Ledger.Commit(Making.Correct(Now, school, taken, taken with { Quantity = 11 }, 2), Token)).ShouldBeOfType<CommitOutcome.PackShort>();
        (await Ledger.Commit(Making.Correct(Now, school, taken, taken with { Quantity = 30 }, 1), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        var corrected = taken with { Quantity = 12, PurchasedOn = pack.PurchasedOn.PlusDays(-40) };
        await Done(Making.Correct(Now, school, taken, corrected, 2));
        (await Ledger.Read.Pack(pack.Id, Token)).ShouldBe(new PackSnapshot(school, corrected));
        (await Ledger.Commit(Making.Book(Now, Making.Sitting(school, 1, 1) with { Vouchers = [new(pack.Id, 1)] }, 3), Token))
            .ShouldBeOfType<CommitOutcome.PackShort>();
        await Done(Making.Correct(Now, school, corrected, corrected with { IsVoid = true }, 3));
        await Reopen();
        (await Ledger.Read.Pack(pack.Id, Token)).ShouldBe(new PackSnapshot(school, corrected with { IsVoid = true }));
        (await Ledger.Read.Institution(school, Now, 0, Token)).State.Packs[pack.Id].ShouldBe(corrected with { IsVoid = true });
        (await Ledger.Read.BookingsOf(school, pack.Id, Token)).Select(booking => booking.Id).ShouldBe([Making.BookingOf(booked).Id]);
        (await Ledger.Read.BookingsOf(Making.School(2), pack.Id, Token)).ShouldBeEmpty();
        (await Ledger.Read.BookingsOf(school, PackId.New(), Token)).ShouldBeEmpty();
        (await Ledger.Read.Pack(PackId.New(), Token)).ShouldBeNull();
        var rows = (await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Pack, pack.Id.ToString()) }, Token))!.Entries;
        rows.Select(row => row.Kind).ShouldBe([ChangeKind.PackMade, ChangeKind.PackCorrected, ChangeKind.PackVoided]);
        rows[^1].After.ShouldBe(new PackSnapshot(school, corrected with { IsVoid = true }));
    }

    [Fact]
    public async Task R07_where_the_vouchers_of_a_pack_are_adds_up_to_the_pack()
    {
        var school = Making.School(1);
        var pack = Making.Pack(50);
        await Done(Making.Capacity(Now, 4, 100));
        await Done(Making.Buy(Now, school, pack, 0));
        await Done(Making.Book(Now, Making.Sitting(school, 0, 12) with { Vouchers = [new(pack.Id, 12)] }, 1));
        var booked = Making.Book(Now, Making.Sitting(school, 1, 5) with { Vouchers = [new(pack.Id, 5)] }, 2);
        await Done(booked);
        var hold = new Hold
        {
            Id = HoldId.New(), Sitting = Making.Sitting(school, 2, 4) with { Vouchers = [new(pack.Id, 4)] }, ExpiresAt = Now + Duration.FromMinutes(10),
        };
        await Done(Making.Keep(Now, hold, 3));
        var late = Making.BookingOf(booked) with { Status = BookingStatus.Cancelled, Version = 2, Forfeited = [new(pack.Id, 5)] };
        await Done(Making.Cancel(Now, Making.BookingOf(booked), 4) with { Packs = [], Rows = [new RowWrite.BookingChanged(late)] });
        await Reopen();
        await Adds(Now, (16, 0, 5, 29));
        await Adds(hold.ExpiresAt, (12, 0, 5, 33));
        await Adds(Making.Slot(1).Start, (0, 12, 5, 33));
        (await Ledger.Read.PackUses(Making.School(2), Now, Token)).ShouldBeEmpty();

        async Task Adds(Instant now, (int SetAside, int Used, int Forfeited, int Left) expected)
        {
            var use = (await Ledger.Read.PackUses(school, now, Token)).ShouldHaveSingleItem();
            (use.SetAside, use.Used, use.Forfeited, use.Left).ShouldBe(expected);
            (await Ledger.Read.Packs(school, now, null, 9, Token))!.Entries.ShouldHaveSingleItem().Remaining.ShouldBe(use.Left);
        }
    }

    /// <summary>A correction and the bookings that rest on it reach the committer together: each is decided on the one before.</summary>
    [Fact]
    public async Task R07_a_correction_among_bookings_of_one_moment_keeps_its_place()
    {
        var school = Making.School(1);
        var pack = Making.Pack(5);
        await Done(Making.Capacity(Now, 3, 100));
        await Done(Making.Buy(Now, school, pack, 0));
        var outcomes = await Task.WhenAll(
            Ledger.Commit(Making.Book(Now, Making.Sitting(school, 0, 5) with { Vouchers = [new(pack.Id, 5)] }, 1), Token),
            Ledger.Commit(Making.Correct(Now, school, pack with { Taken = 5 }, pack with { Taken = 5, Quantity = 8 }, 2), Token),
            Ledger.Commit(Making.Book(Now, Making.Sitting(school, 1, 3) with { Vouchers = [new(pack.Id, 3)] }, 3), Token));
        outcomes.ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        (await Ledger.Read.Pack(pack.Id, Token))!.Pack.ShouldBe(pack with { Quantity = 8, Taken = 8 });
    }
}
