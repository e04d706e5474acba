using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What an operator keeps of an institution. What it books stands in <see cref="InstitutionState"/>.</summary>
public sealed record Institution
{
    /// <summary>The operator's id.</summary>
    public required InstitutionId Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Its IANA zone: its days and lead times are told in it.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The parent institution, if any: a board.</summary>
    public InstitutionId? Board { get; init; }

    /// <summary>Workstations of its site (R6).</summary>
    public int LabSeats { get; init; }

    /// <summary>Trained proctors (R6, R8).</summary>
    public int Proctors { get; init; }

    /// <summary>Steps of the onboarding that are done (R8).</summary>
    public Onboarding Onboarding { get; init; }

    /// <summary>Days of notice that are enough for what the waitlist offers; null without opting in (R9).</summary>
    public int? ShortNoticeDays { get; init; }

    /// <summary>What still keeps it from booking in this mode, in the words of the refusal; empty when ready (R8).</summary>
    public ImmutableArray<string> Open(DeliveryMode mode)
    {
        var open = ImmutableArray.CreateBuilder<string>();
        if (!Onboarding.HasFlag(Onboarding.Agreement)) open.Add("agreement");
        if (!Onboarding.HasFlag(Onboarding.Purchase)) open.Add("purchase");
        if (mode == DeliveryMode.Lab && !Onboarding.HasFlag(Onboarding.ItLab)) open.Add("it_lab");
        if (mode == DeliveryMode.Online && !Onboarding.HasFlag(Onboarding.ItOnline)) open.Add("it_online");
        if (mode == DeliveryMode.Online && Proctors < 1) open.Add("proctor");
        return open.ToImmutable();
    }
}

/// <summary>Steps of an institution's onboarding.</summary>
[Flags]
public enum Onboarding
{
    /// <summary>Nothing is done.</summary>
    None = 0,

    /// <summary>The agreement is signed.</summary>
    Agreement = 1,

    /// <summary>Something was purchased.</summary>
    Purchase = 2,

    /// <summary>The site's workstations were checked.</summary>
    ItLab = 4,

    /// <summary>Sitting online was checked.</summary>
    ItOnline = 8,

    /// <summary>Everything.</summary>
    Complete = Agreement | Purchase | ItLab | ItOnline,
}
