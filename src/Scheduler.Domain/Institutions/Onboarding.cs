namespace Scheduler.Domain;

/// <summary>Steps of an institution's onboarding.</summary>
[Flags]
public enum Onboarding
{
    /// <summary>Nothing is done.</summary>
    None = 0,

    /// <summary>The agreement is signed.</summary>
    Agreement = 1,

    /// <summary>The institution has made a purchase.</summary>
    Purchase = 2,

    /// <summary>The site's workstations were checked.</summary>
    ItLab = 4,

    /// <summary>The IT set-up for online sittings was checked.</summary>
    ItOnline = 8,

    /// <summary>All steps are done.</summary>
    Complete = Agreement | Purchase | ItLab | ItOnline,
}
