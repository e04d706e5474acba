using System.Text.Json;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Reads a plan file, for a warm start or a check. Every fault is reported with its place, in the words of the format. The plan is not checked
/// against an instance: <see cref="PlanChecker"/> does that.</summary>
public static class PlanReader
{
    private static readonly FieldSet PlanFields = new(
        0x3ff, "format", "instance", "seed", "assignments", "unserved", "objective", "shortfall", "stopReason", "shadowPrices", "stages");
    private static readonly FieldSet AssignmentFields = new(0b00111, "request", "candidate", "seats", "pool", "start");
    private static readonly FieldSet UnservedFields = new(0b1111, "request", "seats", "reason", "blockedBy");
    private static readonly FieldSet BlockedFields = new(0b0111, "pool", "start", "seatsMissing", "limit");
    private static readonly FieldSet ObjectiveFields = new(
        0x3ff, "value", "bound", "gap", "valueBeforeSharing", "gapBeforeSharing", "servedSeats", "requestedSeats", "worstInstitutionRatio", "cost", "moves");
    private static readonly FieldSet ShortfallFields = new(0b11000, "pool", "institution", "limit", "start", "seats");
    private static readonly FieldSet PriceFields = new(0b111, "pool", "start", "price");
    private static readonly FieldSet StageFields = new(0b0111, "name", "seconds", "value", "bound");

    /// <summary>Reads one plan; the stream must end after it.</summary>
    /// <param name="stream">UTF-8 JSON; a byte order mark is tolerated.</param>
    /// <param name="cancel">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    public static PlanReading Read(Stream stream, CancellationToken cancel = default)
    {
        try
        {
            var pull = new JsonPull(stream, cancel);
            if (pull.IsEmpty)
                throw pull.Fault("the file is empty");
            pull.Read();
            var plan = ReadPlan(ref pull);
            return pull.Read() ? throw pull.Fault("more text follows the plan") : new PlanReading.Read(plan);
        }
        catch (InstanceFaultException fault)
        {
            return new PlanReading.Refused(fault.Place, fault.Message);
        }
    }

    private static Plan ReadPlan(ref JsonPull pull)
    {
        var (instance, seed, seen, reason) = ("", 0L, 0u, default(StopReason));
        List<Assignment> assignments = [];
        List<Unserved> unserved = [];
        List<Shortfall> shortfall = [];
        List<ShadowPrice> prices = [];
        List<StageReport> stages = [];
        PlanObjective? objective = null;
        pull.StartObject();
        while (pull.NextField(PlanFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0:
                    if (pull.Text() != Plan.FormatWord)
                        throw pull.Fault($"\"{Plan.FormatWord}\" expected");
                    break;
                case 1: instance = pull.Text(); break;
                case 2: seed = pull.Long(); break;
                case 3: pull.ReadArray(assignments, SizeLimits.Candidates, ReadAssignment); break;
                case 4: pull.ReadArray(unserved, SizeLimits.Requests, ReadUnserved); break;
                case 5: objective = ReadObjective(ref pull); break;
                case 6: pull.ReadArray(shortfall, SizeLimits.Candidates, ReadShortfall); break;
                case 7: reason = pull.OneOf<StopReason>(); break;
                case 8: pull.ReadArray(prices, SizeLimits.Candidates, ReadPrice); break;
                default: pull.ReadArray(stages, SizeLimits.Stages, ReadStage); break;
            }
        }
        PlanFields.RequireAll(seen, pull);
        return new Plan
        {
            Instance = instance, Seed = seed, Assignments = assignments, Unserved = unserved, Objective = objective!,
            Shortfall = shortfall, StopReason = reason, ShadowPrices = prices, Stages = stages,
        };
    }

    private static Assignment ReadAssignment(ref JsonPull pull)
    {
        var (request, candidate, seats, seen) = ("", 0, 0, 0u);
        (string? pool, Instant? start) = (null, null);
        pull.StartObject();
        while (pull.NextField(AssignmentFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: request = pull.Text(); break;
                case 1: candidate = pull.Whole(0, SizeLimits.CandidatesPerRequest); break;
                case 2: seats = pull.Whole(0, SizeLimits.Seats); break;
                case 3: pool = pull.Text(); break;
                default: start = pull.ReadInstant(); break;
            }
        }
        AssignmentFields.RequireAll(seen, pull);
        return new Assignment(request, candidate, seats, pool, start);
    }

