using System.Collections.Immutable;
using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The least capacity that serves a request in full, with everything else of a plan left in place.</summary>
internal record PlanReceiptView
{
    [Description("The seats to add. With so many the request fits, with one seat less in any hour it does not.")]
    public required ImmutableArray<AddedRangeView> Where { get; init; }

    [OneOf("proctors", "lab")]
    [Description("The institution's own limit that is too small; null when machines alone help.")]
    public required string? Limit { get; init; }

    [Description("Seats by which the limit would have to be higher.")]
    public required long LimitSeats { get; init; }

    [Description("Whether the amount is proven to be the least.")]
    public required bool IsLeast { get; init; }

    public static PlanReceiptView Of(PlanReceipt receipt) => new()
    {
        Where = [.. receipt.Where.Select(AddedRangeView.Of)],
        Limit = receipt.Limit switch { DeliveryMode.Lab => "lab", DeliveryMode.Online => "proctors", _ => null },
        LimitSeats = receipt.LimitSeats,
        IsLeast = receipt.IsLeast,
    };
}
