using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// Random values of the domain, for <c>[Property(Arbitrary = [typeof(Generators)])]</c>. They do not shrink, because their parts are small.
/// </summary>
public static class Generators
{
    /// <summary>Zones with odd offsets, half-hour clock changes, changes at midnight, and plain ones.</summary>
    public static readonly ImmutableArray<string> OddZones =
    [
        "America/St_Johns", "America/Toronto", "America/Vancouver", "America/Halifax", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu",
        "Pacific/Chatham", "Pacific/Apia", "Africa/Casablanca", "America/Havana", "Asia/Beirut", "America/Nuuk", "Europe/London", "Antarctica/Troll", "UTC",
    ];

    /// <summary>A zone.</summary>
    public static Gen<DateTimeZone> Zones { get; } = Gen.Elements(OddZones.AsEnumerable()).Select(id => DateTimeZoneProviders.Tzdb[id]);

    /// <summary>A day from 2024 to 2033, with leap days and ends of months more often than at random.</summary>
    public static Gen<LocalDate> Days { get; } = Gen.OneOf(
        Gen.Choose(0, 3652).Select(days => new LocalDate(2024, 1, 1).PlusDays(days)),
        Gen.Elements<LocalDate>(new(2024, 2, 29), new(2028, 2, 29), new(2025, 2, 28), new(2026, 12, 31), new(2027, 3, 1)));

    /// <summary>An instant on a whole second, from 2024 to 2033.</summary>
    public static Gen<Instant> Instants { get; } =
        from day in Days from second in Gen.Choose(0, 86_399) select day.AtMidnight().InUtc().ToInstant() + Duration.FromSeconds(second);

    /// <summary>An exam of 1 to 600 minutes with check-in and reset of up to an hour, often of lengths that just fill an hour.</summary>
    public static Gen<(int Minutes, int CheckIn, int Reset)> ExamLengths { get; } =
        from minutes in Gen.OneOf(Gen.Choose(1, 600), Gen.Elements(50, 60, 90, 100, 110, 120, 170))
        from checkIn in Gen.Elements(0, 5, 10, 60)
        from reset in Gen.Elements(0, 5, 9, 10, 60)
        select (minutes, checkIn, reset);

    /// <summary>Candidates with the extra time of each, in per cent; 0 for none.</summary>
    public static Gen<ImmutableArray<int>> Candidates { get; } =
        from count in Gen.Choose(1, 40)
        from extra in Gen.Elements(0, 0, 0, 1, 7, 25, 33, 50, 100, 300).ArrayOf(count)
        select extra.ToImmutableArray();

    /// <summary>A seat profile of up to five slots.</summary>
    public static Gen<SeatProfile> Profiles { get; } =
        from first in Gen.Choose(1, 60)
        from falls in Gen.Choose(0, 30).ArrayOf(4)
        select ProfileOf(first, falls);

    /// <summary>What a booking was promised under.</summary>
    public static Gen<ExamTerms> Terms { get; } =
        from programme in Gen.Elements("MOS", "ACP", "Zoë's \"own\"")
        from length in ExamLengths
        select new ExamTerms { Programme = programme, Minutes = length.Minutes, CheckInMinutes = length.CheckIn, ResetMinutes = length.Reset };

    /// <summary>A sitting in one of three pools whose grids lie half an hour apart, on one of two days, so that sittings often overlap.</summary>
    public static Gen<Sitting> Sittings { get; } =
        from pool in Gen.Elements("whole", "half", "other")
        from hour in Gen.Choose(0, 40)
        from profile in Profiles
        from mode in Gen.Elements(DeliveryMode.Lab, DeliveryMode.Online)
        from terms in Terms
        select new Sitting
        {
            Institution = InstitutionId.Of("school"),
            Exam = ExamId.Of("exam"),
            Terms = terms,
            Pool = PoolId.Of(pool),
            Start = Instant.FromUtc(2027, 3, 1, 0, pool == "half" ? 30 : 0) + Duration.FromHours(hour),
            Seats = profile[0],
            Profile = profile,
            Mode = mode,
        };

    /// <summary>Packs of two programmes, some of them used up, bought around the days of <see cref="Days"/>.</summary>
    public static Gen<ImmutableArray<Pack>> Packs { get; } =
        (from programme in Gen.Elements("MOS", "MOS", "ACP")
         from quantity in Gen.Choose(1, 20)
         from taken in Gen.Choose(0, 20)
         from day in Gen.OneOf(Days, Gen.Choose(0, 800).Select(days => new LocalDate(2027, 1, 1).PlusDays(days)))
         select new Pack(PackId.New(), programme, quantity, day, Math.Min(quantity, taken))).ListOf().Select(packs => packs.ToImmutableArray());

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<DateTimeZone> Zone() => Zones.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<LocalDate> Day() => Days.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<Instant> Moment() => Instants.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<SeatProfile> Profile() => Profiles.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<Sitting> AnySitting() => Sittings.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<ExamTerms> AnyTerms() => Terms.ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<ImmutableArray<Sitting>> AnySittings() => Sittings.ListOf().Select(sittings => sittings.ToImmutableArray()).ToArbitrary();

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<ImmutableArray<Pack>> AnyPacks() => Packs.ToArbitrary();

    /// <summary>For <c>[Property]</c>: extra time of each candidate.</summary>
    public static Arbitrary<ImmutableArray<int>> AnyCandidates() => Candidates.ToArbitrary();

    /// <summary>For <c>[Property]</c>: minutes, check-in and reset of an exam.</summary>
    public static Arbitrary<(int Minutes, int CheckIn, int Reset)> AnyExamLength() => ExamLengths.ToArbitrary();

    private static SeatProfile ProfileOf(int first, int[] falls)
    {
        var seats = ImmutableArray.Create(first);
        foreach (var fall in falls)
        {
            if (seats[^1] > fall)
                seats = seats.Add(seats[^1] - fall);
            else
                break;
        }

        return new(seats);
    }
}
