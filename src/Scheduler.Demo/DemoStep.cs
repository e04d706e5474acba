using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>One step of one school.</summary>
internal abstract record DemoStep
{
    private DemoStep()
    {
    }

    /// <summary>The school buys a pack.</summary>
    public sealed record Buy(DemoPack Pack) : DemoStep;

    /// <summary>The school asks for a block; where the wish has an override, an operator asks.</summary>
    public sealed record Ask(DemoWish Wish) : DemoStep;

    /// <summary>The school queues a flexible request. It may be split into parts of at least <paramref name="MinGroup"/>; null: it may not.</summary>
    public sealed record Queue(BookingWish Wish, RequestWindow Window, int? MinGroup) : DemoStep;

    /// <summary>The school cancels the booking.</summary>
    public sealed record Cancel(DemoWish Wish, string Reason) : DemoStep;

    /// <summary>The school moves the booking.</summary>
    public sealed record Move(DemoWish Wish, Instant Start) : DemoStep;

    /// <summary>The school changes the number of candidates by <paramref name="More"/>.</summary>
    public sealed record Resize(DemoWish Wish, int More) : DemoStep;

    /// <summary>The school reports how many candidates sat.</summary>
    public sealed record Attend(DemoWish Wish, double ShareOfNoShows) : DemoStep;
}
