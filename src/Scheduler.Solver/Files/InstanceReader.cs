using System.Text.Json;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Reads an instance file as a stream. Every fault is reported with its place.</summary>
public static class InstanceReader
{
    private static readonly FieldSet InstanceFields = new(0b1110101, "format", "name", "slotMinutes", "fairnessSlack", "pools", "institutions", "requests");
    private static readonly FieldSet PoolFields = new(0b11, "id", "slots");
    private static readonly FieldSet SlotFields = new(0b11, "start", "capacity");
    private static readonly FieldSet InstitutionFields = new(0b01, "id", "limits");
    private static readonly FieldSet LimitFields = new(0b11, "kind", "capacity");
    private static readonly FieldSet RequestFields = new(
        0b10000111, "id", "institution", "value", "mandatory", "limit", "minGroup", "current", "candidates");
    private static readonly FieldSet CurrentFields = new(0b001, "candidate", "movable", "moveCost");
    private static readonly FieldSet CandidateFields = new(0b0111, "pool", "start", "seats", "cost");

    /// <summary>Reads one instance; the stream must end after it.</summary>
    /// <param name="stream">UTF-8 JSON; a byte order mark is tolerated.</param>
    /// <param name="cancel">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    public static InstanceReading Read(Stream stream, CancellationToken cancel = default)
    {
        try
        {
            var pull = new JsonPull(stream, cancel);
            if (pull.IsEmpty)
                throw pull.Fault("the file is empty");
            pull.Read();
            var instance = ReadInstance(ref pull);
            if (pull.Read())
                throw pull.Fault("more text follows the instance");
            InstanceChecks.Check(instance);
            return new InstanceReading.Read(instance);
        }
        catch (InstanceFaultException fault)
        {
            return fault.ToRefusal();
        }
    }

    private static Instance ReadInstance(ref JsonPull pull)
    {
        var (name, slotMinutes, slack, seen) = ("", 0, 0.005, 0u);
        IReadOnlyList<Pool> pools = [];
        IReadOnlyList<Institution> institutions = [];
        IReadOnlyList<Request> requests = [];
        var shared = new SharedParts();
        pull.StartObject();
        while (pull.NextField(InstanceFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0:
                    if (pull.Text() != Instance.FormatWord)
                        throw pull.Fault($"\"{Instance.FormatWord}\" expected");
                    break;
                case 1: name = pull.Text(); break;
                case 2: slotMinutes = pull.Whole(1, SizeLimits.SlotMinutes); break;
                case 3:
                    slack = pull.Number();
                    if (slack < 0)
                        throw pull.Fault("below 0");
                    break;
                case 4: pools = ReadPools(ref pull, shared); break;
                case 5: institutions = ReadInstitutions(ref pull, shared); break;
                default: requests = ReadRequests(ref pull, shared); break;
            }
        }
        InstanceFields.RequireAll(seen, pull);
        return new Instance
        {
            Name = name, SlotMinutes = slotMinutes, FairnessSlack = slack, Pools = pools, Institutions = institutions, Requests = requests,
        };
    }

    private static Pool[] ReadPools(ref JsonPull pull, SharedParts shared)
    {
        var pools = new List<Pool>();
        var slots = new List<PoolSlot>();
        pull.StartArray();
        while (pull.NextElement(pools.Count, SizeLimits.Pools))
        {
            var (id, seen) = ("", 0u);
            slots.Clear();
            pull.StartObject();
            while (pull.NextField(PoolFields, ref seen) is var field and >= 0)
            {
                if (field == 0)
                    id = shared.Pool(ref pull);
                else
                    ReadSlots(ref pull, slots);
            }
            PoolFields.RequireAll(seen, pull);
            pools.Add(new Pool(id, slots.ToArray()));
        }
        return [.. pools];
    }

    private static void ReadSlots(ref JsonPull pull, List<PoolSlot> slots)
    {
        pull.StartArray();
        while (pull.NextElement(slots.Count, SizeLimits.PoolSlots))
        {
            var (start, capacity, seen) = (default(Instant), 0, 0u);
            pull.StartObject();
            while (pull.NextField(SlotFields, ref seen) is var field and >= 0)
            {
                if (field == 0)
                    start = pull.ReadInstant();
                else
                    capacity = pull.Whole(0, SizeLimits.Seats);
            }
            SlotFields.RequireAll(seen, pull);
            slots.Add(new PoolSlot(start, capacity));
        }
    }

