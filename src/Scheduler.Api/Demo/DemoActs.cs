using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What a school does when its block is full.</summary>
internal enum WhenFull
{
    /// <summary>Books the first alternative that the refusal offers.</summary>
    TakeAlternative,

    /// <summary>Sends as many as there are seats left.</summary>
    TakeWhatIsLeft,

    /// <summary>Joins the waitlist for the very block.</summary>
    Wait,

    /// <summary>Leaves it.</summary>
    GiveUp,
}

/// <summary>How a school asks for a block.</summary>
internal enum Way
{
    /// <summary>Books at once.</summary>
    Direct,

    /// <summary>Holds it, and confirms.</summary>
    ByHold,

    /// <summary>Holds it, and never comes back.</summary>
    Abandoned,
}

/// <summary>A wish of the script, and what became of it while the script was played.</summary>
internal sealed class DemoWish
{
    public required BookingWish Wish { get; init; }

    public required WhenFull WhenFull { get; init; }

    public required Way Way { get; init; }

    /// <summary>The booking it became, directly or by an alternative; null for none so far.</summary>
    public Guid? Booking { get; set; }

    /// <summary>Where that booking stands now.</summary>
    public Instant Start { get; set; }

    /// <summary>Its candidates now.</summary>
    public int Seats { get; set; }
}

/// <summary>One step of one school.</summary>
internal abstract record DemoStep
{
    private DemoStep()
    {
    }

    /// <summary>A pack was bought.</summary>
    public sealed record Buy(DemoPack Pack) : DemoStep;

    /// <summary>A block is asked for; with an override by an operator.</summary>
    public sealed record Ask(DemoWish Wish) : DemoStep;

    /// <summary>The booking is cancelled.</summary>
    public sealed record Cancel(DemoWish Wish, string Reason) : DemoStep;

    /// <summary>The booking is moved.</summary>
    public sealed record Move(DemoWish Wish, Instant Start) : DemoStep;

    /// <summary>Candidates come or go.</summary>
    public sealed record Resize(DemoWish Wish, int More) : DemoStep;

    /// <summary>The school tells how many sat.</summary>
    public sealed record Attend(DemoWish Wish, double ShareOfNoShows) : DemoStep;
}

/// <summary>A step at its moment of the invented past.</summary>
internal sealed record DemoAct(Instant At, DemoSchool School, DemoStep Step);
