using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>The random wishes of a walk, and the comparisons of the silo with the model.</summary>
public sealed partial class Walk
{
    private Seating Wish()
    {
        var exam = _random.GetItems([.. _world.Exams.Values], 1)[0];
        var pool = _random.Next(12) == 0 ? _random.GetItems([.. _world.Pools.Keys], 1)[0] : _random.GetItems(exam.Pools, 1)[0];
        var seats = _random.Next(1, 8);
        return new()
        {
            School = _random.GetItems([.. _world.Schools.Keys], 1)[0],
            Exam = _random.Next(60) == 0 ? "nothing" : exam.Id,
            Pool = _random.Next(60) == 0 ? "nowhere" : pool,
            Start = Start(pool, null),
            Seats = seats,
            Online = _random.Next(3) == 0,
            Extra = Groups(seats) ?? [],
            Reason = Reason(),
        };
    }

    /// <summary>Mostly a few popular hours between the shortest and the longest notice; at times off the grid, past or far away.</summary>
    private Instant Start(string pool, Instant? near)
    {
        if (near is { } old && _random.Next(2) == 0)
            return old + Duration.FromHours(_random.Next(-2, 3));
        var dice = _random.Next(40);
        var days = dice switch { 0 => -1, 1 => _random.Next(0, 9), 2 => _random.Next(70, 100), < 8 => _random.Next(9, 30), _ => 15 + (_random.Next(4) * 3) };
        var hour = _random.Next(20) == 0 ? _random.Next(24) : 9 + _random.Next(4);
        var local = World.Day(_world.Now, _world.Pools[pool]).PlusDays(days).AtMidnight().PlusHours(hour);
        var start = local.InZoneLeniently(_world.Pools[pool]).ToInstant();
        return _random.Next(40) == 0 ? start + Duration.FromMinutes(30) : start;
    }

    private (int Candidates, int Extra)[]? Groups(int seats)
    {
        if (seats < 2 || _random.Next(3) > 0)
            return [];
        var first = _random.Next(1, seats);
        return _random.Next(2) == 0 ? [(first, _random.Next(1, 101))] : [(first, 50), (Math.Min(1, seats - first), 150)];
    }

    private string? Reason() => _random.Next(12) == 0 ? "an operator's reason" : null;

    /// <summary>One of all, mostly one of the likely.</summary>
    private T? Any<T>(IEnumerable<T> all, Func<T, bool> likely)
    {
        var some = all.ToList();
        var good = some.Where(likely).ToList();
        if (good.Count > 0 && _random.Next(6) > 0)
            some = good;
        return some.Count == 0 ? default : some[_random.Next(some.Count)];
    }

    private static BookingWish Wish(Seating wish) => new()
    {
        Exam = ExamId.Of(wish.Exam),
        Pool = PoolId.Of(wish.Pool),
        Start = wish.Start,
        Seats = wish.Seats,
        Mode = wish.Online ? DeliveryMode.Online : DeliveryMode.Lab,
        Accommodations = [.. wish.Extra.Select(group => new Accommodation(group.Candidates, group.Extra))],
        OverrideReason = wish.Reason,
    };

    private static List<(string Pool, Instant Hour)> Hours(Seating seating) =>
        [.. Enumerable.Range(0, seating.Profile.Length).Select(k => (seating.Pool, seating.Hour(k)))];

    private void Spend(string school, Dictionary<Guid, int> spent)
    {
        foreach (var (pack, count) in spent)
            _world.Schools[school].Packs.Single(one => one.Id == pack).Spent += count;
    }

    private void Count(string what)
    {
        _log.Add($"{_step} {what}");
        Tally[what] = Tally.GetValueOrDefault(what) + 1;
    }

