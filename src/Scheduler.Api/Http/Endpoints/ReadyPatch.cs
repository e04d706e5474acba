using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Api;

/// <summary>
/// The two fields of an institution that must agree: <c>ready</c> says whether every step of the onboarding is done, <c>onboarding</c> has each step. A patch
/// may name only one of them. The other one follows.
/// </summary>
internal static class ReadyPatch
{
    private const string Ready = "ready";
    private const string Steps = "onboarding";

    /// <summary>Changes the present body so that the field that the patch leaves out agrees with the field that the patch names.</summary>
    public static void Follow(JsonObject present, JsonElement patch, FieldFaults faults)
    {
        var hasReady = patch.TryGetProperty(Ready, out var ready);
        var hasSteps = patch.TryGetProperty(Steps, out var steps) && steps.ValueKind == JsonValueKind.Object;
        if (hasSteps)
            AddNulls(steps, faults);
        if (hasReady && !hasSteps && ready.ValueKind is JsonValueKind.True or JsonValueKind.False && ready.GetBoolean() != present[Ready]!.GetValue<bool>())
            Follow(present, ready.GetBoolean(), faults);
        else if (hasSteps && !hasReady)
            present[Ready] = present[Steps]!.AsObject().All(step => IsDone(step.Key, step.Value!.GetValue<bool>(), steps));
    }

    /// <summary>
    /// An institution that becomes ready has done the steps that were open. Which step is open of one that is no longer ready, only the caller knows.
    /// </summary>
    private static void Follow(JsonObject present, bool isReady, FieldFaults faults)
    {
        if (!isReady)
            faults.Add(Ready, "must come with onboarding, which says which step is open again");
        else
            present.Remove(Steps);
    }

    /// <summary>A step cannot be removed, and a null that counted as open would undo the step in silence.</summary>
    private static void AddNulls(JsonElement steps, FieldFaults faults)
    {
        foreach (var step in steps.EnumerateObject().Where(step => step.Value.ValueKind == JsonValueKind.Null && step.NameOrNull() is not null))
            faults.Add(BodyShape.Join(Steps, step.Name), "must be true or false; leave it out to keep it as it is");
    }

    private static bool IsDone(string step, bool wasDone, JsonElement steps) =>
        steps.TryGetProperty(step, out var value) ? value.ValueKind == JsonValueKind.True : wasDone;
}
