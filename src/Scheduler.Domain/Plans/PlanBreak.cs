namespace Scheduler.Domain;

/// <summary>What a group of entries breaks: a closed list.</summary>
internal abstract record PlanBreak
{
    private PlanBreak()
    {
    }

    /// <summary>A rule of an institution refuses an entry of the group.</summary>
    public sealed record Rule(PlanStep Step, Refusal Why) : PlanBreak;

    /// <summary>A slot to which the group adds seats has too few.</summary>
    public sealed record Seats(SlotHour Slot) : PlanBreak;
}
