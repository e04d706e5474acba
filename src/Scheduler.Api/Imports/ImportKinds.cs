using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The words of what an import holds, and of what becomes of its rows.</summary>
internal static class ImportKinds
{
    public static TextForm<ImportKind> Form { get; } = TextForms.Choice(("institutions", ImportKind.Institutions), ("boards", ImportKind.Boards));

    public static TextForm<ImportMode> Mode { get; } = TextForms.Choice(("add", ImportMode.Add), ("full", ImportMode.Full));

    public static TextForm<ImportAction> Action { get; } = TextForms.Choice(
        ("added", ImportAction.Added), ("changed", ImportAction.Changed), ("unchanged", ImportAction.Unchanged), ("removed", ImportAction.Removed),
        ("refused", ImportAction.Refused));

    public static TextForm<ImportStatus> Status { get; } = TextForms.Choice(
        ("checked", ImportStatus.Checked), ("applying", ImportStatus.Applying), ("applied", ImportStatus.Applied));
}
