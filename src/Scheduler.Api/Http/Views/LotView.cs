using System.ComponentModel;

namespace Scheduler.Api;

/// <summary>The lot of one request.</summary>
internal sealed record LotView
{
    [Description("1 for the first lot.")]
    public required int Place { get; init; }

    public required Guid Request { get; init; }

    [Description("SHA-256 of the seed, a colon and the id of the request, in lower-case hex. The lots ascend.")]
    public required string Lot { get; init; }
}
