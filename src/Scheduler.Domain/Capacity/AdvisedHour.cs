using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a template should offer in one hour of the week, and the demand behind the figure.</summary>
public sealed record AdvisedHour
{
    /// <summary>The weekday, in the pool's zone.</summary>
    public required IsoDayOfWeek Day { get; init; }

    /// <summary>The local hour at which the slot starts.</summary>
    public required int Hour { get; init; }

    /// <summary>The advised seats of the slot.</summary>
    public required int Seats { get; init; }

    /// <summary>The most seats that any such slot of the range offers now.</summary>
    public required int Offered { get; init; }

    /// <summary>The slots of this hour in the range.</summary>
    public required int Slots { get; init; }

    /// <summary>Seats booked, summed over the slots.</summary>
    public required long Booked { get; init; }

    /// <summary>Seats of unserved requests, summed over the slots.</summary>
    public required long Unserved { get; init; }

    /// <summary>Seats refused, summed over the slots.</summary>
    public required long Refused { get; init; }

    /// <summary>The most seats asked for in one slot.</summary>
    public required int Peak { get; init; }
}