    private static Unserved ReadUnserved(ref JsonPull pull)
    {
        var (request, seats, reason, seen) = ("", 0, default(UnservedReason), 0u);
        List<Blocked> blocked = [];
        pull.StartObject();
        while (pull.NextField(UnservedFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: request = pull.Text(); break;
                case 1: seats = pull.Whole(0, SizeLimits.Seats); break;
                case 2: reason = pull.OneOf<UnservedReason>(); break;
                default: pull.ReadArray(blocked, SizeLimits.BlockedRows, ReadBlocked); break;
            }
        }
        UnservedFields.RequireAll(seen, pull);
        return new Unserved(request, seats, reason, blocked);
    }

    private static Blocked ReadBlocked(ref JsonPull pull)
    {
        var (pool, start, missing, limit, seen) = ("", default(Instant), 0L, default(LimitKind?), 0u);
        pull.StartObject();
        while (pull.NextField(BlockedFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: pool = pull.Text(); break;
                case 1: start = pull.ReadInstant(); break;
                case 2: missing = pull.Long(); break;
                default: limit = pull.Token == JsonTokenType.Null ? null : pull.OneOf<LimitKind>(); break;
            }
        }
        BlockedFields.RequireAll(seen, pull);
        return new Blocked(pool, start, missing, limit);
    }

    private static PlanObjective ReadObjective(ref JsonPull pull)
    {
        var (figures, served, requested, moves, seen) = (new double[ObjectiveFields.Names.Length], 0L, 0L, 0, 0u);
        pull.StartObject();
        while (pull.NextField(ObjectiveFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 5: served = pull.Long(); break;
                case 6: requested = pull.Long(); break;
                case 9: moves = pull.Whole(0, SizeLimits.Requests); break;
                default: figures[field] = pull.Number(double.MaxValue); break;
            }
        }
        ObjectiveFields.RequireAll(seen, pull);
        return new PlanObjective
        {
            Value = figures[0], Bound = figures[1], Gap = figures[2], ValueBeforeSharing = figures[3], GapBeforeSharing = figures[4],
            ServedSeats = served, RequestedSeats = requested, WorstInstitutionRatio = figures[7], Cost = figures[8], Moves = moves,
        };
    }

    private static Shortfall ReadShortfall(ref JsonPull pull)
    {
        var (start, seats, limit, seen) = (default(Instant), 0L, default(LimitKind?), 0u);
        (string? pool, string? institution) = (null, null);
        pull.StartObject();
        while (pull.NextField(ShortfallFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: pool = pull.Text(); break;
                case 1: institution = pull.Text(); break;
                case 2: limit = pull.OneOf<LimitKind>(); break;
                case 3: start = pull.ReadInstant(); break;
                default: seats = pull.Long(); break;
            }
        }
        ShortfallFields.RequireAll(seen, pull);
        return new Shortfall { Pool = pool, Institution = institution, Limit = limit, Start = start, Seats = seats };
    }

    private static ShadowPrice ReadPrice(ref JsonPull pull)
    {
        var (pool, start, price, seen) = ("", default(Instant), 0.0, 0u);
        pull.StartObject();
        while (pull.NextField(PriceFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: pool = pull.Text(); break;
                case 1: start = pull.ReadInstant(); break;
                default: price = pull.Number(); break;
            }
        }
        PriceFields.RequireAll(seen, pull);
        return new ShadowPrice(pool, start, price);
    }

    private static StageReport ReadStage(ref JsonPull pull)
    {
        var (name, seconds, value, bound, seen) = ("", 0.0, 0.0, default(double?), 0u);
        pull.StartObject();
        while (pull.NextField(StageFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: name = pull.Text(); break;
                case 1: seconds = pull.Number(double.MaxValue); break;
                case 2: value = pull.Number(double.MaxValue); break;
                default: bound = pull.Number(double.MaxValue); break;
            }
        }
        StageFields.RequireAll(seen, pull);
        return new StageReport(name, seconds, value, bound);
    }
}
