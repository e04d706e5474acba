using NodaTime;

namespace Scheduler.Domain;

/// <summary>All input of a plan's application: the institutions, slots and catalogue as they are when the entries are decided.</summary>
/// <param name="Catalogue">The operator's catalogue.</param>
/// <param name="States">The states of the entries' institutions, without lapsed holds and without bookings that have ended.</param>
/// <param name="Slots">The figures of the slots that the entries touch (<see cref="PlanSlots.Of"/>). A slot that is absent has no capacity.</param>
/// <param name="Now">The instant of the decision.</param>
public sealed record PlanBasis(
    Catalogue Catalogue, IReadOnlyDictionary<InstitutionId, InstitutionState> States, IReadOnlyDictionary<SlotHour, SlotFigures> Slots, Instant Now)
{
    /// <summary>The requests of the bookings that move, whatever their status. A request that is absent does not exist.</summary>
    public IReadOnlyDictionary<RequestId, Request> Requests { get; init; } = new Dictionary<RequestId, Request>();
}

