using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Api;

/// <summary>
/// The two fields of an institution that must agree: <c>ready</c> says whether every step of the onboarding is done, <c>onboarding</c> has each step. A patch
/// may
/// name only one of them. The other one follows.
/// </summary>
internal static class ReadyPatch
{
    private const string Ready = "ready";
    private const string Steps = "onboarding";

    /// <summary>Changes the present body so that the field that the patch leaves out agrees with the field that the patch names.</summary>
    public static void Follow(JsonObject present, JsonElement patch)
    {
        var hasReady = patch.TryGetProperty(Ready, out var ready);
        var hasSteps = patch.TryGetProperty(Steps, out var steps);
        if (hasReady && !hasSteps && ready.ValueKind is JsonValueKind.True or JsonValueKind.False && ready.GetBoolean() != present[Ready]!.GetValue<bool>())
            present.Remove(Steps);
        else if (hasSteps && !hasReady && steps.ValueKind == JsonValueKind.Object)
            present[Ready] = present[Steps]!.AsObject().All(step => IsDone(step.Key, step.Value!.GetValue<bool>(), steps));
    }

    private static bool IsDone(string step, bool wasDone, JsonElement steps) =>
        steps.TryGetProperty(step, out var value) ? value.ValueKind == JsonValueKind.True : wasDone;
}
