namespace Scheduler.Api;

/// <summary>An operator's <c>override</c>, which is nothing without a written reason.</summary>
internal static class OverrideBody
{
    /// <summary>The reason; null without an override.</summary>
    public static string? Parse(Fields fields)
    {
        if (fields.Object("override", Absent.MayBeNull) is not { } given)
            return null;
        var reason = given.ReasonOr("reason", Absent.IsFault);
        given.RefuseUnknown();
        return reason;
    }
}
