namespace Scheduler.Domain;

/// <summary>The status of a hold. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum HoldStatus
{
    /// <summary>The hold keeps its seats until <see cref="Hold.ExpiresAt"/>.</summary>
    Held,

    /// <summary>The hold became a booking.</summary>
    Confirmed,

    /// <summary>The caller released the hold.</summary>
    Released,

    /// <summary>The hold's time ran out.</summary>
    Lapsed,
}
