using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Makes the result of a plan, and what the plan says to each request, from the solver's plan and its instance.</summary>
public static class PlanResults
{
    /// <summary>Places that the reason of one request names in the ledger.</summary>
    public const int NamedBlocks = 10;

    /// <summary>The result of a plan.</summary>
    /// <param name="instance">The instance of the plan.</param>
    /// <param name="plan">The solver's plan.</param>
    /// <param name="receipts">What the unserved requests lack, as far as this is known.</param>
    public static PlanResult Of(PlanInstance instance, Solver.Plan plan, IEnumerable<Solver.Receipt>? receipts = null)
    {
        var entries = PlanEntries.Of(instance, plan);
        var unserved = Unserved(instance, plan, (receipts ?? []).ToDictionary(receipt => receipt.Request, ReceiptOf));
        var schools = Schools(instance, entries, unserved);
        return new()
        {
            ServedSeats = schools.Sum(school => (long)school.Served),
            RequestedSeats = schools.Sum(school => (long)school.Requested),
            Value = plan.Objective.Value,
            Bound = plan.Objective.Bound,
            Gap = plan.Objective.Gap,
            WorstInstitutionRatio = schools.Where(school => school.Servable > 0).Select(school => (double)school.Served / school.Servable)
                .DefaultIfEmpty(1).Min(),
            MeanDisplacementHours = MeanDisplacement(instance, plan),
            MostDisplacementHours = MostDisplacement(instance, plan),
            IsCutShort = plan.StopReason != Solver.StopReason.Converged,
            Placements =
            [
                .. entries.OfType<PlanEntry.Placement>().OrderBy(one => instance.Rows[one.Request.ToString()].Request.Sequence).ThenBy(one => one.Start)
                    .Select(one => new PlannedPlacement(one.Request, one.Institution, one.Pool, one.Start, one.Seats)),
            ],
            Moves =
            [
                .. entries.OfType<PlanEntry.Move>().Select(one => Move(one, instance.Rows[one.Booking.ToString()].Booking!.Sitting)),
            ],
            Unserved = [.. unserved.Select(one => one.Row)],
            Schools = schools,
            Days = instance.Days,
            Hours = PlanHours.Of(instance, entries),
        };
    }

    /// <summary>
    /// What the plan says to its requests: the reasons of those that it does not serve in full, and the others. The reasons name the nearest places.
    /// </summary>
    public static RowWrite.PlanReasons Reasons(PlanId plan, Instant at, PlanInstance instance, PlanResult result)
    {
        var unserved = result.Unserved.ToLookup(one => one.Request);
        var requests = instance.Rows.Values.Select(row => row.Request.Id).Concat(instance.LeftOut.Select(one => one.Request.Id)).Distinct();
        return new(
            [
                .. unserved.Select(rows => rows.MaxBy(row => row.Seats)!)
                    .Select(row => new PlanReason(row.Request, plan, at, row.Reason, [.. row.BlockedBy.Take(NamedBlocks)])
                    {
                        Receipt = row.Receipt, VouchersShort = row.VouchersShort,
                    }),
            ],
            [.. requests.Where(request => !unserved.Contains(request)).OrderBy(request => request.Value)]);
    }

    private static PlannedMove Move(PlanEntry.Move move, Sitting sitting) =>
        new(move.Booking, move.Institution, sitting.Pool, move.From, move.To, sitting.Seats) { Exam = sitting.Exam };

    private static List<(UnservedRequest Row, bool IsServable)> Unserved(
        PlanInstance instance, Solver.Plan plan, Dictionary<string, PlanReceipt> receipts)
    {
        var rows = new List<(Request Request, UnservedRequest Row, bool IsServable)>();
        foreach (var one in plan.Unserved)
        {
            if (!instance.Rows.TryGetValue(one.Request, out var row))
                continue;
            var isServable = one.Reason is not (Solver.UnservedReason.NoCandidates or Solver.UnservedReason.TooBig) && IsWithinLimit(instance.Instance, row);
            var said = new UnservedRequest(row.Request.Id, row.Request.Institution, one.Seats, WordOf(one.Reason), Blocks(row, one));
            rows.Add((row.Request, said with { Receipt = receipts.GetValueOrDefault(one.Request), Exam = row.Request.Exam }, isServable));
        }

        foreach (var one in instance.LeftOut)
        {
            var said = new UnservedRequest(one.Request.Id, one.Request.Institution, one.Seats, one.Reason, []);
            rows.Add((one.Request, said with { VouchersShort = one.VouchersShort, Exam = one.Request.Exam }, false));
        }

        return [.. rows.OrderBy(row => row.Request.Sequence).ThenBy(row => row.Row.Reason, StringComparer.Ordinal).Select(row => (row.Row, row.IsServable))];
    }

