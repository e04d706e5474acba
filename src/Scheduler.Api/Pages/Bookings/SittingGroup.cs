using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Candidates of a sitting who have the same time.</summary>
/// <param name="People">How many.</param>
/// <param name="ExtraTimePercent">Their extra time; 0 without.</param>
/// <param name="ExamMinutes">Minutes of their exam.</param>
/// <param name="Minutes">Minutes from the start of the block until their machines are reset.</param>
internal sealed record SittingGroup(int People, int ExtraTimePercent, int ExamMinutes, int Minutes)
{
    /// <summary>The groups of a sitting: those without extra time first, then by extra time.</summary>
    public static IEnumerable<SittingGroup> Of(Sitting sitting)
    {
        var plain = sitting.Seats - sitting.Accommodations.Sum(group => group.Candidates);
        if (plain > 0)
            yield return Of(sitting.Terms, plain, 0);
        foreach (var group in sitting.Accommodations.GroupBy(one => one.ExtraTimePercent).OrderBy(one => one.Key))
            yield return Of(sitting.Terms, group.Sum(one => one.Candidates), group.Key);
    }

    private static SittingGroup Of(ExamTerms terms, int people, int percent)
    {
        var exam = BlockLength.ExamMinutes(terms, percent);
        return new(people, percent, exam, terms.CheckInMinutes + exam + terms.ResetMinutes);
    }
}
