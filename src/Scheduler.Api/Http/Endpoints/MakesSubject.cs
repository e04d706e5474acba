namespace Scheduler.Api;

/// <summary>
/// A route that makes a new subject at each call, and gives the subject its id. Metadata of the endpoint. There is no earlier version, so the route takes no
/// <c>If-Match</c>.
/// </summary>
internal sealed class MakesSubject
{
    public static MakesSubject Instance { get; } = new();
}