    /// <summary>Compares the refusals, and says whether there was one. A refused command changes nothing.</summary>
    private async Task<bool> Refused<T>(string what, Seating wish, ModelRefusal? refusal, CommandResult<T> answer, ModelBooking? moving = null)
        where T : Snapshot
    {
        var verb = what.Split(' ')[0];
        _log.Add($"{_step} {what}: {wish.School} {wish.Exam} {wish.Pool} {wish.Start} {wish.Seats}{(wish.Online ? " online" : "")} "
            + $"[{string.Join(' ', wish.Extra)}] {wish.Reason} → {refusal?.Code ?? "ok"}; silo {ValueText.Of(answer)}");
        Count($"{verb} {refusal?.Code ?? "ok"}");
        if (refusal is null)
        {
            TestSilo.IsDone(answer).ShouldBeTrue($"the model accepts, the grain answers {ValueText.Of(answer)}");
            return false;
        }

        var why = answer.ShouldBeOfType<CommandResult<T>.Refused>($"the model refuses with {refusal.Code}, the grain answers {ValueText.Of(answer)}").Why;
        why.Code.ShouldBe(refusal.Code);
        foreach (var (name, json) in refusal.Figures)
            Figures.Of(why, name).ShouldBe(json, $"{refusal.Code}.{name}");
        if (why is Refusal.SlotFull full && verb is "book" or "hold" or "reschedule")
            CheckAlternatives(verb, wish, full, moving);
        if (wish.Profile.Length > 0)
            await Compare(wish);
        return true;
    }

    /// <summary>Each alternative can be booked now, the nearest of the same day come first, and none that the model finds is missing.</summary>
    private void CheckAlternatives(string verb, Seating wish, Refusal.SlotFull full, ModelBooking? moving)
    {
        bool Fits(Instant start) => (moving is null
            ? _world.Ask(wish with { Start = start }, verb == "hold", false, out _)
            : _world.Move(moving, start, null, out _)) is null;
        var asked = moving is null ? wish.Start : (Instant?)null;
        var offered = full.Alternatives.Select(one => one.Start).ToList();
        if (moving is null)
            offered.Where(start => !Fits(start)).ShouldBeEmpty();
        if (asked is not { } block)
            return;
        var zone = _world.Schools[wish.School].Zone;
        var all = Enumerable.Range(-7 * 48, (14 * 48) + 1).Select(k => block + Duration.FromMinutes(30 * k))
            .Where(start => start != block && Fits(start))
            .OrderBy(start => World.Day(start, zone) == World.Day(block, zone) ? 0 : 1)
            .ThenBy(start => Math.Abs((start - block).TotalMinutes)).ThenBy(start => start)
            .Take(5).ToList();
        offered.ShouldBe(all);
    }

    /// <summary>Availability for a need says what the model answers to a booking of the wish, for a wish without an override at a start of the pool.</summary>
    private async Task CheckNeed(Seating wish, ModelRefusal? refusal)
    {
        if (wish.Reason is not null || !_world.Pools.ContainsKey(wish.Pool) || !_world.IsStart(wish.Pool, wish.Start))
            return;
        var fits = await silo.School(wish.School).Fits(new(Wish(wish), wish.Start, wish.Start + Duration.FromMinutes(1)));
        fits.ShouldNotBeNull().Starts.ShouldHaveSingleItem().WhyNot.ShouldBe(refusal?.Code);
    }

    private void Check(CommandResult<BookingSnapshot> answer, ModelBooking booking)
    {
        var made = TestSilo.Must(answer).Booking;
        var seating = booking.Seating;
        made.Id.Value.ShouldBe(booking.Id);
        made.Sitting.Start.ShouldBe(seating.Start);
        made.Sitting.End.ShouldBe(seating.Hour(seating.Profile.Length));
        made.Sitting.Seats.ShouldBe(seating.Seats);
        made.Sitting.Profile.Seats.ShouldBe(seating.Profile);
        made.Status.ShouldBe(booking.IsCancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed);
        made.Overseen.ShouldBe(booking.Overseen);
        made.Version.ShouldBe(booking.Version);
        made.Sitting.OverrideReason.ShouldBe(seating.Reason);
        made.Attended.ShouldBe(booking.Attended);
        made.Sitting.Vouchers.Select(draw => (draw.Pack.Value, draw.Vouchers)).ShouldBe(seating.Draws);
    }

