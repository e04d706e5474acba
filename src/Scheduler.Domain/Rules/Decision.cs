namespace Scheduler.Domain;

/// <summary>The result of a decision: accepted or refused. The list is closed.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>All rules of the institution are kept. The slots still check capacity and fair share.</summary>
    public sealed record Accepted(BookingDraft Draft) : Decision;

    /// <summary>A rule refuses the wish.</summary>
    public sealed record Refused(Refusal Why) : Decision;
}