    private static Institution[] ReadInstitutions(ref JsonPull pull, SharedParts shared)
    {
        var institutions = new List<Institution>();
        pull.StartArray();
        while (pull.NextElement(institutions.Count, SizeLimits.Pools))
        {
            var (id, seen) = ("", 0u);
            var limits = new List<InstitutionLimit>(2);
            pull.StartObject();
            while (pull.NextField(InstitutionFields, ref seen) is var field and >= 0)
            {
                if (field == 0)
                    id = shared.Institution(ref pull);
                else
                    ReadLimits(ref pull, limits);
            }
            InstitutionFields.RequireAll(seen, pull);
            institutions.Add(new Institution(id, limits.ToArray()));
        }
        return [.. institutions];
    }

    private static void ReadLimits(ref JsonPull pull, List<InstitutionLimit> limits)
    {
        pull.StartArray();
        while (pull.NextElement(limits.Count, 3))
        {
            var (kind, capacity, seen) = (default(LimitKind), 0, 0u);
            pull.StartObject();
            while (pull.NextField(LimitFields, ref seen) is var field and >= 0)
            {
                if (field == 0)
                    kind = ReadKind(ref pull);
                else
                    capacity = pull.Whole(0, SizeLimits.Seats);
            }
            LimitFields.RequireAll(seen, pull);
            if (limits.Any(other => other.Kind == kind))
                throw pull.Fault("this kind of limit is listed twice");
            limits.Add(new InstitutionLimit(kind, capacity));
        }
    }

    private static LimitKind ReadKind(ref JsonPull pull)
    {
        if (pull.IsText("lab"u8))
            return LimitKind.Lab;
        if (pull.IsText("proctors"u8))
            return LimitKind.Proctors;
        throw pull.Fault("\"lab\" or \"proctors\" expected");
    }

    private static Request[] ReadRequests(ref JsonPull pull, SharedParts shared)
    {
        var requests = new List<Request>();
        var candidates = new List<Candidate>();
        pull.StartArray();
        while (pull.NextElement(requests.Count, SizeLimits.Requests))
        {
            var (id, institution, value, mandatory, seen) = ("", "", 0.0, false, 0u);
            (LimitKind? limit, int? minGroup, CurrentPlace? current) = (null, null, null);
            candidates.Clear();
            pull.StartObject();
            while (pull.NextField(RequestFields, ref seen) is var field and >= 0)
            {
                switch (field)
                {
                    case 0: id = pull.Text(); break;
                    case 1: institution = shared.Institution(ref pull); break;
                    case 2: value = pull.Number(); break;
                    case 3: mandatory = pull.Flag(); break;
                    case 4: limit = pull.Token == JsonTokenType.Null ? null : ReadKind(ref pull); break;
                    case 5: minGroup = pull.Token == JsonTokenType.Null ? null : pull.Whole(1, SizeLimits.Seats); break;
                    case 6: current = pull.Token == JsonTokenType.Null ? null : ReadCurrent(ref pull); break;
                    default: ReadCandidates(ref pull, candidates, shared); break;
                }
            }
            RequestFields.RequireAll(seen, pull);
            shared.CountCandidates(candidates.Count, pull);
            requests.Add(new Request
            {
                Id = id, Institution = institution, Value = value, Mandatory = mandatory, Limit = limit, MinGroup = minGroup, Current = current,
                Candidates = candidates.ToArray(),
            });
        }
        return [.. requests];
    }

    private static CurrentPlace ReadCurrent(ref JsonPull pull)
    {
        var (candidate, movable, moveCost, seen) = (0, true, 0.0, 0u);
        pull.StartObject();
        while (pull.NextField(CurrentFields, ref seen) is var field and >= 0)
        {
            switch (field)
            {
                case 0: candidate = pull.Whole(0, SizeLimits.CandidatesPerRequest); break;
                case 1: movable = pull.Flag(); break;
                default: moveCost = pull.Number(); break;
            }
        }
        CurrentFields.RequireAll(seen, pull);
        return new CurrentPlace(candidate, movable, moveCost);
    }

    private static void ReadCandidates(ref JsonPull pull, List<Candidate> candidates, SharedParts shared)
    {
        pull.StartArray();
        while (pull.NextElement(candidates.Count, SizeLimits.CandidatesPerRequest))
        {
            var (pool, start, cost, seen) = ("", default(Instant), 0.0, 0u);
            IReadOnlyList<int> seats = [];
            pull.StartObject();
            while (pull.NextField(CandidateFields, ref seen) is var field and >= 0)
            {
                switch (field)
                {
                    case 0: pool = shared.Pool(ref pull); break;
                    case 1: start = pull.ReadInstant(); break;
                    case 2: seats = shared.Profile(ref pull); break;
                    default: cost = pull.Number(); break;
                }
            }
            CandidateFields.RequireAll(seen, pull);
            candidates.Add(new Candidate(pool, start, seats, cost));
        }
    }
}
