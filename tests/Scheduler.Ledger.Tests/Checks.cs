using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task A_sound_ledger_has_no_findings()
    {
        await Season();
        (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("R3", "update slots set booked = booked + 1, capacity = capacity + 1 where booked > 0")]
    [InlineData("R3", "update slots set held = 0 where held > 0")]
    [InlineData("R3", "update slots set shortfall = shortfall + 1 where booked > 0")]
    [InlineData("R3", "delete from slots where booked > 0")]
    [InlineData("R3", "update bookings set status = 'cancelled'")]
    [InlineData("R7", "update packs set taken = taken + 1")]
    [InlineData("R7", "update packs set taken = taken - 1")]
    [InlineData("R7", "update bookings set vouchers = ''")]
    [InlineData("R7", "update packs set purchased_on = '2025-01-01'")]
    [InlineData("R7", "update packs set programme = 'Other'")]
    [InlineData("R8", "update institutions set online = online + 1")]
    [InlineData("R15", "delete from trail where entry = 2")]
    public async Task A_damaged_row_is_found(string rule, string spoil)
    {
        await Season();
        await Spoil(spoil);
        (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).Select(finding => finding.Rule).ShouldContain(rule);
    }

    [Fact]
    public async Task R02_a_booking_that_left_too_few_days_is_found_by_what_stood_when_it_was_made()
    {
        await Season();
        // 56 days ahead in the institution's zone: enough, until the season asks for 60. Earlier bookings keep their seats.
        await Done(Making.Put(Now, new SeasonEntry(new(SeasonId.Of("spring"), "Spring", new(2027, 2, 1), new(2027, 6, 30), 60, 0.25m, null)), 1));
        (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        Clock.Advance(Duration.FromMinutes(2));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 5, 1) with { Vouchers = [new(_pack, 1)] }, 3));
        var finding = (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (finding.Rule, finding.What).ShouldBe(("R2", $"booking_made at {Now}: it left 56 days of 60"));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 5, 1) with { Vouchers = [new(_pack, 1)], OverrideReason = "storm" }, 4));
        (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).Length.ShouldBe(1, "an override is excepted");
    }

    [Fact]
    public async Task R06_more_candidates_than_anybody_could_look_after_are_found()
    {
        await Season();
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 59) with { Vouchers = [new(_pack, 59)] }, 3));
        var finding = (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (finding.Rule, finding.Subject).ShouldBe(("R6", "school-1"));
    }

    private PackId _pack;

    /// <summary>A school of 60 workstations with a pack, a booking and a hold.</summary>
    private async Task Season()
    {
        await Done(Making.Put(Now, CatalogueSamples.Exam, 1));
        var zone = DateTimeZoneProviders.Tzdb["America/Toronto"];
        await Done(Making.Put(Now, new InstitutionEntry(new() { Id = Making.School(1), Name = "S", Zone = zone, LabSeats = 60, Proctors = 1 }), 1));
        await Done(Making.Capacity(Now, 8, 500));
        var pack = Making.Pack(100) with { PurchasedOn = new(2026, 9, 1) };
        _pack = pack.Id;
        await Done(Making.Buy(Now, Making.School(1), pack, 0));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 3, 1) with { Vouchers = [new(pack.Id, 3)] }, 1));
        await Done(Making.Keep(Now, Held(Making.Sitting(Making.School(1), 2, 2) with { Vouchers = [new(pack.Id, 2)] }), 2));
    }
}