    /// <summary>Whether the request, alone, keeps the limit of its school. What could not be served at all is in no ratio (R11).</summary>
    private static bool IsWithinLimit(Solver.Instance instance, PlanInstanceRow row)
    {
        var request = instance.Requests[row.Index];
        var limits = instance.Institutions.First(one => one.Id == request.Institution).Limits;
        return limits.Where(limit => limit.Kind == request.Limit).All(limit => Math.Min(row.Seats, request.MinGroup ?? row.Seats) <= limit.Capacity);
    }

    /// <summary>The places where seats are missing, each once: blocks that begin at different hours may have the same tightest hour.</summary>
    private static ImmutableArray<PlanBlock> Blocks(PlanInstanceRow row, Solver.Unserved unserved) =>
    [
        .. unserved.BlockedBy.OrderBy(block => row.DisplacementHours(block.Start)).ThenBy(block => block.Start)
            .Select(block => new PlanBlock(
                InstancePools.PoolOf(block.Pool), block.Start, (int)Math.Min(int.MaxValue, block.SeatsMissing), ModeOf(block.Limit)))
            .Distinct(),
    ];

    private static PlanReceipt ReceiptOf(Solver.Receipt receipt) => new(
        AddedRanges.Of(receipt.Seats), ModeOf(receipt.Limit), (int)Math.Min(int.MaxValue, receipt.LimitSeats), receipt.IsLeast);

    private static DeliveryMode? ModeOf(Solver.LimitKind? limit) => limit switch
    {
        null => null,
        Solver.LimitKind.Lab => DeliveryMode.Lab,
        _ => DeliveryMode.Online,
    };

    private static string WordOf(Solver.UnservedReason reason) => reason switch
    {
        Solver.UnservedReason.NoCandidates => "no_candidates",
        Solver.UnservedReason.TooBig => "too_big",
        Solver.UnservedReason.Full => "full",
        Solver.UnservedReason.Limit => "limit",
        Solver.UnservedReason.Outbid => "outbid",
        _ => "not_worth_it",
    };

    private static ImmutableArray<SchoolFigures> Schools(
        PlanInstance instance, ImmutableArray<PlanEntry> entries, List<(UnservedRequest Row, bool IsServable)> unserved)
    {
        var schools = new SortedDictionary<string, SchoolFigures>(StringComparer.Ordinal);
        void Add(InstitutionId id, int requested = 0, int lost = 0, int before = 0, int served = 0, int moves = 0)
        {
            var was = schools.GetValueOrDefault(id.Text, new(id, 0, 0, 0, 0, 0));
            schools[id.Text] = new(
                id, was.Requested + requested, was.Servable + requested - lost, was.ServedBefore + before, was.Served + served, was.Moves + moves);
        }

        foreach (var row in instance.Rows.Values)
        {
            var sits = row.Booking is null ? 0 : row.Seats;
            Add(row.Request.Institution, requested: row.Seats, before: sits, served: sits);
        }

        foreach (var (request, booking) in instance.Elsewhere)
            Add(request.Institution, requested: booking.Sitting.Seats, before: booking.Sitting.Seats, served: booking.Sitting.Seats);
        foreach (var left in instance.LeftOut)
            Add(left.Request.Institution, requested: left.Seats);
        foreach (var (row, isServable) in unserved)
            Add(row.Institution, lost: isServable ? 0 : row.Seats);
        foreach (var entry in entries)
            Add(entry.Institution, served: entry is PlanEntry.Placement placement ? placement.Seats : 0, moves: entry is PlanEntry.Move ? 1 : 0);
        return [.. schools.Values];
    }

    private static double MeanDisplacement(PlanInstance instance, Solver.Plan plan)
    {
        var (hours, seats) = (0.0, 0L);
        foreach (var assignment in plan.Assignments)
        {
            if (!instance.Rows.TryGetValue(assignment.Request, out var row))
                continue;
            hours += assignment.Seats * row.DisplacementHours(instance.CandidatesOf(row)[assignment.Candidate].Start);
            seats += assignment.Seats;
        }

        return seats == 0 ? 0 : hours / seats;
    }

    /// <summary>The least distance, in hours, within which nine of ten candidates sit.</summary>
    private static double MostDisplacement(PlanInstance instance, Solver.Plan plan)
    {
        var distances = plan.Assignments.Where(one => instance.Rows.ContainsKey(one.Request)).Select(one =>
        {
            var row = instance.Rows[one.Request];
            return (Hours: row.DisplacementHours(instance.CandidatesOf(row)[one.Candidate].Start), one.Seats);
        }).OrderBy(one => one.Hours).ToList();
        var wanted = distances.Sum(one => (long)one.Seats) * 0.9;
        var seats = 0L;
        foreach (var one in distances)
        {
            seats += one.Seats;
            if (seats >= wanted)
                return one.Hours;
        }

        return 0;
    }
}
