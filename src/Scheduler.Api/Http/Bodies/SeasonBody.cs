using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a season.</summary>
internal static class SeasonBody
{
    /// <summary>R2: whole local days in a season, when the operator names none.</summary>
    public const int LeadTimeDays = 21;

    public static Season Parse(Fields fields, SeasonId id)
    {
        fields.SameId(id.Text);
        fields.Ignore("version");
        var (from, to) = DateRange.Parse(fields);
        return new(
            id,
            fields.Line("name"),
            from,
            to,
            fields.WholeOr("leadTimeDays", Absent.MayBeLeftOut, 0, Limits.PolicyDays) ?? LeadTimeDays,
            fields.ShareOr("fairShare", Absent.MayBeLeftOut) ?? Season.DefaultFairShare,
            fields.InstantOrNull("collectUntil"));
    }
}
