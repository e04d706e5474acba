using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>The least capacity that serves a request in full, and the request.</summary>
internal sealed record ReceiptView : PlanReceiptView
{
    public required Guid Request { get; init; }

    public static ReceiptView Of(RequestId request, Receipt receipt) => new()
    {
        Request = request.Value,
        Where = [.. AddedRanges.Of(receipt.Seats).Select(AddedRangeView.Of)],
        Limit = receipt.Limit switch { LimitKind.Lab => "lab", LimitKind.Proctors => "proctors", _ => null },
        LimitSeats = receipt.LimitSeats,
        IsLeast = receipt.IsLeast,
    };
}
