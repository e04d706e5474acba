namespace Scheduler.Grains;

/// <summary>The outcome of an offer to a waitlist entry.</summary>
public enum OfferStatus
{
    /// <summary>The entry has expired, or no longer waits.</summary>
    Closed,

    /// <summary>A rule or a slot refused; <see cref="OfferResult.Why"/> has the code.</summary>
    PassedOver,

    /// <summary>The offer could not be decided: too many calls wait, the ledger cannot be reached, or an exception was thrown.</summary>
    NotTried,

    /// <summary>The entry was booked.</summary>
    Booked,
}
