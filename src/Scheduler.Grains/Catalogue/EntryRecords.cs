using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Makes the records of the operators' changes (R15).</summary>
internal sealed class EntryRecords(IClock clock)
{
    /// <summary>What the change of an entry is called when the entry is made or replaced.</summary>
    public static ChangeKind PutOf(CatalogueEntry entry) => entry switch
    {
        Pool => ChangeKind.PoolPut,
        Exam => ChangeKind.ExamPut,
        SeasonEntry => ChangeKind.SeasonPut,
        InstitutionEntry => ChangeKind.InstitutionPut,
        PolicyEntry => ChangeKind.PolicyPut,
        _ => throw new ArgumentException($"An entry of the type {entry.GetType().Name} has a command of its own.", nameof(entry)),
    };

    /// <summary>What the change of an entry is called when the entry is retired.</summary>
    public static ChangeKind RetiredOf(CatalogueEntry entry) => entry switch
    {
        Pool => ChangeKind.PoolRetired,
        Exam => ChangeKind.ExamRetired,
        SeasonEntry => ChangeKind.SeasonRetired,
        InstitutionEntry => ChangeKind.InstitutionRetired,
        _ => throw new ArgumentException($"An entry of the type {entry.GetType().Name} cannot be retired.", nameof(entry)),
    };

    /// <summary>The subject of a record about an entry.</summary>
    public static string SubjectOf(CatalogueEntry entry) => entry switch
    {
        Pool pool => pool.Id.Text,
        Exam exam => exam.Id.Text,
        SeasonEntry season => season.Season.Id.Text,
        InstitutionEntry institution => institution.Institution.Id.Text,
        _ => "policy",
    };

    /// <summary>The record of a change that is decided now.</summary>
    public ChangeRecord Of(Caller caller, ChangeKind kind, string subject, Snapshot? before, Snapshot after, string? why) => new()
    {
        At = clock.GetCurrentInstant(),
        Who = caller.Who.Id,
        Kind = kind,
        Subject = subject,
        Before = before,
        After = after,
        Why = why,
        Stamp = caller.Stamp,
    };
}
