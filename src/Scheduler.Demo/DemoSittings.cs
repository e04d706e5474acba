using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>Draws the sitting of one class: its size, mode, pool, accommodations and name.</summary>
internal static class DemoSittings
{
    private static readonly double[] _nearestFirst = [0.75, 0.25];

    public static BookingWish Wish(DemoSchool school, Exam exam, LocalDate day, int hour, DemoDice dice)
    {
        var institution = school.Institution;
        var image = DemoExams.Programmes.Single(programme => programme.Name == exam.Programme).Image;
        var pools = school.Pools[image];
        var pool = pools[Math.Min(dice.Weighted(_nearestFirst), pools.Length - 1)].Pool;
        // Some schools ask for online exams before a proctor is trained or the set-up is checked. These requests are refused.
        var mode = exam.Modes.Length > 1 && dice.Happens(institution.Proctors > 0 ? 0.28 : 0.03) ? DeliveryMode.Online : DeliveryMode.Lab;
        var most = mode == DeliveryMode.Lab ? institution.LabSeats : Math.Max(20, institution.Proctors * Policy.Default.CandidatesPerProctor);
        // The size of a class is log-normal with a median of 25. Schools plan classes for their rooms, so only a few classes are larger than the school can
        // seat.
        var seats = Math.Clamp((int)Math.Round(dice.LogNormal(25, 0.35)), 4, dice.Happens(0.02) ? most + 6 : most);
        return new()
        {
            Exam = exam.Id,
            Pool = pool.Id,
            Start = DemoFleet.StartFrom(pool, day, hour, institution.Zone),
            Seats = seats,
            Mode = mode,
            Accommodations = Accommodations(seats, dice),
            Reference = Reference(dice),
        };
    }

    private static ImmutableArray<Accommodation> Accommodations(int seats, DemoDice dice)
    {
        if (!dice.Happens(0.3))
            return [];
        var some = new Accommodation(Math.Min(dice.Between(1, 3), seats - 1), dice.Happens(0.6) ? 50 : 25);
        return dice.Happens(0.12) ? [some, new(1, 100)] : [some];
    }

    private static string Reference(DemoDice dice)
    {
        var grade = dice.Between(9, 12).ToString(CultureInfo.InvariantCulture);
        return dice.Fraction() switch
        {
            < 0.6 => $"class {grade}{(char)('A' + dice.Between(0, 5))}",
            < 0.8 => $"grade {grade}, period {dice.Between(1, 5)}",
            < 0.92 => $"BTA3O section {dice.Between(1, 4)}",
            _ => "evening course",
        };
    }
}
