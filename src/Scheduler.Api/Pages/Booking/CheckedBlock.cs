using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>A block that somebody asked for: whether it fits now, what fits near it, and what waiting for it would mean.</summary>
internal sealed record CheckedBlock
{
    private const int Shown = 3;

    public required AvailabilityAddress Address { get; init; }

    public required Institution School { get; init; }

    public required Pool Pool { get; init; }

    public required Exam Exam { get; init; }

    public required BookingWish Wish { get; init; }

    public required SeatProfile Profile { get; init; }

    public required BlockCheckAnswer Answer { get; init; }

    /// <summary>Whether an operator may override the rule that refuses the block.</summary>
    public bool CanOverride { get; init; }

    /// <summary>What refuses the block also when an operator overrides; null when an override would do.</summary>
    public Refusal? WhyNotOverridden { get; init; }

    /// <summary>The nearest starts that fit.</summary>
    public required ImmutableArray<NearbyStart> Nearby { get; init; }

    /// <summary>How many starts fit on the local days from <see cref="NearFrom"/> to <see cref="NearTo"/>.</summary>
    public required int NearCount { get; init; }

    public required LocalDate NearFrom { get; init; }

    public required LocalDate NearTo { get; init; }

    /// <summary>Entries that wait for the block already, and their seats.</summary>
    public required (int Entries, int Seats) Ahead { get; init; }

    /// <summary>The entries by which the school itself waits for the block with the same exam, each with its place in the row and its seats.</summary>
    public required ImmutableArray<(RequestId Id, int Place, int Seats)> Own { get; init; }

    /// <summary>What all schools together ask of each hour, when seats are missing or the season takes requests only.</summary>
    public required ImmutableArray<AskedHour> Asked { get; init; }

    /// <summary>The last day on which the waitlist could still book the block.</summary>
    public required LocalDate WaitsUntil { get; init; }

    /// <summary>The window that a flexible request near the start would have; null when no day of it can be booked.</summary>
    public required RequestWindow? Window { get; init; }

    public DateTimeZone Zone => School.Zone;

    /// <summary>Null when the address does not say what to check, or names what is out of reach.</summary>
    public static async Task<CheckedBlock?> Read(PageContext page, AvailabilityAddress asked)
    {
        var (address, moved) = await AvailabilityQuery.ReadMove(page, asked);
        if (AvailabilityQuery.School(page, address) is not { } school || address is not { Pool: { } poolId, Start: { } start }
            || address.Need.Wish(poolId, start) is not { } wish || start < SlotGrid.Earliest || start > SlotGrid.Latest)
            return null;
        var pool = page.Catalogue.Pools[poolId].Value;
        var answer = await page.Api.Queue(school.Id).Check(new(wish, Moves: moved?.Id.Value), page.Http.RequestAborted);
        if (answer is null)
            return null;
        var grid = await NearGrid(page, school, pool, address, start, moved);
        ImmutableArray<NearbyStart> nearby = [.. NearbyStart.Of(grid, address.Need.Profile, start, school.Zone)];
        var day = LeadTime.Day(start, school.Zone);
        var ahead = await page.Api.Ledger.Read.QueuedRequests(poolId, start, start + Duration.FromMinutes(1), page.Http.RequestAborted);
        var canOverride = page.Who.Role == Role.Operator && OverrideReason.Lifts(answer.WhyNot);
        return new()
        {
            CanOverride = canOverride,
            WhyNotOverridden = canOverride ? await OverrideReason.Rest(page, school.Id, wish, moved?.Id) : null,
            Address = address,
            School = school,
            Pool = pool,
            Exam = address.Need.Exam!,
            Wish = wish,
            Profile = address.Need.Profile,
            Answer = answer,
            Nearby = [.. nearby.Take(Shown)],
            NearFrom = day.PlusDays(-1),
            NearTo = day.PlusDays(1),
            NearCount = nearby.Count(one => Math.Abs(LeadTime.Days(day, LeadTime.Day(one.Start, school.Zone))) <= 1),
            Ahead = (ahead.Length, ahead.Sum(entry => entry.Seats)),
            Own =
            [
                .. ahead.Select((entry, k) => (Entry: entry, Place: k + 1)).Where(one => one.Entry.Institution == school.Id && one.Entry.Exam == wish.Exam)
                    .Select(one => (one.Entry.Id, one.Place, one.Entry.Seats)),
            ],
            Asked = answer.WhyNot is Refusal.SlotFull or Refusal.Collecting
                ? (await AskedSeats.Read(page, poolId, start, SlotGrid.End(start, address.Need.Profile.Slots))).Of(start, address.Need.Profile)
                : [],
            Window = WindowAround(page, school, grid, day),
            WaitsUntil = day.PlusDays(-ShortestNotice(page.Catalogue, school)),
        };
    }

    private static Task<SlotGridView> NearGrid(PageContext page, Institution school, Pool pool, AvailabilityAddress address, Instant start, Booking? moved)
    {
        var day = LeadTime.Day(start, school.Zone);
        return new SeatsReading(page, school).Fits(
            pool, day.PlusDays(-Limits.AlternativeDays), (2 * Limits.AlternativeDays) + 1, address.Need, null, moved);
    }

    /// <summary>School days from a week before to a week after the day, in the hours of the pool, and not before the earliest day.</summary>
    private static RequestWindow? WindowAround(PageContext page, Institution school, SlotGridView grid, LocalDate day)
    {
        var open = grid.Days.Where(one => one.OpensAt is not null).ToList();
        var today = LeadTime.Day(page.Now, school.Zone);
        if (open.Count == 0 || LeadTime.EarliestDate(today, page.Catalogue.Calendar, page.Catalogue.Policy.Value) is not { } earliest)
            return null;
        var from = LocalDate.Max(earliest, day.PlusDays(-Limits.AlternativeDays));
        var to = day.PlusDays(Limits.AlternativeDays);
        var opens = open.Min(one => one.OpensAt!.Value.Hour) * 60;
        // A pool that is open until midnight closes at 00:00 of the next day.
        var closes = open.Max(one => one.ClosesAt!.Value == LocalTime.Midnight ? MinuteOfDay.Last : one.ClosesAt.Value.Hour * 60);
        return from <= to && opens < closes ? new(from, to, WindowFields.SchoolDays, opens, closes) : null;
    }

    private static int ShortestNotice(Catalogue catalogue, Institution school) =>
        Math.Min(catalogue.Policy.Value.LeadTimeDays, school.ShortNoticeDays ?? int.MaxValue);
}
