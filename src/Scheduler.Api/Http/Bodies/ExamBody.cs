using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of an exam. Its pools must be there already: an exam that nothing serves would refuse every booking.</summary>
internal static class ExamBody
{
    public static Exam Parse(Fields fields, ExamId id, Catalogue catalogue)
    {
        fields.SameId(id.Text);
        fields.Ignore("version");
        return new()
        {
            Id = id,
            Programme = fields.Line("programme"),
            Name = fields.Line("name"),
            Minutes = fields.Whole("minutes", 1, Limits.ExamMinutes),
            CheckInMinutes = fields.WholeOr("checkInMinutes", Absent.MayBeLeftOut, 0, Limits.MarginMinutes) ?? 0,
            ResetMinutes = fields.WholeOr("resetMinutes", Absent.MayBeLeftOut, 0, Limits.MarginMinutes) ?? 0,
            Pools = Distinct(fields, "pools", fields.Texts("pools", Limits.ExamPools, (string text, out PoolId pool, out string remedy) =>
            {
                if (!Words.TryPool(text, out pool, out remedy))
                    return false;
                remedy = $"must be a pool that is there; '{text}' is not";
                return catalogue.Pools.ContainsKey(pool);
            })),
            Modes = Distinct(fields, "modes", fields.Texts<DeliveryMode>("modes", 2, Words.TryMode)),
        };
    }

    private static System.Collections.Immutable.ImmutableArray<T> Distinct<T>(Fields fields, string name, System.Collections.Immutable.ImmutableArray<T> entries)
    {
        if (!fields.Faults.Any && (entries.IsEmpty || entries.Distinct().Count() < entries.Length))
            fields.Fault(name, "must name at least one, and none twice");
        return entries;
    }
}
