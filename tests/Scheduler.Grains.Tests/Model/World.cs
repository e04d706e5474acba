using NodaTime;
using NodaTime.Text;

namespace Scheduler.Tests.Model;

/// <summary>
/// A model of the rules in domain.md, counted by hand: every question sums over all bookings and holds, hour by hour and voucher by voucher. The model is slow,
/// and shares no code with production.
/// </summary>
public sealed partial class World
{
    public Dictionary<string, DateTimeZone> Pools { get; } = [];

    public Dictionary<string, ModelExam> Exams { get; } = [];

    public Dictionary<string, ModelSchool> Schools { get; } = [];

    public Dictionary<string, ModelSeason> Seasons { get; } = [];

    public Dictionary<(string Pool, Instant Start), int> Capacity { get; } = [];

    public Dictionary<Guid, ModelBooking> Bookings { get; } = [];

    public Dictionary<Guid, ModelHold> Holds { get; } = [];

    public Dictionary<Guid, ModelRequest> Requests { get; } = [];

    public ModelPolicy Policy { get; set; } = new();

    public Instant Now { get; set; }

    public bool IsLive(ModelHold hold) => hold.Status == "held" && Now < hold.ExpiresAt;

    public static LocalDate Day(Instant instant, DateTimeZone zone) => instant.InZone(zone).LocalDateTime.Date;

    public bool IsStart(string pool, Instant instant)
    {
        var local = instant.InZone(Pools[pool]).LocalDateTime;
        return local.Minute == 0 && local.Second == 0 && local.NanosecondOfSecond == 0;
    }

    /// <summary>Seats of bookings and live holds.</summary>
    public int Taken(string pool, Instant hour, string? school = null, object? without = null) => All(without)
        .Where(seating => school is null || seating.School == school)
        .Sum(seating => seating.SeatsAt(pool, hour));

    public int CapacityAt(string pool, Instant hour) => Capacity.GetValueOrDefault((pool, hour));

    /// <summary>All bookings and live holds, except one.</summary>
    public IEnumerable<Seating> All(object? without) =>
        Bookings.Values.Where(booking => !booking.IsCancelled && booking != without).Select(booking => booking.Seating)
            .Concat(Holds.Values.Where(hold => IsLive(hold) && hold != without).Select(hold => hold.Seating));

    public int[] ProfileOf(ModelExam exam, int seats, (int Candidates, int Extra)[] groups)
    {
        var hours = new List<int>();
        for (var candidate = 0; candidate < seats; candidate++)
        {
            var at = candidate;
            var extra = 0;
            foreach (var group in groups)
            {
                if (at < group.Candidates)
                {
                    extra = group.Extra;
                    break;
                }

                at -= group.Candidates;
            }

            var own = 0;
            while (own * 100 < exam.Minutes * (100 + extra))
                own++;
            hours.Add(0);
            for (var minutes = exam.CheckIn + own + exam.Reset; minutes > 0; minutes -= 60)
                hours[^1]++;
        }

        return [.. Enumerable.Range(0, hours.Max()).Select(k => hours.Count(one => one > k))];
    }

    public int Needed(LocalDate examDay, int? shortNotice)
    {
        var needed = Policy.LeadTime;
        foreach (var season in Seasons.Values)
        {
            for (var day = season.From; day <= season.To; day = day.PlusDays(1))
            {
                if (day == examDay)
                    needed = Math.Max(needed, season.LeadTime);
            }
        }

        return shortNotice is { } own && own < needed ? own : needed;
    }

    public static int DaysBetween(LocalDate from, LocalDate to)
    {
        var days = 0;
        for (; from < to; from = from.PlusDays(1))
            days++;
        for (; from > to; from = from.PlusDays(-1))
            days--;
        return days;
    }

    public ModelRefusal? Dates(Seating wish, int? shortNotice)
    {
        if (wish.Start <= Now)
            return new(422, "past");
        var zone = Schools[wish.School].Zone;
        var today = Day(Now, zone);
        var given = DaysBetween(today, Day(wish.Start, zone));
        if (given > Policy.Horizon)
            return new(422, "horizon", ("daysGiven", $"{given}"));
        var needed = Needed(Day(wish.Start, zone), shortNotice);
        if (given >= needed || wish.Reason is not null)
            return null;
        var earliest = today;
        while (DaysBetween(today, earliest) < Needed(earliest, shortNotice))
            earliest = earliest.PlusDays(1);
        return new(422, "lead_time", ("daysGiven", $"{given}"), ("daysNeeded", $"{needed}"), ("earliestDate", $"\"{LocalDatePattern.Iso.Format(earliest)}\""));
    }

    private ModelRefusal? Named(Seating wish)
    {
        if (!Exams.TryGetValue(wish.Exam, out var exam))
            return new(404, "unknown_exam");
        if (!Pools.ContainsKey(wish.Pool))
            return new(404, "unknown_pool");
        if (Gone(wish) is { } gone)
            return gone;
        if (!exam.Pools.Contains(wish.Pool))
            return new(422, "pool_cannot_serve_exam");
        return (wish.Online ? exam.Online : exam.Lab) ? null : new(422, "mode_not_offered");
    }

    private ModelRefusal? OnGrid(Seating wish) =>
        Enumerable.Range(0, wish.Profile.Length).All(k => IsStart(wish.Pool, wish.Hour(k))) ? null : new(422, "not_on_slot");

