using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a booking or a hold promises: an exam for some candidates in a block of one pool.</summary>
public sealed record Sitting
{
    /// <summary>The institution of the candidates.</summary>
    public required InstitutionId Institution { get; init; }

    /// <summary>The exam.</summary>
    public required ExamId Exam { get; init; }

    /// <summary>The programme and minutes that the sitting was promised under (R15).</summary>
    public required ExamTerms Terms { get; init; }

    /// <summary>The pool that serves the exam.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The block's start.</summary>
    public required Instant Start { get; init; }

    /// <summary>All candidates, those with extra time included.</summary>
    public required int Seats { get; init; }

    /// <summary>Seats per successive slot (R5).</summary>
    public required SeatProfile Profile { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

    /// <summary>The school's own reference text for the sitting; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>Vouchers set aside, one per candidate (R7).</summary>
    public ImmutableArray<VoucherDraw> Vouchers { get; init; } = [];

    /// <summary>An operator's written reason to override the lead time and the fair share; null without an override.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>The block's end. From this instant on the last seat is free.</summary>
    public Instant End => SlotGrid.End(Start, Profile.Slots);

    /// <summary>The k-th slot of the block.</summary>
    public SlotHour Slot(int k) => new(Pool, SlotMinutes.Of(Start) + (k * SlotHour.LengthMinutes));

    /// <summary>Seats that the sitting has in a slot; 0 outside the sitting's block.</summary>
    public int SeatsIn(SlotHour slot) => slot.Pool == Pool ? Profile.SeatsAt(SlotMinutes.Of(Start), slot.Minutes) : 0;

    /// <summary>Whether the block has begun.</summary>
    public bool HasBegun(Instant now) => Start <= now;
}
