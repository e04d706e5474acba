using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The days of every offered pool, counted from the picture in memory: no grain and no database is asked. Seats, closures and the dates of R2 and R16 count.
/// The rules of an institution (readiness, proctors, vouchers, fair share) do not: a check of a block has them.
/// </summary>
internal sealed class SeasonSummary(SeasonPicture picture, Catalogue catalogue, DateTimeZone zone, Instant now)
{
    /// <summary>The days of one pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="from">The first day, in the zone of the summary.</param>
    /// <param name="days">The number of days.</param>
    /// <param name="profile">The seats of a block; an empty profile counts the hours with a free seat.</param>
    public ImmutableArray<SeasonDay> Days(Pool pool, LocalDate from, int days, SeatProfile profile)
    {
        var slots = pool.Retired is null ? picture.Pool(pool.Id) : null;
        var (begin, end) = (zone.AtStartOfDay(from).ToInstant(), zone.AtStartOfDay(from.PlusDays(days)).ToInstant());
        var sums = new Sum[days];
        foreach (var start in pool.Grid.Starts(begin, end))
        {
            ref var sum = ref sums[Period.DaysBetween(from, LeadTime.Day(start, zone))];
            var minutes = SlotMinutes.Of(start);
            var view = slots?.Look(minutes, now) ?? default;
            if (view.Capacity == 0)
                continue;
            sum.Capacity += view.Capacity;
            sum.Free += Math.Max(0, view.Free);
            if (start <= now)
                continue;
            sum.IsToCome = true;
            sum.Starts += HasRoom(slots!, minutes, profile) ? 1 : 0;
        }

        var reasons = new DayReasons(catalogue, zone, now);
        var made = ImmutableArray.CreateBuilder<SeasonDay>(days);
        for (var k = 0; k < days; k++)
        {
            var date = from.PlusDays(k);
            var reason = sums[k].Capacity == 0 ? "closed"
                : !sums[k].IsToCome ? "past"
                : reasons.At(zone.AtStartOfDay(date).ToInstant()) ?? (sums[k].Free == 0 ? "full" : null);
            made.Add(new(date, sums[k].Capacity, sums[k].Free, reason is null or "collecting" ? sums[k].Starts : 0, reason));
        }

        return made.MoveToImmutable();
    }

    private bool HasRoom(PoolPicture slots, int minutes, SeatProfile profile)
    {
        for (var k = 0; k < Math.Max(1, profile.Slots); k++)
        {
            var view = slots.Look(minutes + (k * SlotHour.LengthMinutes), now);
            if (view.Capacity == 0 || view.Free < Math.Max(1, profile[k]))
                return false;
        }

        return true;
    }

    private struct Sum
    {
        public int Capacity;
        public int Free;
        public int Starts;
        public bool IsToCome;
    }
}
