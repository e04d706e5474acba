using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A step of a school's onboarding: whether it is done, and by which change.</summary>
/// <param name="Name">The name of the step's text, as a refusal names the step.</param>
/// <param name="IsDone">Whether the step is done now.</param>
/// <param name="By">The last change that made it done; null when it is open, or when the record is older than the list that was read.</param>
internal sealed record OnboardingStep(string Name, bool IsDone, AuditRow? By)
{
    /// <summary>The steps, open ones first.</summary>
    /// <param name="school">The school as it is.</param>
    /// <param name="changes">The changes of the school's entry, in order.</param>
    public static IReadOnlyList<OnboardingStep> Of(Institution school, IReadOnlyCollection<AuditRow> changes) =>
    [
        .. new (string Name, Func<Institution, bool> IsDone)[]
        {
            ("agreement", one => one.Onboarding.HasFlag(Onboarding.Agreement)),
            ("purchase", one => one.Onboarding.HasFlag(Onboarding.Purchase)),
            ("itLab", one => one.Onboarding.HasFlag(Onboarding.ItLab)),
            ("itOnline", one => one.Onboarding.HasFlag(Onboarding.ItOnline)),
            ("proctors", one => one.Proctors > 0),
        }
        .Select(step => new OnboardingStep(step.Name, step.IsDone(school), step.IsDone(school) ? Last(changes, step.IsDone) : null))
        .OrderBy(step => step.IsDone),
    ];

    /// <summary>The last change from open to done.</summary>
    private static AuditRow? Last(IEnumerable<AuditRow> changes, Func<Institution, bool> isDone) => changes.LastOrDefault(row =>
        row.After is EntrySnapshot(InstitutionEntry(var after), _) && isDone(after)
        && !(row.Before is EntrySnapshot(InstitutionEntry(var before), _) && isDone(before)));
}
