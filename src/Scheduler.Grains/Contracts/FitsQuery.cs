using NodaTime;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Asks for every start of the pool with from ≤ start &lt; to whether a booking of the wish would be made there now.</summary>
/// <param name="Wish">The wish. Its own start and its override are not used.</param>
/// <param name="From">The first instant of the range.</param>
/// <param name="To">The end of the range, not included.</param>
/// <param name="Moves">A booking of the institution that would be moved: its own seats and vouchers count as free (R4). Null for a new booking.</param>
[GenerateSerializer, Immutable, Alias("scheduler.fits-query")]
public sealed record FitsQuery(
    [property: Id(0)] BookingWish Wish, [property: Id(1)] Instant From, [property: Id(2)] Instant To, [property: Id(3)] Guid? Moves = null);
