using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// An institution's settings. The operator maintains them; a coordinator changes proctors, lab seats and short notice (R14).
/// <see cref="InstitutionState"/> has the institution's bookings, holds, requests and packs.
/// </summary>
public sealed record Institution
{
    /// <summary>The id that the operator chose.</summary>
    public required InstitutionId Id { get; init; }

    /// <summary>A name for people to read.</summary>
    public required string Name { get; init; }

    /// <summary>The institution's IANA zone. Its local dates and lead times are counted in this zone.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The board (parent institution); null without one.</summary>
    public InstitutionId? Board { get; init; }

    /// <summary>Workstations at the institution's site (R6).</summary>
    public int LabSeats { get; init; }

    /// <summary>Trained proctors (R6, R8).</summary>
    public int Proctors { get; init; }

    /// <summary>Steps of the onboarding that are done (R8).</summary>
    public Onboarding Onboarding { get; init; }

    /// <summary>Short notice: this many days are enough for a booking that the waitlist offers. Null when the institution has not opted in (R9).</summary>
    public int? ShortNoticeDays { get; init; }

    /// <summary>When the operator retired the institution; null while the institution may book.</summary>
    public Instant? Retired { get; init; }

    /// <summary>
    /// The onboarding steps that are still open for this delivery mode, by the names of the settings; empty when the institution is ready (R8).
    /// </summary>
    public ImmutableArray<string> Open(DeliveryMode mode)
    {
        var open = ImmutableArray.CreateBuilder<string>();
        if (!Onboarding.HasFlag(Onboarding.Agreement)) open.Add("agreement");
        if (!Onboarding.HasFlag(Onboarding.Purchase)) open.Add("purchase");
        if (mode == DeliveryMode.Lab && !Onboarding.HasFlag(Onboarding.ItLab)) open.Add("itLab");
        if (mode == DeliveryMode.Online && !Onboarding.HasFlag(Onboarding.ItOnline)) open.Add("itOnline");
        if (mode == DeliveryMode.Online && Proctors < 1) open.Add("proctors");
        return open.ToImmutable();
    }
}
