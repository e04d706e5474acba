using Orleans;

namespace Scheduler.Grains;

/// <summary>An institution's answer to an offer.</summary>
/// <param name="Status">The outcome of the offer.</param>
/// <param name="Why">Code of the refusal; null when the offer was not refused.</param>
/// <param name="FreeSeats">When seats were missing: the seats that were free in the fullest hour of the block.</param>
[GenerateSerializer, Immutable, Alias("scheduler.offer-result")]
public readonly record struct OfferResult([property: Id(0)] OfferStatus Status, [property: Id(1)] string? Why = null, [property: Id(2)] int? FreeSeats = null);
