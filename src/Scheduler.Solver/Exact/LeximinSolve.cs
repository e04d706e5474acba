using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Leximin by CP-SAT (Ogryczak, Tamir 2003): raises the worst ratio as far as possible, then leaves as few institutions at it as possible, then
/// raises the next worst, and so on. Last comes the greatest value among the fairest plans. Exact to a millionth of a ratio when every step is
/// proven.</summary>
internal sealed class LeximinSolve(Season season, ServedRatios ratios, LexicographicSolve plan)
{
    private const long Whole = 1_000_000;
    private const int MostLevels = 24;

    /// <summary>Finds the fairest plan whose value is at least the floor.</summary>
    public void Run(double floor, double deterministicSeconds)
    {
        var owners = Owners();
        if (owners.Count == 0)
            return;
        plan.RequireValue(floor);
        var proven = true;
        var model = plan.Model;
        var above = owners.ToDictionary(owner => owner, _ => (BoolVar?)null);
        for (var level = 0; level < MostLevels && proven; level++)
        {
            var worst = model.NewIntVar(0, Whole, $"worst{level}");
            foreach (var owner in owners)
            {
                var held = model.Add((Served(owner) * Whole) >= (worst * ratios.Seats[owner]));
                if (above[owner] is { } isAbove)
                    held.OnlyEnforceIf(isAbove);
            }
            model.Maximize(worst);
            if (!plan.Improve(deterministicSeconds, out var reached, ref proven))
                return;
            model.Add(worst >= reached);
            if (reached >= Whole)
                break;
            var next = new List<BoolVar>();
            foreach (var owner in owners)
            {
                var isNext = model.NewBoolVar("");
                model.Add((Served(owner) * Whole) >= ((reached + 1) * ratios.Seats[owner])).OnlyEnforceIf(isNext);
                if (above[owner] is { } before)
                    model.AddImplication(isNext, before);
                above[owner] = isNext;
                next.Add(isNext);
            }
            model.Maximize(LinearExpr.Sum(next));
            if (!plan.Improve(deterministicSeconds, out var most, ref proven))
                return;
            model.Add(LinearExpr.Sum(next) >= most);
            if (most == 0)
                break;
        }
        plan.MaximizeValue();
        plan.Improve(deterministicSeconds, out _, ref proven);
    }

    private List<int> Owners()
    {
        var owners = new List<int>();
        for (var owner = 0; owner < season.Instance.Institutions.Count; owner++)
        {
            if (ratios.Counts(owner))
                owners.Add(owner);
        }
        return owners;
    }

    private LinearExprBuilder Served(int owner)
    {
        var sum = LinearExpr.NewBuilder();
        for (var r = 0; r < season.Table.Requests; r++)
        {
            if (season.Table.Owner[r] != owner)
                continue;
            if (season.Fixed[r])
                sum.Add(season.Table.Size[r]);
            else if (season.Table.FirstOption[r + 1] > season.Table.FirstOption[r])
                sum.Add(plan.Exact.ServedSeats(r));
        }
        return sum;
    }
}
