using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>A block that the script asks for, and the booking that the school got for it.</summary>
internal sealed class DemoWish
{
    public required BookingWish Wish { get; init; }

    public required WhenFull WhenFull { get; init; }

    public required Way Way { get; init; }

    /// <summary>The booking, of this block or of an alternative; null when there is no booking.</summary>
    public Guid? Booking { get; set; }

    /// <summary>The present start of the booking.</summary>
    public Instant Start { get; set; }

    /// <summary>The present number of candidates of the booking.</summary>
    public int Seats { get; set; }
}
