using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats of a block that an institution asked for.</summary>
/// <param name="Institution">The institution.</param>
/// <param name="Exam">The exam.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start; of a flexible request, the preferred start.</param>
/// <param name="Profile">The seats in each slot of the block.</param>
/// <param name="Kind">Where the demand shows.</param>
public sealed record AskedBlock(InstitutionId Institution, ExamId Exam, PoolId Pool, Instant Start, SeatProfile Profile, DemandKind Kind)
{
    /// <summary>
    /// The blocks without refusals that were met elsewhere: when the institution has a booking or a request for the exam on the same local day, in whichever
    /// pool, its demand of that day is counted there.
    /// </summary>
    /// <param name="blocks">All blocks, of all pools.</param>
    /// <param name="zoneOf">The zone of an institution.</param>
    public static IEnumerable<AskedBlock> WithoutRepeats(IReadOnlyCollection<AskedBlock> blocks, Func<InstitutionId, DateTimeZone> zoneOf)
    {
        (InstitutionId, ExamId, LocalDate) DayOf(AskedBlock block) =>
            (block.Institution, block.Exam, LeadTime.Day(block.Start, zoneOf(block.Institution)));
        var met = blocks.Where(block => block.Kind != DemandKind.Refused).Select(DayOf).ToHashSet();
        return blocks.Where(block => block.Kind != DemandKind.Refused || !met.Contains(DayOf(block)));
    }
}
