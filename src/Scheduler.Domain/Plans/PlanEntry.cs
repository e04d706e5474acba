using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>One placement or one move of a plan: a closed list.</summary>
public abstract record PlanEntry
{
    private PlanEntry()
    {
    }

    /// <summary>The institution of the request or booking.</summary>
    public required InstitutionId Institution { get; init; }

    /// <summary>A request, or a part of a request that may be split, gets a start.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Version">The version of the request that the plan saw. The parts of one request have the same version.</param>
    /// <param name="Pool">The pool.</param>
    /// <param name="Start">The start.</param>
    /// <param name="Seats">The candidates of this placement.</param>
    /// <param name="Accommodations">Those of these candidates with extra time.</param>
    public sealed record Placement(
        RequestId Request, int Version, PoolId Pool, Instant Start, int Seats, ImmutableArray<Accommodation> Accommodations) : PlanEntry
    {
        /// <summary>
        /// The vouchers that the plan counts on: no other entry of the plan counts on them. Empty in an entry that an earlier version of the server stored.
        /// </summary>
        public ImmutableArray<VoucherDraw> Vouchers { get; init; } = [];
    }

    /// <summary>A booking gets another start in its pool.</summary>
    /// <param name="Booking">The booking.</param>
    /// <param name="Version">The version of the booking that the plan saw.</param>
    /// <param name="From">The start that the plan saw.</param>
    /// <param name="To">The new start.</param>
    public sealed record Move(BookingId Booking, int Version, Instant From, Instant To) : PlanEntry
    {
        /// <summary>The request of the booking. Null in an entry that an earlier version of the server stored.</summary>
        public RequestId? Request { get; init; }

        /// <summary>The version of <see cref="Request"/> that the plan saw.</summary>
        public int RequestVersion { get; init; }
    }
}
