namespace Scheduler.Domain;

/// <summary>The role of a caller. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum Role
{
    /// <summary>Reads its own institution's data and changes nothing.</summary>
    Viewer,

    /// <summary>Books for its own institution.</summary>
    Instructor,

    /// <summary>Manages its own institution. A board's coordinator also manages the board's schools.</summary>
    Coordinator,

    /// <summary>Staff of the operator: manages pools, capacity, seasons, policy and institutions.</summary>
    Operator,

    /// <summary>Reads the calendar feed of its own institution, and nothing else. A key of this role stands in the address of the feed.</summary>
    Feed,
}