    /// <summary>Compares what a step changed: its slots, and the waitlist.</summary>
    private async Task Compare(Seating? seating = null)
    {
        foreach (var (pool, hour) in seating is null ? [] : Hours(seating))
            Compare(pool, hour, await silo.Ledger.Read.Slot(new(PoolId.Of(pool), SlotMinutes.Of(hour)), CancellationToken.None));
        foreach (var (request, placed, _) in _world.Placed)
        {
            var row = (await silo.Ledger.Read.Request(new(request.Id), CancellationToken.None))!;
            row.Status.ShouldBe(
                RequestStatus.Placed, $"entry {request.Id} of {placed.School} for {placed.Pool} {placed.Start}, {placed.Seats} seats, is {row.PassedOver}");
            var made = _world.Bookings[request.Id];
            _world.Bookings.Remove(request.Id);
            var booking = new ModelBooking { Id = row.Booking!.Value.Value, Seating = made.Seating, Overseen = made.Overseen };
            _world.Bookings.Add(booking.Id, booking);
            await Compare(booking);
            Count("placed");
        }

        _world.Placed.Clear();
        foreach (var request in _world.Requests.Values.Where(request => request.Status == "queued"))
            await Compare(request);
    }

    private async Task Compare(ModelRequest request)
    {
        var row = (await silo.Ledger.Read.Request(new(request.Id), CancellationToken.None))!;
        row.Status.ToString().ToLowerInvariant()
            .ShouldBe(request.Status, $"entry of {request.Seating.School} for {request.Seating.Pool} {request.Seating.Start}");
        if (request.Status == "queued")
            (row.PassedOver is { } passed ? $"{passed.At} {passed.Why}" : "").ShouldBe(request.PassedOver is { } mine ? $"{mine.At} {mine.Why}" : "");
        if (row.PassedOver is { } why)
            Tally[$"passed over {why.Why}"] = Tally.GetValueOrDefault($"passed over {why.Why}") + 1;
    }

    private async Task Compare(ModelBooking booking)
    {
        var row = (await silo.Ledger.Read.Booking(new(booking.Id), CancellationToken.None))!;
        var seating = booking.Seating;
        row.Sitting.Start.ShouldBe(seating.Start);
        row.Sitting.Profile.ToString().ShouldBe(string.Join(',', seating.Profile));
        (row.Status == BookingStatus.Cancelled).ShouldBe(booking.IsCancelled);
        row.Version.ShouldBe(booking.Version);
        row.Overseen.ShouldBe(booking.Overseen);
        row.Attended.ShouldBe(booking.Attended);
        row.Sitting.Vouchers.Select(draw => (draw.Pack.Value, draw.Vouchers)).ShouldBe(seating.Draws);
    }

    private void Compare(string pool, Instant hour, SlotRow row)
    {
        row.Capacity.ShouldBe(_world.CapacityAt(pool, hour), $"capacity of {pool} {hour}");
        var live = row.Holds.Where(hold => _world.Now < hold.ExpiresAt).Sum(hold => hold.Seats);
        (row.Booked + live).ShouldBe(_world.Taken(pool, hour), $"seats of {pool} {hour}");
        (row.Booked + row.Held).ShouldBeLessThanOrEqualTo(row.Capacity + row.Shortfall);
    }

    /// <summary>Every row of the ledger against the model.</summary>
    private async Task CompareAll()
    {
        foreach (var pool in _world.Capacity.Keys.GroupBy(slot => slot.Pool))
        {
            var slots = pool.Select(slot => new SlotHour(PoolId.Of(pool.Key), SlotMinutes.Of(slot.Start)));
            var rows = await silo.Ledger.Read.Slots([.. slots], CancellationToken.None);
            foreach (var slot in pool)
                Compare(slot.Pool, slot.Start, rows[new(PoolId.Of(slot.Pool), SlotMinutes.Of(slot.Start))]);
        }

        foreach (var booking in _world.Bookings.Values)
            await Compare(booking);
        foreach (var request in _world.Requests.Values)
            await Compare(request);
        foreach (var school in _world.Schools.Values)
        {
            var state = (await silo.Ledger.Read.Institution(InstitutionId.Of(school.Id), _world.Now, 0, CancellationToken.None)).State.At(_world.Now);
            foreach (var pack in school.Packs)
                state.Packs[new(pack.Id)].Remaining.ShouldBe(_world.Remaining(pack), $"vouchers of {school.Id}");
        }
    }
}
