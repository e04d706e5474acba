namespace Scheduler.Domain;

/// <summary>A booking's id: a UUID of version 7. Such ids rise with time, so new rows lie next to each other on disk.</summary>
public readonly record struct BookingId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static BookingId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
