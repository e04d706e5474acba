namespace Scheduler.Solver;

/// <summary>Searches for capacity to add to an instance. Each answer is a real plan for the raised capacity, solved from the arrangement that the search
/// found.</summary>
internal sealed class CapacitySearch
{
    // So cheap that serving one seat is worth any number of machine slots.
    private const double ServeAllPrice = 1e-6;

    // Rounds and first temperatures, in machine slots. Measured on M at loads 1.3 and 2.0: a cooler start needed up to a tenth more machines to serve all. A
    // point between two others starts near its answer, and a hot start loses it.
    private const int RoundsOfAll = 80;
    private const double HottestOfAll = 30;
    private const int RoundsBetween = 40;
    private const double HottestBetween = 3;
    private readonly Instance _instance;
    private readonly Plan _plan;
    private readonly SolveBudget _budget;
    private readonly StopSignal _stop;
    private readonly CancellationToken _cancel;
    private readonly Season _season;

    public CapacitySearch(Instance instance, Plan plan, SolveBudget budget, CancellationToken cancel)
    {
        (_instance, _plan, _budget, _stop, _cancel) = (instance, plan, budget, new StopSignal(budget.TimeLimit, cancel), cancel);
        _season = OpenSeason.Of(instance, budget.Threads);
        MachineHoursOfSlot = instance.SlotMinutes / 60.0;
    }

    /// <summary>Hours of a slot.</summary>
    public double MachineHoursOfSlot { get; }

    /// <summary>The capacity that serves all requests that machines can help, as a range.</summary>
    public (LeastCapacity Least, Incumbent Arrangement) ServeAll(Incumbent start)
    {
        var all = Arrange(start, ServeAllPrice, RoundsOfAll, HottestOfAll);
        var bound = new MachineBound(_instance, _season, all).Run(_budget.Threads, _budget.Effort, _stop);
        var (where, plan) = SolveAll(all);
        var (served, added) = (plan.Objective.ServedSeats, where.Sum(row => row.Seats));
        return (new LeastCapacity(
            Math.Min(bound, added) * MachineHoursOfSlot, added * MachineHoursOfSlot, served, plan.Objective.RequestedSeats - served, where)
        { Plan = plan }, all);
    }

    /// <summary>The present plan as an arrangement in the open season.</summary>
    public Incumbent Start()
    {
        var incumbent = new Incumbent(_season.Table);
        Construct.CurrentAssignments(incumbent);
        new WarmStart(_plan).Match(_season, incumbent, new Prices(_season.Table)).Apply(onlyMandatory: false);
        return incumbent;
    }

    /// <summary>An arrangement with fewer unserved seats plus price of the machine slots above capacity, near another one.</summary>
    public Incumbent ArrangeNear(Incumbent from, double price) => Arrange(from, price, RoundsBetween, HottestBetween);

    private Incumbent Arrange(Incumbent from, double price, int rounds, double hottest)
    {
        var incumbent = new Incumbent(_season.Table);
        incumbent.Restore(from.Snapshot());
        new ExcessSearch(incumbent, price, _budget.Seed).Run(Math.Max(3, (int)(rounds * _budget.Effort)), hottest, _stop);
        return incumbent;
    }

    /// <summary>Solves the instance with the capacity that the arrangement needs. Returns the added seats that the plan uses, and the plan.</summary>
    public (IReadOnlyList<AddedSeats> Where, Plan Plan) Solve(Incumbent arrangement)
    {
        var raised = OpenSeason.Raised(_instance, OpenSeason.Above(_season, arrangement));
        var plan = Solve(raised, Rows(arrangement));
        return (Used(raised, plan), plan);
    }

    /// <summary>The same, with more seats for requests that the solver could not put where the arrangement has them: current assignments that change places
    /// with each other cannot all be restored.</summary>
    private (IReadOnlyList<AddedSeats> Where, Plan Plan) SolveAll(Incumbent arrangement)
    {
        const int MostTurns = 4;
        var raised = OpenSeason.Raised(_instance, OpenSeason.Above(_season, arrangement));
        var plan = Solve(raised, Rows(arrangement));
        for (var turn = 0; turn < MostTurns && plan.Unserved.Count > 0 && !_stop.IsSet; turn++)
        {
            var missing = Receipts.Of(raised, plan, _cancel).Where(receipt => receipt.LimitSeats == 0).SelectMany(receipt => receipt.Seats).ToList();
            if (missing.Count == 0)
                break;
            raised = OpenSeason.Raised(raised, missing);
            plan = Solve(raised, plan);
        }
        return (Used(raised, plan), plan);
    }

    private Plan Solve(Instance raised, Plan from)
    {
        var left = _budget with { TimeLimit = _budget.TimeLimit is null ? null : TimeSpan.FromSeconds(Math.Max(0.01, _stop.SecondsLeft)) };
        return PlanSolver.Solve(raised, left, null, new WarmStart(from), _cancel);
    }

    /// <summary>The seats above the present capacity that a plan for the raised capacity uses.</summary>
    private List<AddedSeats> Used(Instance raised, Plan plan)
    {
        var room = new PlanRoom(_instance, plan);
        var before = _instance.Pools.ToDictionary(pool => pool.Id, pool => pool.Slots.ToDictionary(slot => slot.Start, slot => slot.Capacity));
        var used = new List<AddedSeats>();
        foreach (var pool in raised.Pools)
        {
            foreach (var slot in pool.Slots.OrderBy(slot => slot.Start))
            {
                var most = slot.Capacity - before[pool.Id].GetValueOrDefault(slot.Start);
                if (most > 0 && Math.Min(most, -room.Free(pool.Id, slot.Start.ToUnixTimeTicks())) is var seats and > 0)
                    used.Add(new AddedSeats(pool.Id, slot.Start, seats));
            }
        }
        return used;
    }

    /// <summary>The arrangement as a plan to start from.</summary>
    private Plan Rows(Incumbent arrangement)
    {
        var (rows, unserved, table) = (new List<Assignment>(), new List<Unserved>(), _season.Table);
        for (var unit = 0; unit < arrangement.Option.Length; unit++)
        {
            if (arrangement.Option[unit] is >= 0 and var option)
                rows.Add(Assignment.Of(_instance.Requests[arrangement.UnitRequest[unit]], table.Candidate[option], arrangement.Seats[unit]));
        }
        for (var r = 0; r < table.Requests; r++)
        {
            if (arrangement.UnservedSeats[r] > 0)
                unserved.Add(new Unserved(_instance.Requests[r].Id, arrangement.UnservedSeats[r], UnservedReason.Full, []));
        }
        return _plan with { Assignments = rows, Unserved = unserved, Multipliers = _plan.Multipliers };
    }
}
