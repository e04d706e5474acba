using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>What a walk draws, and what it compares.</summary>
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

    /// <summary>Mostly a few hot hours between the shortest and the longest notice; at times off the grid, past or far away.</summary>
    private Instant Start(string pool, Instant? near)
    {
        if (near is { } old && _random.Next(2) == 0)
            return old + Duration.FromHours(_random.Next(-2, 3));
        var dice = _random.Next(40);
        var days = dice switch { 0 => -1, 1 => _random.Next(0, 9), 2 => _random.Next(70, 100), < 8 => _random.Next(9, 30), _ => 15 + (_random.Next(4) * 3) };
        var local = World.Day(_world.Now, _world.Pools[pool]).PlusDays(days).AtMidnight().PlusHours(_random.Next(20) == 0 ? _random.Next(24) : 9 + _random.Next(4));
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

    /// <summary>One of the things, mostly one of the likely.</summary>
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

    private static List<(string Pool, Instant Hour)> Hours(Seating seating) => [.. Enumerable.Range(0, seating.Profile.Length).Select(k => (seating.Pool, seating.Hour(k)))];

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

    /// <summary>Compares a "no", and says whether there was one. Nothing may have changed then.</summary>
    private async Task<bool> Refused(string what, Seating wish, No? no, Answer answer, ModelBooking? moving = null)
    {
        var verb = what.Split(' ')[0];
        _log.Add($"{_step} {what}: {wish.School} {wish.Exam} {wish.Pool} {wish.Start} {wish.Seats}{(wish.Online ? " online" : "")} "
            + $"[{string.Join(' ', wish.Extra)}] {wish.Reason} → {no?.Code ?? "ok"}; house {answer.Status} {answer.Text}");
        Count($"{verb} {no?.Code ?? "ok"}");
        if (no is null)
        {
            answer.IsProblem.ShouldBeFalse($"the model accepts, the house says {answer.Text}");
            return false;
        }

        answer.IsProblem.ShouldBeTrue($"the model says {no.Code}, the house accepts");
        House.Code(answer).ShouldBe(no.Code);
        answer.Status.ShouldBe(no.Status);
        foreach (var (name, json) in no.Figures)
            House.Member(answer, name).GetRawText().ShouldBe(json, $"{no.Code}.{name}");
        if (no.Code == "slot_full" && verb is "book" or "hold" or "reschedule")
            CheckAlternatives(verb, wish, answer, moving);
        if (wish.Profile.Length > 0)
            await Compare(wish);
        return true;
    }

    /// <summary>Each alternative would book now, the nearest of the same day come first, and there is one where the model finds one.</summary>
    private void CheckAlternatives(string verb, Seating wish, Answer answer, ModelBooking? moving)
    {
        if (!answer.Text.Contains("\"alternatives\"", StringComparison.Ordinal))
            return;
        bool Fits(Instant start) => (moving is null
            ? _world.Ask(wish with { Start = start }, verb == "hold", false, out _)
            : _world.Move(moving, start, null, out _)) is null;
        var asked = moving is null ? wish.Start : (Instant?)null;
        var offered = House.Member(answer, "alternatives").EnumerateArray().Select(one => InstantPattern.ExtendedIso.Parse(one.GetProperty("start").GetString()!).Value).ToList();
        if (moving is null)
            offered.Where(start => !Fits(start)).ShouldBeEmpty();
        if (asked is not { } block)
            return;
        var zone = _world.Schools[wish.School].Zone;
        var all = Enumerable.Range(-7 * 48, (14 * 48) + 1).Select(k => block + Duration.FromMinutes(30 * k))
            .Where(start => start != block && Fits(start))
            .OrderBy(start => World.Day(start, zone) == World.Day(block, zone) ? 0 : 1).ThenBy(start => Math.Abs((start - block).TotalMinutes)).ThenBy(start => start)
            .Take(5).ToList();
        offered.ShouldBe(all);
    }

    private void Check(Answer answer, ModelBooking booking, int status)
    {
        var seating = booking.Seating;
        answer.Status.ShouldBe(status);
        House.Member(answer, "id").GetGuid().ShouldBe(booking.Id);
        House.Member(answer, "start").GetString().ShouldBe(InstantPattern.ExtendedIso.Format(seating.Start));
        House.Member(answer, "end").GetString().ShouldBe(InstantPattern.ExtendedIso.Format(seating.Hour(seating.Profile.Length)));
        House.Member(answer, "seats").GetInt32().ShouldBe(seating.Seats);
        House.Member(answer, "seatProfile").GetRawText().ShouldBe($"[{string.Join(',', seating.Profile)}]");
        House.Member(answer, "status").GetString().ShouldBe(booking.IsCancelled ? "cancelled" : "confirmed");
        House.Member(answer, "overseen").GetBoolean().ShouldBe(booking.Overseen);
        House.Member(answer, "version").GetInt32().ShouldBe(booking.Version);
        House.Member(answer, "overrideReason").GetString().ShouldBe(seating.Reason);
        House.Member(answer, "attended").GetRawText().ShouldBe(booking.Attended is { } attended ? $"{attended}" : "null");
        House.Member(answer, "vouchers").EnumerateArray().Select(draw => (draw.GetProperty("pack").GetGuid(), draw.GetProperty("vouchers").GetInt32())).ShouldBe(seating.Draws);
    }

    /// <summary>Compares what a step touched: its slots, and the waitlist.</summary>
    private async Task Compare(Seating? seating = null)
    {
        foreach (var (pool, hour) in seating is null ? [] : Hours(seating))
            Compare(pool, hour, await house.Ledger.Read.Slot(new(PoolId.Of(pool), SlotMinutes.Of(hour))));
        foreach (var (request, placed, _) in _world.Placed)
        {
            var row = (await house.Ledger.Read.Request(new(request.Id)))!;
            row.Status.ShouldBe(RequestStatus.Placed, $"entry {request.Id} of {placed.School} for {placed.Pool} {placed.Start}, {placed.Seats} seats, is {row.PassedOver}");
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
        var row = (await house.Ledger.Read.Request(new(request.Id)))!;
        BookingView.Text(row.Status).ShouldBe(request.Status, $"entry of {request.Seating.School} for {request.Seating.Pool} {request.Seating.Start}");
        if (request.Status == "queued")
            (row.PassedOver is { } passed ? $"{passed.At} {passed.Why}" : "").ShouldBe(request.PassedOver is { } mine ? $"{mine.At} {mine.Why}" : "");
        if (row.PassedOver is { } why)
            Tally[$"passed over {why.Why}"] = Tally.GetValueOrDefault($"passed over {why.Why}") + 1;
    }

    private async Task Compare(ModelBooking booking)
    {
        var row = (await house.Ledger.Read.Booking(new(booking.Id)))!;
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
            var rows = await house.Ledger.Read.Slots([.. pool.Select(slot => new SlotHour(PoolId.Of(pool.Key), SlotMinutes.Of(slot.Start)))]);
            foreach (var slot in pool)
                Compare(slot.Pool, slot.Start, rows[new(PoolId.Of(slot.Pool), SlotMinutes.Of(slot.Start))]);
        }

        foreach (var booking in _world.Bookings.Values)
            await Compare(booking);
        foreach (var request in _world.Requests.Values)
            await Compare(request);
        foreach (var school in _world.Schools.Values)
        {
            var state = (await house.Ledger.Read.Institution(InstitutionId.Of(school.Id), _world.Now)).State.At(_world.Now);
            foreach (var pack in school.Packs)
                state.Packs[new(pack.Id)].Remaining.ShouldBe(_world.Remaining(pack), $"vouchers of {school.Id}");
        }
    }
}
