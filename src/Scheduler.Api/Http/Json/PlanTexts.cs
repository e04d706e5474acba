using Microsoft.OpenApi;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The text forms of plans.</summary>
internal static class PlanTexts
{
    public static TextForm<Movable> Movable { get; } = TextForms.Choice(("none", Api.Movable.None), ("flexible", Api.Movable.Flexible));

    public static TextForm<PlanStatus> Status { get; } = TextForms.Choice(
        ("running", PlanStatus.Running), ("ready", PlanStatus.Ready), ("applied", PlanStatus.Applied), ("failed", PlanStatus.Failed),
        ("cancelled", PlanStatus.Cancelled));

    /// <summary>A plan's id.</summary>
    public static TextForm<PlanId> Id { get; } = new(TryId, id => id.ToString())
    {
        Describe = schema => (schema.Type, schema.Format) = ((schema.Type & JsonSchemaType.Null ?? 0) | JsonSchemaType.String, "uuid"),
    };

    private static bool TryId(string text, out PlanId value, out string remedy)
    {
        var isGood = Guid.TryParseExact(text, "D", out var id);
        (value, remedy) = (new(id), "must be the id of a plan");
        return isGood;
    }
}
