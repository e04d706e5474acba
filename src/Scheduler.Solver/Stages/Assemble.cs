using System.Globalization;

namespace Scheduler.Solver;

/// <summary>Makes the plan from the incumbent: rows in the order of the requests, and figures added up from the rows.</summary>
internal static class Assemble
{
    public static Plan Run(
        Season season, Incumbent incumbent, Prices prices, PlanFigures figures, SolveBudget budget, StopReason reason, IReadOnlyList<StageReport> stages)
    {
        var (instance, table) = (season.Instance, season.Table);
        var assignments = new List<Assignment>(table.Requests);
        var (value, cost, moves, served, asked) = (0.0, 0.0, 0, 0L, 0L);
        var magnitude = 0.0;
        for (var r = 0; r < table.Requests; r++)
        {
            var request = instance.Requests[r];
            asked += table.Size[r];
            magnitude += Math.Abs(request.Value);
            if (season.Fixed[r])
            {
                assignments.Add(Assignment.Of(request, request.Current!.Candidate, table.Size[r]));
                var lost = request.Candidates[request.Current.Candidate].Cost;
                (value, cost, served) = (value + request.Value - lost, cost + lost, served + table.Size[r]);
                continue;
            }
            var moved = false;
            for (var unit = incumbent.FirstUnit[r]; unit < incumbent.FirstUnit[r + 1]; unit++)
            {
                var option = incumbent.Option[unit];
                if (option < 0)
                    continue;
                var seats = incumbent.Seats[unit];
                assignments.Add(Assignment.Of(request, table.Candidate[option], seats));
                value += incumbent.NetValue(unit);
                cost += (request.Value - table.NetValue[option]) * (table.Size[r] == 0 ? 1 : seats / (double)table.Size[r]);
                served += seats;
                moved |= request.Current is { } current && current.Candidate != table.Candidate[option];
            }
            moves += moved ? 1 : 0;
        }
        var before = Math.Max(figures.ValueBeforeSharing, value);
        var bound = Checked(figures.Bound, before, Rounding.OfSum(4L * (table.Requests + assignments.Count), magnitude + Math.Abs(cost)));
        return new Plan
        {
            Instance = instance.Name, Seed = budget.Seed, Assignments = assignments, Unserved = Explain.Run(season, incumbent, budget.Threads),
            StopReason = reason, Stages = stages, Shortfall = Shortfalls(season, incumbent),
            ShadowPrices = ShadowPrices(season, prices), Multipliers = Multipliers.Of(season, prices),
            Objective = new PlanObjective
            {
                Value = value, Bound = bound, Gap = Gap(bound, value), ValueBeforeSharing = before, GapBeforeSharing = Gap(bound, before),
                ServedSeats = served, RequestedSeats = asked, WorstInstitutionRatio = figures.WorstRatio, Cost = cost, Moves = moves,
            },
        };
    }

    /// <summary>(bound − value) / |bound|; 0 when the bound is 0.</summary>
    public static double Gap(double bound, double value) => bound == 0 ? 0 : (bound - value) / Math.Abs(bound);

    /// <summary>The bound, raised to the value where it is below by no more than rounding.</summary>
    /// <exception cref="InvalidOperationException">The bound is below the value by more: a fault of the solver.</exception>
    private static double Checked(double bound, double value, double rounding) => bound >= value - rounding
        ? Math.Max(bound, value)
        : throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"The bound {bound} is below the value {value} by more than rounding ({rounding}): a fault of the solver."));

    private static List<Shortfall> Shortfalls(Season season, Incumbent incumbent)
    {
        var table = season.Table;
        var rows = new List<Shortfall>();
        for (var row = 0; row < table.Rows; row++)
        {
            var over = season.FixedSeats[row] + table.Capacity[row] - incumbent.Usage.Free[row] - season.FullCapacity[row];
            if (over <= 0)
                continue;
            var group = row < table.FirstRows ? null : season.Limits.Find(row);
            rows.Add(group is null
                ? new Shortfall { Pool = season.Instance.Pools[season.Pools.PoolOf(row)].Id, Start = season.Pools.StartOf(row), Seats = over }
                : new Shortfall
                {
                    Institution = season.Instance.Institutions[group.Institution].Id, Limit = group.Limit.Kind, Start = group.StartOf(row), Seats = over,
                });
        }
        return rows;
    }

    private static List<ShadowPrice> ShadowPrices(Season season, Prices prices)
    {
        var rows = new List<ShadowPrice>();
        var highest = prices.Price.Take(season.Table.FirstRows).DefaultIfEmpty(0).Max();
        // Rounded to a millionth of the highest price's power of ten, whatever the unit of the values.
        var scale = highest > 0 ? Math.Pow(10, 6 - Math.Floor(Math.Log10(highest))) : 1;
        for (var row = 0; row < season.Table.FirstRows; row++)
        {
            var price = Math.Round(prices.Price[row] * scale) / scale;
            if (price > 0)
                rows.Add(new ShadowPrice(season.Instance.Pools[season.Pools.PoolOf(row)].Id, season.Pools.StartOf(row), price));
        }
        return rows;
    }
}
