using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>R5: how many slots an exam takes, and how many seats a booking takes in each slot.</summary>
public static class BlockLength
{
    /// <summary>
    /// ⌈(check-in + ⌈minutes × (100 + extra) / 100⌉ + reset) / 60⌉; the minutes of the terms with the extra time are rounded up to whole minutes before
    /// check-in and
    /// reset are added.
    /// </summary>
    public static int Slots(ExamTerms terms, int extraTimePercent)
    {
        var minutes = (long)terms.CheckInMinutes + ExamMinutes(terms, extraTimePercent) + terms.ResetMinutes;
        return (int)CeilingOf(minutes, SlotHour.LengthMinutes);
    }

    /// <summary>Minutes of the exam with extra time, rounded up to whole minutes.</summary>
    public static int ExamMinutes(ExamTerms terms, int extraTimePercent) => (int)CeilingOf((long)terms.Minutes * (100 + extraTimePercent), 100);

    /// <summary>
    /// The seat profile of a booking: all candidates in the slots of the exam without extra time, then only the candidates whose extra time needs more slots.
    /// <paramref name="seats"/> counts all candidates. The candidates in <paramref name="accommodations"/> must not be more than that (checked when the wish is
    /// parsed); otherwise throws <see cref="ArgumentOutOfRangeException"/>.
    /// </summary>
    public static SeatProfile Profile(ExamTerms terms, int seats, ImmutableArray<Accommodation> accommodations)
    {
        var accommodated = 0;
        var longest = 0;
        foreach (var group in accommodations)
        {
            accommodated += group.Candidates;
            if (group.Candidates > 0)
                longest = Math.Max(longest, Slots(terms, group.ExtraTimePercent));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(accommodated, seats);
        var plain = seats - accommodated;
        if (plain > 0)
            longest = Math.Max(longest, Slots(terms, 0));
        var profile = new int[longest];
        Add(profile, Slots(terms, 0), plain);
        foreach (var group in accommodations)
            Add(profile, Slots(terms, group.ExtraTimePercent), group.Candidates);
        return new(ImmutableArray.Create(profile));
    }

    private static void Add(int[] profile, int slots, int candidates)
    {
        for (var k = 0; k < slots && candidates > 0; k++)
            profile[k] += candidates;
    }

    private static long CeilingOf(long value, long by) => (value + by - 1) / by;
}
