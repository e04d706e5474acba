using System.Collections.Immutable;
using NodaTime;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The answer to a <see cref="BlockCheckQuery"/>.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.block-check-answer")]
public sealed record BlockCheckAnswer
{
    /// <summary>The refusal that a booking would get; null when the booking would be made.</summary>
    [Id(0)]
    public required Refusal? WhyNot { get; init; }

    /// <summary>The refusal that an entry of the waitlist for the block would get; null when the institution could wait for the block.</summary>
    [Id(1)]
    public required Refusal? WhyNoWait { get; init; }

    /// <summary>Free and missing seats of each slot; empty for a block that does not exist.</summary>
    [Id(2)]
    public ImmutableArray<SlotRoom> Slots { get; init; } = [];

    /// <summary>How many more candidates of the mode the institution can look after during the block (R6).</summary>
    [Id(3)]
    public int CandidatesFree { get; init; }

    /// <summary>The vouchers left that are valid on the exam day (R7).</summary>
    [Id(4)]
    public int Vouchers { get; init; }

    /// <summary>The last exam day of the pack from which the booking would draw its last voucher; null when the vouchers do not suffice.</summary>
    [Id(5)]
    public LocalDate? VouchersUntil { get; init; }

    /// <summary>Days of notice that the block leaves (R2).</summary>
    [Id(6)]
    public int DaysGiven { get; init; }

    /// <summary>Days of notice that the exam day needs (R2).</summary>
    [Id(7)]
    public int DaysNeeded { get; init; }

    /// <summary>The seats that the institution may have in the block's fullest slot under the fair share (R12); null when no share applies.</summary>
    [Id(8)]
    public int? SeatsAllowed { get; init; }

    /// <summary>The seats that the institution already has in that slot.</summary>
    [Id(9)]
    public int SeatsHeld { get; init; }
}
