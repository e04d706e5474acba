using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What stands in the way of a request: a refusal as a problem document has it, without its figures.</summary>
internal sealed record BlockedByView
{
    [Description("The code of a refusal.")]
    public required string Code { get; init; }

    public required string Title { get; init; }

    public required string Detail { get; init; }

    public static BlockedByView Of(Refusal refusal, DateTimeZone zone)
    {
        var text = WaitingTexts.Of(refusal, zone);
        return new() { Code = refusal.Code, Title = text.Title, Detail = text.Detail };
    }
}
