using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R13: a call that probably repeats another one is done, and its answer names the earlier booking or hold.</summary>
public sealed class DuplicateTests
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    [Fact]
    public async Task R13_a_second_booking_or_hold_of_the_same_exam_start_and_seats_names_the_first_unless_the_call_has_a_key()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var command = new BookCommand(TestSilo.By(), TestSilo.Wish(_slot, 1));
        var hold = TestSilo.Must(await school.Hold(command));
        hold.Duplicate.ShouldBeNull();
        TestSilo.Must(await school.Hold(command)).Duplicate.ShouldBe(new ProbableDuplicate(null, hold.Hold.Id));
        var booked = TestSilo.Must(await school.Book(command));
        booked.Duplicate.ShouldBe(new ProbableDuplicate(null, hold.Hold.Id));
        var second = TestSilo.Must(await school.Book(command));
        second.Duplicate.ShouldBe(new ProbableDuplicate(booked.Booking.Id, null));
        TestSilo.Must(await school.Book(command with { Caller = TestSilo.By(key: "k") })).Duplicate.ShouldBeNull();
        TestSilo.Must(await school.Book(command with { Wish = TestSilo.Wish(_slot, 3) })).Duplicate.ShouldBeNull();
        TestSilo.Must(await (await silo.NewSchool("b")).Book(command with { Wish = TestSilo.Wish(_slot + Duration.FromHours(1), 1) })).Duplicate.ShouldBeNull();

        // The record keeps what the answer said, and a change of the booking says nothing of it.
        var subject = new Ledger.ChangeSubject(Ledger.SubjectKind.Booking, second.Booking.Id.ToString());
        var made = (await silo.Ledger.Read.Audit(new() { Subject = subject }, CancellationToken.None))!.Entries.Single();
        made.After.ShouldBeOfType<Ledger.BookingSnapshot>().Duplicate.ShouldBe(second.Duplicate);
        TestSilo.Must(await school.Cancel(new(TestSilo.By(), second.Booking.Id.Value, null))).Duplicate.ShouldBeNull();
    }
}
