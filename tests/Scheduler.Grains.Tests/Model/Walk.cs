using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>A long random walk of calls to a real silo and to the model, which must agree step by step.</summary>
public sealed partial class Walk(TestSilo silo, int seed)
{
    private readonly Random _random = new(seed);
    private readonly World _world = new();
    private readonly List<string> _log = [];
    private readonly List<KeyedCall> _keyed = [];
    private int _step;
    private int _ages;

    /// <summary>How often each command had each outcome: shows which parts of the rules the walk reaches.</summary>
    public SortedDictionary<string, int> Tally { get; } = new(StringComparer.Ordinal);

    public async Task Run(int steps)
    {
        try
        {
            await SetUp();
            for (_step = 1; _step <= steps; _step++)
            {
                _world.Now = silo.Clock.Now;
                await Step();
                if (_step % 50 == 0)
                    await CompareAll();
            }

            await CompareAll();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"Seed {seed}, step {_step}: {fault.Message}\nLast steps:\n{string.Join('\n', _log.TakeLast(12))}", fault);
        }
    }

    private async Task Step()
    {
        switch (_random.Next(100))
        {
            case < 26: await Book(); break;
            case < 36: await Hold(); break;
            case < 43: await Confirm(); break;
            case < 46: await Release(); break;
            case < 56: await Cancel(); break;
            case < 63: await Reschedule(); break;
            case < 70: await Resize(); break;
            case < 72: await Attend(); break;
            case < 80: await Join(); break;
            case < 82: await Withdraw(); break;
            case < 84: await AddPack(); break;
            case < 88: await Exception(); break;
            case < 89: await Template(); break;
            case < 91: await ChangeSchool(); break;
            case < 92: await ChangeSeason(); break;
            case < 93: await ChangePolicy(); break;
            case < 94 when _random.Next(3) > 0: await Retire(); break;
            case < 94: _log.Add($"{_step} idle grains collected"); await silo.CollectIdleGrains(); break;
            case < 95: await Repeat(); break;
            default: await Clock(); break;
        }
    }

    private async Task Book()
    {
        var wish = Wish();
        var command = new BookCommand(By(wish.Reason is not null), Wish(wish));
        var refusal = _world.Ask(wish, isHold: false, isOffer: false, out var seating);
        await CheckNeed(wish, refusal);
        var answer = await Keyed(wish.School, command.Caller, (school, caller) => school.Book(command with { Caller = caller }));
        if (await Refused("book", wish, refusal, answer))
            return;
        var booking = new ModelBooking { Id = TestSilo.Id(answer), Seating = seating, Overseen = _world.IsFirst(seating) };
        Check(answer, booking);
        _world.Bookings.Add(booking.Id, booking);
        await Compare(seating);
    }

    private async Task Hold()
    {
        var wish = Wish();
        var refusal = _world.Ask(wish, isHold: true, isOffer: false, out var seating);
        var answer = await silo.School(wish.School).Hold(new(By(wish.Reason is not null), Wish(wish)));
        if (await Refused("hold", wish, refusal, answer))
            return;
        var hold = new ModelHold { Id = TestSilo.Id(answer), Seating = seating, ExpiresAt = _world.Now + Duration.FromMinutes(_world.Policy.HoldMinutes) };
        var made = TestSilo.Must(answer).Hold;
        made.StatusAt(_world.Now).ShouldBe(HoldStatus.Held);
        made.ExpiresAt.ShouldBe(hold.ExpiresAt);
        _world.Holds.Add(hold.Id, hold);
        await Compare(seating);
    }

    private async Task Confirm()
    {
        if (Any(_world.Holds.Values, hold => _world.IsLive(hold)) is not { } hold)
            return;
        var refusal = _world.Confirm(hold);
        var overseen = _world.IsFirst(hold.Seating);
        var answer = await silo.School(hold.Seating.School).Confirm(new(By(), hold.Id));
        if (await Refused("confirm", hold.Seating, refusal, answer))
            return;
        var booking = new ModelBooking { Id = TestSilo.Id(answer), Seating = hold.Seating, Overseen = overseen };
        hold.Status = "confirmed";
        hold.Booking = booking.Id;
        Check(answer, booking);
        _world.Bookings.Add(booking.Id, booking);
        await Compare(hold.Seating);
    }

    private async Task Release()
    {
        if (Any(_world.Holds.Values, hold => _world.IsLive(hold)) is not { } hold)
            return;
        var answer = await silo.School(hold.Seating.School).Release(new(By(), hold.Id));
        if (await Refused("release", hold.Seating, hold.Status == "confirmed" ? new ModelRefusal(409, "hold_confirmed") : null, answer))
            return;
        if (!_world.IsLive(hold))
            return;
        hold.Status = "released";
        _world.Freed(Hours(hold.Seating), hold.Seating.School);
        await Compare(hold.Seating);
    }

    private async Task Cancel()
    {
        if (Any(_world.Bookings.Values, booking => booking.Seating.Start > _world.Now && !booking.IsCancelled) is not { } booking)
            return;
        var spent = new Dictionary<Guid, int>();
        var refusal = booking.IsCancelled ? null : _world.Cancel(booking, out spent);
        var answer = await silo.School(booking.Seating.School).Cancel(new(By(), booking.Id, "why"));
        if (await Refused("cancel", booking.Seating, refusal, answer))
            return;
        if (!booking.IsCancelled)
        {
            booking.IsCancelled = true;
            booking.Version++;
            Spend(booking.Seating.School, spent);
            booking.Seating = booking.Seating with { Draws = [] };
            _world.Freed(Hours(booking.Seating), booking.Seating.School);
        }

        Check(answer, booking);
        await Compare(booking.Seating);
    }

    private async Task Reschedule()
    {
        if (Any(_world.Bookings.Values, booking => booking.Seating.Start > _world.Now && !booking.IsCancelled) is not { } booking)
            return;
        var start = Start(booking.Seating.Pool, booking.Seating.Start);
        var reason = Reason();
        var refusal = _world.Move(booking, start, reason, out var seating);
        var answer = await silo.School(booking.Seating.School).Reschedule(new(By(), booking.Id, start, reason));
        if (await Refused($"reschedule {start}", booking.Seating, refusal, answer, booking))
            return;
        await Changed(answer, booking, seating, []);
    }

    private async Task Resize()
    {
        if (Any(_world.Bookings.Values, booking => booking.Seating.Start > _world.Now && !booking.IsCancelled) is not { } booking)
            return;
        var seats = Math.Max(1, booking.Seating.Seats + _random.Next(-3, 4));
        var groups = _random.Next(2) == 0 ? null : Groups(seats);
        var reason = Reason();
        var refusal = _world.Resize(booking, seats, groups, reason, out var seating, out var spent);
        var answer = await silo.School(booking.Seating.School).Resize(
            new(By(), booking.Id, seats, groups?.Select(group => new Accommodation(group.Candidates, group.Extra)).ToArray(), reason));
        if (await Refused($"resize {seats}", booking.Seating, refusal, answer, booking))
            return;
        Spend(booking.Seating.School, spent);
        await Changed(answer, booking, seating, spent);
    }

    private async Task Changed(CommandResult<BookingSnapshot> answer, ModelBooking booking, Seating seating, Dictionary<Guid, int> spent)
    {
        var old = booking.Seating;
        booking.Seating = seating;
        booking.Version++;
        Check(answer, booking);
        var freed = Hours(old).Where(hour => seating.SeatsAt(hour.Pool, hour.Hour) < old.SeatsAt(hour.Pool, hour.Hour)).ToList();
        var returnsVouchers = old.Draws.Any(draw =>
            draw.Count > seating.Draws.Where(one => one.Pack == draw.Pack).Sum(one => one.Count) + spent.GetValueOrDefault(draw.Pack));
        _world.Freed(freed, freed.Count > 0 || returnsVouchers ? seating.School : null);
        await Compare(old);
        await Compare(seating);
    }

    private async Task Attend()
    {
        if (Any(_world.Bookings.Values, booking => booking.Seating.Start <= _world.Now) is not { } booking)
            return;
        var attended = _random.Next(booking.Seating.Seats + 2);
        var refusal = _world.Attend(booking, attended);
        var answer = await silo.School(booking.Seating.School).Attend(new(By(), booking.Id, attended));
        if (await Refused("attend", booking.Seating, refusal, answer))
            return;
        booking.Version++;
        booking.Attended = attended;
        Check(answer, booking);
    }

    private async Task Join()
    {
        var wish = Wish() with { Reason = null };
        var weight = _random.Next(1, 4);
        var refusal = _world.Join(wish, out var seating) ?? NeverFits(wish);
        var position = _world.Requests.Values.Count(one => one.Status == "queued" && one.Seating.School == wish.School) + 1;
        var answer = await silo.School(wish.School).Join(new(By(), Wish(wish), weight));
        if (await Refused("join", wish, refusal, answer))
            return;
        TestSilo.Must(answer).Position.ShouldBe(position);
        var request = new ModelRequest { Id = TestSilo.Id(answer), Seating = seating, Weight = weight, Age = ++_ages };
        _world.Requests.Add(request.Id, request);
        _world.Joined(request);
        await Compare(seating);
    }

    private async Task Withdraw()
    {
        if (Any(_world.Requests.Values, request => request.Status == "queued") is not { } request)
            return;
        var answer = await silo.School(request.Seating.School).Withdraw(new(By(), request.Id));
        if (await Refused("withdraw", request.Seating, request.Status == "placed" ? new ModelRefusal(409, "request_placed") : null, answer))
            return;
        if (request.Status == "queued")
            request.Status = "withdrawn";
        await Compare();
    }
}
