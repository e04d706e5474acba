using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R9: for how long the application of a plan in parts keeps walk-ins out of a slot that somebody waits for.</summary>
public sealed class R09_RoundSpans
{
    [Fact]
    public void R09_a_slot_is_closed_from_the_part_that_frees_it_to_the_last_part_that_needs_it()
    {
        var spans = new RoundSpans(Parts([1], [2], [3]), Parts([1, 4], [2, 1], [3]));
        (spans.Begun(0), spans.Begun(1), spans.Begun(2)).ToString().ShouldBe((Slots(1), Slots(2), Slots(3)).ToString());
        spans.Begun(0).ShouldBe(Slots(1));
        spans.Begun(2).ShouldBe(Slots(3));
        // The second part takes seats that the first part frees.
        spans.IsOver(Slot(1), 0).ShouldBeFalse();
        spans.IsOver(Slot(1), 1).ShouldBeTrue();
        // Nothing after the second part touches its slot: the waitlist gets what is left at once.
        spans.IsOver(Slot(2), 1).ShouldBeTrue();
    }

    [Property]
    public void Every_slot_is_over_after_the_last_part(byte[][] freed)
    {
        ImmutableArray<ImmutableArray<SlotHour>> parts = [.. freed.Select(part => Slots([.. part.Select(hour => (int)hour)]))];
        var spans = new RoundSpans(parts, [.. parts.Select(_ => ImmutableArray<SlotHour>.Empty)]);
        for (var part = 0; part < parts.Length; part++)
        {
            foreach (var slot in spans.Begun(part))
            {
                spans.IsOver(slot, parts.Length - 1).ShouldBeTrue();
                spans.IsOver(slot, part).ShouldBe(!parts.Skip(part + 1).Any(later => later.Contains(slot)));
            }
        }
    }

    [Fact]
    public async Task R09_a_round_that_is_renewed_keeps_walk_ins_out_for_longer_than_the_longest_round()
    {
        await using var silo = await TestSilo.Open(seasonClock: true);
        var (walkIn, other) = (await silo.NewSchool("a"), await silo.NewSchool("b"));
        var start = TestSilo.Slot(30, 9);
        var full = TestSilo.Must(await walkIn.Book(new(TestSilo.By(), TestSilo.Wish(start, 8)))).Booking;
        TestSilo.Must(await other.Join(new(TestSilo.By(), TestSilo.Wish(start, 10), 1)));
        var slot = silo.Grains.Slot(full.Sitting.Slot(0));
        var round = Guid.CreateVersion7();
        await slot.BeginRound(round);
        silo.Time.Advance(TimeSpan.FromSeconds(7));
        await slot.BeginRound(round);
        silo.Time.Advance(TimeSpan.FromSeconds(7));
        var waits = walkIn.Book(new(TestSilo.By(), TestSilo.Wish(start, 1)));
        // The grain has begun to wait when it answers the next call. Fourteen seconds after the begin the round is as young as its renewal.
        await slot.BeginRound(round);
        silo.Time.Advance(TimeSpan.FromSeconds(4));
        waits.IsCompleted.ShouldBeFalse();
        await slot.EndRound(round);
        TestSilo.Must(await waits);
    }

    private static ImmutableArray<ImmutableArray<SlotHour>> Parts(params int[][] parts) => [.. parts.Select(hours => Slots(hours))];

    private static ImmutableArray<SlotHour> Slots(params int[] hours) => [.. hours.Select(Slot)];

    private static SlotHour Slot(int hour) => new(TestSilo.Pool, SlotMinutes.Of(TestSilo.Slot(30, 0) + Duration.FromHours(hour)));
}
