using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>Reads the loaded season from the picture in memory, at one instant.</summary>
internal sealed class DemoPicture(SeasonPicture picture, DemoDates dates, Instant now)
{
    private const int HostSeats = 12;

    /// <summary>The hour of the first peak with the most seats taken in the pool, and the number of these seats.</summary>
    public (Instant Start, int Taken) Busiest(PoolId pool) => Peak(DemoFleet.Pools.Single(one => one.Pool.Id == pool).Pool)
        .Select(slot => (slot.Start, Taken: slot.View.Capacity - slot.View.Free)).MaxBy(slot => slot.Taken);

    /// <summary>Number of hours of the first peak, over all pools, that offer seats and have no free seat.</summary>
    public int FullHours() => DemoFleet.Pools.Sum(pool => Peak(pool.Pool).Count(slot => slot.View is { Capacity: > 0, Free: <= 0 }));

    /// <summary>
    /// The school of the printed keys, and a block with free seats that the school can book. The block is after the first peak, where no fair share applies.
    /// </summary>
    public (DemoSchool School, BookingWish Free) Host(ImmutableArray<DemoSchool> schools)
    {
        var day = dates.FirstPeakTo.PlusDays(4);
        while (!DemoDates.IsSchoolDay(day))
            day = day.PlusDays(1);
        foreach (var school in schools.Where(school => school.Institution is { Onboarding: Onboarding.Complete, LabSeats: >= 40, Zone.Id: "America/Toronto" }))
        {
            var pack = school.Packs.FirstOrDefault(pack => pack is { Programme: "MOS", Quantity: >= 1500 } && pack.PurchasedOn.PlusYears(1) > day);
            var exam = DemoExams.Programmes[0].Exams[1];
            var pool = school.Pools["office"][0].Pool;
            var start = DemoFleet.StartFrom(pool, day, 10, school.Institution.Zone);
            if (pack is not null && Look(pool, start).Free >= HostSeats)
                return (school, new() { Exam = exam.Id, Pool = pool.Id, Start = start, Seats = HostSeats, Mode = DeliveryMode.Lab, Reference = "class 10B" });
        }

        throw new InvalidOperationException("The demonstration season has no school with a free hour: its seed or its dates are unusual.");
    }

    private IEnumerable<(Instant Start, SlotView View)> Peak(Pool pool)
    {
        var from = pool.Zone.AtStartOfDay(dates.FirstPeakFrom).ToInstant();
        var to = pool.Zone.AtStartOfDay(dates.FirstPeakTo.PlusDays(1)).ToInstant();
        return pool.Grid.Starts(from, to).Select(start => (start, Look(pool, start)));
    }

    private SlotView Look(Pool pool, Instant start) => picture.Look(new(pool.Id, SlotMinutes.Of(start)), now);
}
