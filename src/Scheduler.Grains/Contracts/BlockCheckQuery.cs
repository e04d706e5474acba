using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Asks whether a booking of the wish would be made now, and for the figures of each rule.</summary>
/// <param name="Wish">The wish. Its override is not used.</param>
/// <param name="Hold">A hold of the institution whose seats and vouchers count as free, because the hold would become the booking; null without one.</param>
/// <param name="Moves">A booking of the institution whose seats and vouchers count as free, because the booking would move; null without one.</param>
[GenerateSerializer, Immutable, Alias("scheduler.block-check-query")]
public sealed record BlockCheckQuery([property: Id(0)] BookingWish Wish, [property: Id(1)] Guid? Hold = null, [property: Id(2)] Guid? Moves = null);
