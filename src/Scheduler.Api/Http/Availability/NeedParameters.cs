using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The query parameters that describe a need: what an institution wants to book. Either none of them is given, or at least exam, seats and mode.
/// </summary>
internal static class NeedParameters
{
    public static QueryParameter<ExamId> Exam { get; } = new(TextForms.Exam)
    {
        Name = "exam",
        Description = "With seats and mode: each slot then says whether this institution could book there.",
    };

    public static QueryParameter<int> Seats { get; } = new(TextForms.Seats)
    {
        Name = "seats",
        Description = "All candidates, those with extra time included.",
    };

    public static QueryParameter<DeliveryMode> Mode { get; } = new(TextForms.Mode) { Name = "mode" };

    public static QueryParameter<ImmutableArray<Accommodation>> Accommodations { get; } = new(AccommodationsForm.Groups)
    {
        Name = "accommodations",
        Description = "Groups of candidates with extra time: candidates, x, per cent. Together they have no more candidates than seats.",
    };

    /// <summary>The parameters of a need, in the order of the document.</summary>
    public static ImmutableArray<QueryParameter> All { get; } = [Exam, Seats, Mode, Accommodations];

    /// <summary>Whether the query has a parameter of a need.</summary>
    public static bool IsAsked(QueryValues values) => All.Any(values.Has);

    /// <summary>The wish that the parameters describe, in a pool; null when the query describes no need or has a fault. The wish's start is not set.</summary>
    public static BookingWish? Read(QueryValues values, PoolId pool)
    {
        if (!IsAsked(values))
            return null;
        foreach (var parameter in new QueryParameter[] { Exam, Seats, Mode })
        {
            if (!values.Has(parameter))
                values.Faults.Add(parameter.Name, "is required, because the query describes a need; a need has exam, seats and mode");
        }

        var exam = values.Value(Exam);
        var seats = values.Value(Seats);
        var mode = values.Value(Mode);
        ImmutableArray<Accommodation> groups = values.Value(Accommodations) ?? [];
        var candidates = groups.Sum(group => (long)group.Candidates);
        if (candidates > seats)
            values.Faults.Add(Accommodations.Name, $"must have no more candidates than seats, {seats}; together they have {candidates}");
        if (values.Faults.Any)
            return null;
        return new() { Exam = exam!.Value, Pool = pool, Start = SlotGrid.Earliest, Seats = seats!.Value, Mode = mode!.Value, Accommodations = groups };
    }
}
