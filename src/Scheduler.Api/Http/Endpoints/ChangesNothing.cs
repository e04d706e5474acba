namespace Scheduler.Api;

/// <summary>Marks a route that changes nothing although its method is POST, so that a call without an answer has certainly changed nothing.</summary>
internal sealed class ChangesNothing
{
    private ChangesNothing()
    {
    }

    public static ChangesNothing Instance { get; } = new();
}
