using System.Diagnostics;
using System.Text.Json;
using NodaTime;

namespace Scheduler.Ledger;

/// <summary>Converts snapshots to the JSON that the ledger stores, and back.</summary>
public static class SnapshotText
{
    /// <summary>The text of a snapshot. An unreadable snapshot is written with the text that was read.</summary>
    public static string Write(Snapshot snapshot) =>
        snapshot is UnreadableSnapshot unreadable ? unreadable.Text : JsonSerializer.Serialize(FormOf(snapshot), FormsJson.Default.SnapshotForm);

    /// <summary>The snapshot of a text; <see cref="UnreadableSnapshot"/> for a form, a snapshot type or a word that this version does not know.</summary>
    public static Snapshot Read(string text)
    {
        try
        {
            var form = JsonSerializer.Deserialize(text, FormsJson.Default.SnapshotForm);
            var isKnown = form is { Form: SnapshotForm.First } or { Form: SnapshotForm.Flexible, Request.Windows: not null };
            return (isKnown ? SnapshotOf(form!) : null) ?? new UnreadableSnapshot(text);
        }
        catch (Exception exception) when (IsOfUnknownForm(exception))
        {
            // The snapshot contains the text, so nothing is lost: a later version can read the text, and this version shows that a snapshot exists.
            return new UnreadableSnapshot(text);
        }
    }

    private static bool IsOfUnknownForm(Exception exception) =>
        exception is JsonException or FormatException or InvalidDataException or NodaTime.TimeZones.DateTimeZoneNotFoundException;

    private static SnapshotForm FormOf(Snapshot snapshot)
    {
        const int form = SnapshotForm.First;
        return snapshot switch
        {
            BookingSnapshot booking => new() { Form = form, Booking = RowForms.Of(booking.Booking), Duplicate = RowForms.Of(booking.Duplicate) },
            HoldSnapshot hold => new() { Form = form, Hold = RowForms.Of(hold.Hold, hold.At), Duplicate = RowForms.Of(hold.Duplicate) },
            RequestSnapshot { Request.IsFlexible: true } request =>
                new() { Form = SnapshotForm.Flexible, Request = RowForms.Of(request.Request, request.Position) with { Candidates = request.Candidates } },
            RequestSnapshot request => new() { Form = form, Request = RowForms.Of(request.Request, request.Position) },
            PackSnapshot pack => new() { Form = form, Pack = RowForms.Of(pack.Institution, pack.Pack) },
            EntrySnapshot entry => new() { Form = form, Entry = new() { Version = entry.Version, Entry = EntryForms.Of(entry.Entry) } },
            TemplateSnapshot template => new() { Form = form, Template = CapacityForms.Of(template) },
            ExceptionSnapshot exception => new() { Form = form, Exception = CapacityForms.Of(exception) },
            ExceptionsSnapshot exceptions => new() { Form = form, Exceptions = CapacityForms.Of(exceptions) },
            PlanSnapshot plan => new() { Form = form, Plan = PlanForms.Of(plan.Plan) },
            AccountSnapshot account => new() { Form = form, Account = AccountForms.Of(account) },
            InvitationSnapshot invitation => new() { Form = form, Invitation = InvitationForms.Of(invitation.Invitation) },
            ImportSnapshot import => new() { Form = form, Import = ImportForms.Of(import.Import) },
            _ => throw new UnreachableException(),
        };
    }

    private static Snapshot? SnapshotOf(SnapshotForm form) => form switch
    {
        { Booking: { } booking } => new BookingSnapshot(RowForms.Booking(booking)) { Duplicate = RowForms.Duplicate(form.Duplicate) },
        { Hold: { } hold } => new HoldSnapshot(RowForms.Hold(hold), FormText.Instant(hold.At)) { Duplicate = RowForms.Duplicate(form.Duplicate) },
        { Request: { } request } => new RequestSnapshot(RowForms.Request(request), request.Position) { Candidates = request.Candidates },
        { Pack: { } pack } => RowForms.Pack(pack),
        { Entry: { } entry } => EntryForms.Entry(entry.Entry) is { } known ? new EntrySnapshot(known, entry.Version) : null,
        { Template: { } template } => CapacityForms.Template(template),
        { Exception: { } exception } => CapacityForms.Exception(exception),
        { Exceptions: { } exceptions } => CapacityForms.Exceptions(exceptions),
        { Plan: { } plan } => new PlanSnapshot(PlanForms.Plan(plan)),
        { Account: { } account } => AccountForms.Snapshot(account),
        { Invitation: { } invitation } => new InvitationSnapshot(InvitationForms.Invitation(invitation)),
        { Import: { } import } => new ImportSnapshot(ImportForms.Facts(import)),
        _ => null,
    };
}
