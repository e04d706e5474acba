using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Seats added to each slot of a range.</summary>
internal sealed record AddedRangeView
{
    public required PoolId Pool { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    public required int Add { get; init; }

    public static AddedRangeView Of(AddedRange range) => new() { Pool = range.Pool, From = range.From, To = range.To, Add = range.Add };
}
