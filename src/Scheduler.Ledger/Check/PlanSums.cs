using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Scheduler.Ledger;

/// <summary>
/// R11: whether the tables of plans agree with each other and with the requests: a plan that can be applied has its files, the entries that were decided are
/// counted, a running plan has its pools for itself, and what plans have placed of a request are bookings of its institution.
/// </summary>
internal static class PlanSums
{
    private const string Rule = "R11";

    public static IEnumerable<Finding> Findings(ReadSession session)
    {
        var files = session.Query("select plan, kind from plan_files", row => (Plan: row.GetString(0), Kind: row.GetString(1)))
            .ToLookup(file => file.Plan, file => file.Kind);
        var removed = session.Query("select subject from changes where kind = 'plan_files_removed'", row => row.GetString(0)).ToHashSet();
        var pools = session.Query("select pool, plan from plan_pools", row => (Pool: row.GetString(0), Plan: row.GetString(1)));
        var plans = session.Query(
            "select id, status, scope, parts, parts_applied, applied, stale, decided from plans", Plan).ToDictionary(plan => plan.Id);
        return plans.Values.SelectMany(plan => OfPlan(session, plan, [.. files[plan.Id]], removed.Contains(plan.Id)))
            .Concat(OfPools(plans, pools)).Concat(OfRequests(session));
    }

    private static IEnumerable<Finding> OfPlan(ReadSession session, PlanLine plan, HashSet<string> files, bool mayBeRemoved)
    {
        if (plan.Status is "ready" or "applied" && !files.Contains("entries") && !(plan.Status == "applied" && mayBeRemoved))
            yield return new(Rule, plan.Id, $"the plan is {plan.Status} and its entries are not there");
        if (files.Contains("result") && !(files.Contains("instance") && files.Contains("plan")))
            yield return new(Rule, plan.Id, "the plan has a result without its instance or without the solver's plan");
        var decided = Numbers(plan.Decided);
        if (decided.Count != decided.Distinct().Count() || decided.Count != plan.Applied + plan.Stale)
            yield return new(Rule, plan.Id, $"{plan.Applied} entries were applied and {plan.Stale} stale, and {decided.Count} were decided");
        if (plan.PartsApplied > plan.Parts)
            yield return new(Rule, plan.Id, $"the plan is {plan.Status}, and {plan.PartsApplied} of {plan.Parts} parts were applied");
        if (!files.Contains("entries"))
            yield break;
        var entries = session.Query(
            "select body from plan_files where plan = @plan and kind = 'entries'", row => Count(row.GetFieldValue<byte[]>(0)), ("plan", plan.Id))[0];
        if (plan.Status == "applied" && decided.Count != entries)
            yield return new(Rule, plan.Id, $"the plan is applied, and {decided.Count} of {entries} entries were decided");
        if (decided.Exists(number => number >= entries))
            yield return new(Rule, plan.Id, $"an entry beyond the {entries} entries of the plan was decided");
    }

    private static IEnumerable<Finding> OfPools(Dictionary<string, PlanLine> plans, List<(string Pool, string Plan)> pools)
    {
        foreach (var (pool, plan) in pools)
        {
            if (!plans.TryGetValue(plan, out var line) || line.Status != "running")
                yield return new(Rule, pool, $"plan {plan} has the pool for itself and does not run");
        }

        var taken = pools.ToHashSet();
        foreach (var plan in plans.Values.Where(plan => plan.Status == "running"))
        {
            foreach (var pool in plan.Pools.Where(pool => !taken.Contains((pool, plan.Id))))
                yield return new(Rule, pool, $"plan {plan.Id} runs and does not have the pool for itself");
        }
    }

    private static IEnumerable<Finding> OfRequests(ReadSession session)
    {
        var requests = session.Query(
            "select id, institution, seats, placed_seats, bookings, windows from requests where placed_seats <> 0 or bookings <> ''",
            row => (Id: row.GetString(0), Institution: row.GetString(1), Seats: row.GetInt32(2), Placed: row.GetInt32(3), Bookings: row.GetString(4),
                IsFlexible: !row.IsDBNull(5)));
        var owners = requests.Count == 0
            ? []
            : session.Query("select id, institution from bookings", row => (Id: row.GetString(0), Institution: row.GetString(1)))
                .ToDictionary(booking => booking.Id, booking => booking.Institution);
        foreach (var request in requests)
        {
            if (!request.IsFlexible || request.Placed > request.Seats || request.Placed < 0 || (request.Placed > 0) != (request.Bookings.Length > 0))
                yield return new(Rule, request.Id, $"plans have placed {request.Placed} of {request.Seats} seats in the bookings '{request.Bookings}'");
            foreach (var booking in request.Bookings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (owners.GetValueOrDefault(booking) != request.Institution)
                    yield return new(Rule, request.Id, $"booking {booking} is not a booking of {request.Institution}");
            }
        }
    }

    private static PlanLine Plan(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Pools(row.GetString(2)), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), Length(row.GetString(6)),
        row.GetString(7));

    private static string[] Pools(string scope)
    {
        using var document = JsonDocument.Parse(scope);
        return [.. document.RootElement.GetProperty("pools").EnumerateArray().Select(pool => pool.GetString()!)];
    }

    private static int Length(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetArrayLength();
    }

    private static int Count(byte[] packed)
    {
        using var file = new System.IO.Compression.GZipStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using var document = JsonDocument.Parse(file);
        return document.RootElement.GetArrayLength();
    }

    private static List<int> Numbers(string decided)
    {
        var numbers = new List<int>();
        foreach (var range in decided.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
            for (var number = ends[0]; number <= ends[^1]; number++)
                numbers.Add(number);
        }

        return numbers;
    }

    private sealed record PlanLine(
        string Id, string Status, string[] Pools, int Parts, int PartsApplied, int Applied, int Stale, string Decided);
}
