using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>R11: every unserved request is told how much more capacity would have served it, with everything else of the plan left in place. The tests add
/// the capacity up again from the instance and the plan: with so much the request fits, with one seat less in any row it does not.</summary>
public sealed class ReceiptTests
{
    [Fact]
    public void The_receipt_of_a_block_names_every_hour_in_which_seats_are_missing()
    {
        // At 14:00 6 + 2 of the 10 seats are taken, at 15:00 the capacity is 5. The second candidate lacks 4 seats in one hour, the first 3 + 5.
        var season = Build.Season(
            [Build.Pool("p", 10, 5, 4)], Build.Ask("a", 100, Build.At(0, [8])), Build.Ask("b", 1, Build.At(0, [5, 5]), Build.At(2, [8, 0])),
            Build.Ask("c", 100, Build.At(1, [5])));
        var plan = Build.Solve(season);
        var receipt = Receipts.Of(season, plan, TestContext.Current.CancellationToken).ShouldHaveSingleItem();
        receipt.Seats.ShouldBe([new AddedSeats("p", Build.At(2), 4)]);
        receipt.Placement.ShouldBe([new Assignment("b", 1, 8, "p", Build.At(2))]);
        Check(season, plan);
    }

    [Fact]
    public void A_limit_of_the_institution_is_named_where_no_capacity_helps()
    {
        var season = Build.Season(
            [Build.Pool("p", 10)], Build.Ask("a", 9, Build.At(0, [4])) with { Limit = LimitKind.Lab },
            Build.Ask("b", 1, Build.At(0, [9])) with { Limit = LimitKind.Lab });
        season = season with { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 10)])] };
        var plan = Build.Solve(season);
        var receipt = Receipts.Of(season, plan, TestContext.Current.CancellationToken).ShouldHaveSingleItem();
        (receipt.Limit, receipt.LimitSeats, receipt.MachineSlots).ShouldBe((LimitKind.Lab, 3, 3));
        Check(season, plan);
    }

    [Fact]
    public void A_request_that_no_capacity_could_serve_has_no_receipt()
    {
        var season = Build.Season([Build.Pool("p", 10)], Build.Ask("a", 1), Build.Ask("b", 1, Build.At(0, [11], 2)));
        var plan = Build.Solve(season);
        plan.Unserved.Count.ShouldBe(2);
        Receipts.Of(season, plan, TestContext.Current.CancellationToken).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_that_may_be_split_uses_the_room_of_several_hours()
    {
        // 40 seats in parts of 10 or more. 12 and 11 are free at 14:00 and 16:00: 17 seats are missing, wherever they are added.
        var split = Build.Ask("a", 1, Build.At(0, [40]), Build.At(1, [40]), Build.At(2, [40])) with { MinGroup = 10 };
        var season = Build.Season(
            [Build.Pool("p", 40, 30, 31)], Build.Ask("b", 90, Build.At(0, [28])), Build.Ask("c", 90, Build.At(1, [30])),
            Build.Ask("d", 90, Build.At(2, [20])), split);
        var plan = Build.Solve(season);
        var receipt = Receipts.Of(season, plan, TestContext.Current.CancellationToken).ShouldHaveSingleItem();
        (receipt.MachineSlots, receipt.IsLeast).ShouldBe((17, true));
        receipt.Placement.Sum(row => row.Seats).ShouldBe(40);
        Check(season, plan);
    }

    [Fact]
    public void R11_with_the_receipt_the_request_fits_and_with_one_seat_less_it_does_not()
    {
        var (plain, split, limited) = (0, 0, 0);
        for (var seed = 50_000; seed < 50_800; seed++)
        {
            var season = TinySeasons.Draw(seed);
            foreach (var receipt in Check(season, Build.Solve(season, effort: 0.1)))
            {
                receipt.IsLeast.ShouldBeTrue();
                var isSplit = season.Requests.Single(request => request.Id == receipt.Request).MinGroup is not null;
                (plain, split, limited) = (plain + (isSplit ? 0 : 1), split + (isSplit ? 1 : 0), limited + (receipt.LimitSeats > 0 ? 1 : 0));
            }
        }
        plain.ShouldBeGreaterThan(100);
        split.ShouldBeGreaterThan(50);
        limited.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void In_a_crowd_every_receipt_is_true_whatever_the_plan(int seed)
    {
        var season = Build.Crowd(300, seed, load: 2);
        Check(season, Build.Solve(season, effort: 0.3)).Count.ShouldBeGreaterThan(10);
        Check(season, FirstComeFirstServed.Run(season, cancel: TestContext.Current.CancellationToken)).Count.ShouldBeGreaterThan(10);
    }

    /// <summary>Checks the receipts of a plan from the instance alone.</summary>
    private static IReadOnlyList<Receipt> Check(Instance season, Plan plan)
    {
        var receipts = Receipts.Of(season, plan, TestContext.Current.CancellationToken);
        foreach (var receipt in receipts)
        {
            var request = season.Requests.Single(one => one.Id == receipt.Request);
            var room = new Room(season, plan, request);
            room.FitsPlaced(receipt.Placement, receipt.Seats, receipt.LimitSeats).ShouldBeTrue($"{season.Name} {request.Id}");
            if (!receipt.IsLeast)
                continue;
            for (var row = 0; row < receipt.Seats.Count; row++)
            {
                var less = receipt.Seats.Select((seats, at) => at == row ? seats with { Seats = seats.Seats - 1 } : seats).ToList();
                room.Fits(less, receipt.LimitSeats).ShouldBeFalse($"{season.Name} {request.Id} {receipt.Seats[row]}");
            }
            if (receipt.LimitSeats > 0)
                room.Fits(receipt.Seats, receipt.LimitSeats - 1).ShouldBeFalse($"{season.Name} {request.Id} limit");
        }
        return receipts;
    }

    /// <summary>The room for one request when all the others stay where the plan has them.</summary>
    private sealed class Room
    {
        private readonly Request _request;
        private readonly int _size;
        private readonly Duration _slot;
        private readonly Dictionary<(string Pool, Instant Start), long> _free = [];
        private readonly List<(Instant From, long Seats)> _others = [];
        private readonly long? _limit;

        public Room(Instance season, Plan plan, Request request)
        {
            (_request, _size, _slot) = (request, Size(request), Duration.FromMinutes(season.SlotMinutes));
            _limit = season.Institutions.Single(one => one.Id == request.Institution).Limits
                .Where(limit => limit.Kind == request.Limit).Select(limit => (long?)limit.Capacity).SingleOrDefault();
            foreach (var pool in season.Pools)
            {
                foreach (var slot in pool.Slots)
                    _free[(pool.Id, slot.Start)] = slot.Capacity;
            }
            var byId = season.Requests.ToDictionary(one => one.Id);
            foreach (var row in plan.Assignments.Where(row => row.Request != request.Id))
            {
                var other = byId[row.Request];
                foreach (var (key, seats) in Taken(other, row.Candidate, row.Seats))
                {
                    _free[key] = _free.GetValueOrDefault(key) - seats;
                    if (other.Institution == request.Institution && other.Limit == request.Limit)
                        _others.Add((key.Start, seats));
                }
            }
        }

        public bool FitsPlaced(IReadOnlyList<Assignment> rows, IReadOnlyList<AddedSeats> added, long limitSeats)
        {
            rows.Sum(row => row.Seats).ShouldBe(_size);
            var least = _request.MinGroup is { } group ? Math.Min(group, _size) : _size;
            rows.ShouldAllBe(row => row.Seats >= least);
            rows.Select(row => row.Candidate).ShouldBeUnique();
            return IsWithin([.. rows.Select(row => (row.Candidate, row.Seats))], added, limitSeats);
        }

        /// <summary>Whether any way to serve the request in full fits.</summary>
        public bool Fits(IReadOnlyList<AddedSeats> added, long limitSeats) =>
            Ways(0, _size).Any(way => IsWithin(way, added, limitSeats));

        private IEnumerable<List<(int Candidate, int Seats)>> Ways(int k, int left)
        {
            if (left == 0)
                return [[]];
            if (k == _request.Candidates.Count)
                return [];
            var without = Ways(k + 1, left);
            if (!_request.Mandatory && _request.Value <= _request.Candidates[k].Cost)
                return without;
            var least = _request.MinGroup is { } group ? Math.Min(group, _size) : _size;
            return Enumerable.Range(least, Math.Max(0, left - least + 1))
                .SelectMany(seats => Ways(k + 1, left - seats).Select(way => (List<(int, int)>)[(k, seats), .. way])).Concat(without);
        }

        private bool IsWithin(List<(int Candidate, int Seats)> way, IReadOnlyList<AddedSeats> added, long limitSeats)
        {
            var taken = way.SelectMany(part => Taken(_request, part.Candidate, part.Seats)).ToList();
            foreach (var slot in taken.GroupBy(row => row.Key))
            {
                var more = added.Where(row => row.Pool == slot.Key.Pool && row.Start == slot.Key.Start).Sum(row => row.Seats);
                if (slot.Sum(row => row.Seats) > _free.GetValueOrDefault(slot.Key) + more)
                    return false;
            }
            if (_limit is not { } limit)
                return true;
            // At every instant at which one of its own slots runs.
            var edges = taken.Select(row => row.Key.Start).Concat(_others.Select(row => row.From)).Distinct();
            foreach (var edge in edges)
            {
                var own = taken.Where(row => row.Key.Start <= edge && edge < row.Key.Start + _slot).Sum(row => row.Seats);
                if (own > 0 && own + _others.Where(row => row.From <= edge && edge < row.From + _slot).Sum(row => row.Seats) > limit + limitSeats)
                    return false;
            }
            return true;
        }

        private IEnumerable<((string Pool, Instant Start) Key, long Seats)> Taken(Request request, int k, int seats)
        {
            var (candidate, size) = (request.Candidates[k], Size(request));
            for (var at = 0; at < candidate.Seats.Count; at++)
            {
                var amount = size == 0 ? 0 : (long)Math.Ceiling((decimal)candidate.Seats[at] * seats / size);
                if (amount > 0)
                    yield return ((candidate.Pool, candidate.Start + (_slot * at)), amount);
            }
        }

        private static int Size(Request request) => request.Candidates.SelectMany(candidate => candidate.Seats).DefaultIfEmpty(0).Max();
    }
}
