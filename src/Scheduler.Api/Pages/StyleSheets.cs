namespace Scheduler.Api;

/// <summary>The style sheets of every page, in their order. Each is a file of <c>wwwroot</c> that browsers keep until its content changes.</summary>
internal static class StyleSheets
{
    public static readonly string[] All =
    [
        "tokens.css", "frame.css", "controls.css", "booking.css", "people.css", "operator.css", "plans.css", "setup.css", "audit.css",
    ];
}
