using System.Diagnostics;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Chooses the view of any snapshot, for records of what was changed.</summary>
internal static class SnapshotView
{
    public static object? Of(Snapshot? snapshot, Catalogue catalogue) => snapshot switch
    {
        null => null,
        BookingSnapshot booking => BookingView.Of(booking, catalogue),
        HoldSnapshot hold => HoldView.Of(hold, catalogue),
        RequestSnapshot request => RequestView.Of(request.Request, catalogue, request.Position, request.Candidates),
        PackSnapshot pack => PackView.Of(pack.Institution, pack.Pack),
        EntrySnapshot entry => Of(entry.Entry, entry.Version),
        TemplateSnapshot template => TemplateSetView.Of(template, catalogue),
        ExceptionSnapshot exception => ExceptionSetView.Of(exception, catalogue),
        ExceptionsSnapshot exceptions => ExceptionsView.Of(exceptions, catalogue),
        PlanSnapshot plan => PlanRecordView.Of(plan.Plan),
        AccountSnapshot account => PersonRecordView.Of(account),
        InvitationSnapshot invitation => InvitationView.Of(invitation.Invitation),
        ImportSnapshot import => ImportView.Of(import.Import),
        // A later version wrote the snapshot, so it is shown as text.
        UnreadableSnapshot unreadable => unreadable.Text,
        _ => throw new UnreachableException(),
    };

    public static object Of(CatalogueEntry entry, int version) => entry switch
    {
        Pool pool => PoolView.Of(pool, version),
        Exam exam => ExamView.Of(exam, version),
        SeasonEntry season => SeasonView.Of(season.Season, version),
        InstitutionEntry institution => InstitutionView.Of(institution.Institution, version),
        PolicyEntry policy => PolicyView.Of(policy.Policy, version),
        ApiKey key => ApiKeyView.Of(key, version),
        CapacityEntry capacity => CapacityEntryView.Of(capacity, version),
        _ => throw new UnreachableException(),
    };
}
