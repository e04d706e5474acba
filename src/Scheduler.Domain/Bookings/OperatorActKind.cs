namespace Scheduler.Domain;

/// <summary>What an operator did to a booking.</summary>
public enum OperatorActKind
{
    /// <summary>The operator cancelled the booking.</summary>
    Cancelled,

    /// <summary>The operator gave the booking another start.</summary>
    Moved,

    /// <summary>The operator changed the booking's candidates or accommodations.</summary>
    Resized,

    /// <summary>The operator lowered a capacity by force below the seats of the booking and others.</summary>
    Shortfall,

    /// <summary>The operator made the booking by an override of the lead time and the fair share.</summary>
    Overridden,
}
