using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Looks at the loaded season through the picture in memory.</summary>
internal static class DemoPicture
{
    /// <summary>The hour of the first peak in which the pool has most seats taken.</summary>
    public static (int Minutes, int Taken) Busiest(SeasonPicture picture, PoolId pool, DemoDates dates) =>
        Peak(picture, DemoFleet.Pools.Single(one => one.Pool.Id == pool).Pool, dates).Select(slot => (slot.Minutes, slot.Taken)).MaxBy(slot => slot.Taken);

    /// <summary>Hours of the first peak, over all pools, that offer seats and have none left.</summary>
    public static int FullHours(SeasonPicture picture, DemoDates dates) =>
        DemoFleet.Pools.Sum(pool => Peak(picture, pool.Pool, dates).Count(slot => slot.Capacity > 0 && slot.Taken >= slot.Capacity));

    /// <summary>Seats short, by the answer to a forced exception.</summary>
    public static int ShortSeats(Answer forced)
    {
        using var body = JsonDocument.Parse(forced.Body!);
        return body.RootElement.GetProperty("shortfall").EnumerateArray().Sum(slot => slot.GetProperty("seats").GetInt32());
    }

    /// <summary>A school through which everybody can walk in, and an hour with room that it can book: after the first peak, where no share binds.</summary>
    public static (DemoSchool School, BookingWish Free) Host(SeasonPicture picture, ImmutableArray<DemoSchool> schools, DemoDates dates)
    {
        const int seats = 12;
        var day = dates.FirstPeakTo.PlusDays(4);
        while (!DemoDates.IsSchoolDay(day))
            day = day.PlusDays(1);
        foreach (var school in schools.Where(school => school.Institution is { Onboarding: Onboarding.Complete, LabSeats: >= 40, Zone.Id: "America/Toronto" }))
        {
            var pack = school.Packs.FirstOrDefault(pack => pack is { Programme: "MOS", Quantity: >= 1500 } && pack.PurchasedOn.PlusYears(1) > day);
            var exam = DemoExams.Programmes[0].Exams[1];
            var pool = school.Pools["office"][0].Pool;
            var start = DemoFleet.StartFrom(pool, day, 10, school.Institution.Zone);
            if (pack is not null && picture.TryGet(new(pool.Id, SlotMinutes.Of(start)), out var capacity, out var taken) && capacity - taken >= seats)
                return (school, new() { Exam = exam.Id, Pool = pool.Id, Start = start, Seats = seats, Mode = DeliveryMode.Lab, Reference = "class 10B" });
        }

        throw new InvalidOperationException("The demonstration season has no school with a free hour: its seed or its dates are out of the ordinary.");
    }

    private static IEnumerable<(int Minutes, int Capacity, int Taken)> Peak(SeasonPicture picture, Pool pool, DemoDates dates)
    {
        var from = pool.Zone.AtStartOfDay(dates.FirstPeakFrom).ToInstant();
        var to = pool.Zone.AtStartOfDay(dates.FirstPeakTo.PlusDays(1)).ToInstant();
        foreach (var start in pool.Grid.Starts(from, to))
        {
            var minutes = SlotMinutes.Of(start);
            if (picture.TryGet(new(pool.Id, minutes), out var capacity, out var taken))
                yield return (minutes, capacity, taken);
        }
    }
}
