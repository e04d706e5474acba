using NodaTime;

namespace Scheduler.Api;

/// <summary>One cell of the grid: the block that begins at <see cref="Start"/>.</summary>
public sealed record GridCell
{
    /// <summary>What the cell says.</summary>
    public required CellState State { get; init; }

    /// <summary>The start of the block.</summary>
    public required Instant Start { get; init; }

    /// <summary>Seats offered in the hour.</summary>
    public int Capacity { get; init; }

    /// <summary>Free seats of the hour; never below 0.</summary>
    public int Free { get; init; }

    /// <summary>Free seats of the first later hour of the block that has too few.</summary>
    public int LaterFree { get; init; }

    /// <summary>Hours until the pool closes, counted from the start.</summary>
    public int HoursOpen { get; init; }

    /// <summary>The code of the refusal for <see cref="CellState.Rule"/>.</summary>
    public string? Why { get; init; }

    /// <summary>Seats that the institution has booked in the hour.</summary>
    public int Own { get; init; }

    /// <summary>Seats that the institution holds in the hour.</summary>
    public int Held { get; init; }

    /// <summary>When the first of these holds ends (R10); null when nothing is held.</summary>
    public Instant? HeldUntil { get; init; }

    /// <summary>Seats that all institutions ask for in an hour that collects requests: taken ones, and those of requests. Null in any other hour.</summary>
    public int? Asked { get; init; }

    /// <summary>Whether the institution waits for the block that begins here.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Seats that the selected block takes in this hour; 0 outside the selected block.</summary>
    public int Selected { get; init; }

    /// <summary>Whether the selected block begins here.</summary>
    public bool IsSelectedStart { get; init; }

    /// <summary>Whether the selected block ends with this hour.</summary>
    public bool IsSelectedEnd { get; init; }

    /// <summary>The step of the colour scale, 1 (many free) to 6 (few free).</summary>
    public int Step => ColourScale.StepOfFree(Free, Capacity);
}