    private ModelRefusal? Ready(Seating wish)
    {
        var school = Schools[wish.School];
        List<string> open = [];
        if (!school.Agreement)
            open.Add("\"agreement\"");
        if (!wish.Online && !school.ItLab)
            open.Add("\"itLab\"");
        if (wish.Online && school.Proctors == 0)
            open.Add("\"proctors\"");
        return open.Count == 0 ? null : new(422, "not_ready", ("open", $"[{string.Join(',', open)}]"));
    }

    private ModelRefusal? Collecting(Seating wish)
    {
        var day = Day(wish.Start, Schools[wish.School].Zone);
        return Seasons.Values.Any(season => season.From <= day && day <= season.To && season.CollectUntil > Now) ? new(422, "collecting") : null;
    }

    /// <summary>Goes through the block by quarter hours and counts the school's candidates at that time, in all pools.</summary>
    private ModelRefusal? Supervision(Seating wish, int[] before, object? without)
    {
        var school = Schools[wish.School];
        var limit = wish.Online ? school.Proctors * Policy.PerProctor : school.LabSeats;
        var others = All(without).Where(seating => seating.School == wish.School && seating.Online == wish.Online).ToList();
        var fits = true;
        var free = int.MaxValue;
        for (var k = 0; k < wish.Profile.Length; k++)
        {
            for (var quarter = 0; quarter < 4; quarter++)
            {
                var at = wish.Hour(k) + Duration.FromMinutes(15 * quarter);
                var sitting = others.Sum(other => Enumerable.Range(0, other.Profile.Length)
                    .Where(h => other.Hour(h) <= at && at < other.Hour(h + 1)).Sum(h => other.Profile[h]));
                free = Math.Min(free, Math.Max(0, limit - sitting));
                if (sitting + wish.Profile[k] > limit && wish.Profile[k] > before.ElementAtOrDefault(k))
                    fits = false;
            }
        }

        return fits ? null
            : wish.Online ? new(422, "proctors_exceeded", ("proctors", $"{school.Proctors}"), ("candidatesFree", $"{free}"))
            : new(422, "lab_seats_exceeded", ("labSeats", $"{school.LabSeats}"), ("candidatesFree", $"{free}"));
    }

    public int Remaining(ModelPack pack, object? without = null) =>
        pack.Quantity - pack.Spent - All(without).Sum(seating => seating.Draws.Where(draw => draw.Pack == pack.Id).Sum(draw => draw.Count));

    /// <summary>Takes one voucher after the other, each from the pack that ends first.</summary>
    public List<(Guid Pack, int Count)>? Draw(Seating wish, object? without, IReadOnlyDictionary<Guid, int> spent, out int missing)
    {
        var day = Day(wish.Start, Schools[wish.School].Zone);
        var left = Schools[wish.School].Packs
            .Where(pack => pack.Programme == Exams[wish.Exam].Programme && pack.PurchasedOn <= day && day <= pack.PurchasedOn.PlusYears(1))
            .OrderBy(pack => pack.PurchasedOn.PlusYears(1)).ThenBy(pack => pack.Id)
            .Select(pack => (pack.Id, Left: Remaining(pack, without) - spent.GetValueOrDefault(pack.Id))).ToList();
        List<(Guid Pack, int Count)> draws = [];
        missing = wish.Seats;
        foreach (var (id, there) in left)
        {
            var count = Math.Min(missing, Math.Max(0, there));
            if (count > 0)
                draws.Add((id, count));
            missing -= count;
        }

        return missing == 0 ? draws : null;
    }

    /// <summary>Closed, full, fair share, in this order. Seats that the booking already has are not checked.</summary>
    private ModelRefusal? Slots(Seating wish, Seating? own, object? without)
    {
        var adds = Enumerable.Range(0, wish.Profile.Length).Where(k => wish.Profile[k] > (own?.SeatsAt(wish.Pool, wish.Hour(k)) ?? 0)).ToList();
        if (adds.Any(k => CapacityAt(wish.Pool, wish.Hour(k)) == 0))
            return new(422, "closed");
        var free = Enumerable.Range(0, wish.Profile.Length)
            .Select(k => Math.Max(0, CapacityAt(wish.Pool, wish.Hour(k)) - Taken(wish.Pool, wish.Hour(k), without: without))).ToArray();
        if (adds.Any(k => wish.Profile[k] > free[k]))
        {
            var missing = Enumerable.Range(0, wish.Profile.Length).Select(k => adds.Contains(k) ? Math.Max(0, wish.Profile[k] - free[k]) : 0);
            return new(409, "slot_full", ("freeSeats", $"[{string.Join(',', free)}]"), ("missing", $"[{string.Join(',', missing)}]"));
        }

        return null;
    }

    /// <summary>R12. A reschedule is checked in all its slots; a resize in the slots where it adds seats.</summary>
    private ModelRefusal? Share(Seating wish, int[] before, object? without)
    {
        var zone = Schools[wish.School].Zone;
        var day = Day(wish.Start, zone);
        var shares = Seasons.Values.Where(season => season.From <= day && day <= season.To).Select(season => season.Share).ToList();
        if (wish.Reason is not null || shares.Count == 0 || DaysBetween(Day(Now, zone), day) <= Needed(day, null) + Policy.Lift)
            return null;
        for (var k = 0; k < wish.Profile.Length; k++)
        {
            var allowed = 0;
            while (allowed < shares.Min() * CapacityAt(wish.Pool, wish.Hour(k)))
                allowed++;
            var has = Taken(wish.Pool, wish.Hour(k), wish.School, without);
            if (wish.Profile[k] > before.ElementAtOrDefault(k) && has + wish.Profile[k] > allowed)
                return new(422, "fair_share", ("seatsAllowed", $"{allowed}"), ("seatsHeld", $"{has}"));
        }

        return null;
    }
}
