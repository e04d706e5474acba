using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>An import in a snapshot. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record ImportForm
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required bool Full { get; init; }

    public required string Status { get; init; }

    public required string[] Files { get; init; }

    public required string Hash { get; init; }

    public required string MadeBy { get; init; }

    public required string MadeAt { get; init; }

    public required int Present { get; init; }

    public required int Added { get; init; }

    public required int Changed { get; init; }

    public required int Unchanged { get; init; }

    public required int Removed { get; init; }

    public required int Refused { get; init; }

    public required int Applied { get; init; }

    public required int Failed { get; init; }

    public required bool Forced { get; init; }

    public string? Reason { get; init; }

    public string? AppliedAt { get; init; }

    public required int Version { get; init; }
}

/// <summary>Converts imports to storage forms and back.</summary>
internal static class ImportForms
{
    private static readonly Dictionary<ImportStatus, string> _words = new()
    {
        [ImportStatus.Checked] = "checked",
        [ImportStatus.Applying] = "applying",
        [ImportStatus.Applied] = "applied",
    };

    public static ImportForm Of(ImportFacts import) => new()
    {
        Id = import.Id.Value,
        Kind = import.Kind,
        Full = import.IsFull,
        Status = _words[import.Status],
        Files = [.. import.Files],
        Hash = import.Hash,
        MadeBy = import.MadeBy,
        MadeAt = FormText.Of(import.MadeAt),
        Present = import.Present,
        Added = import.Added,
        Changed = import.Changed,
        Unchanged = import.Unchanged,
        Removed = import.Removed,
        Refused = import.Refused,
        Applied = import.Applied,
        Failed = import.Failed,
        Forced = import.IsForced,
        Reason = import.Reason,
        AppliedAt = FormText.OrNull(import.AppliedAt),
        Version = import.Version,
    };

    public static ImportFacts Facts(ImportForm form) => new()
    {
        Id = new(form.Id),
        Kind = form.Kind,
        IsFull = form.Full,
        Status = _words.FirstOrDefault(pair => pair.Value == form.Status) is { Value: not null } known
            ? known.Key
            : throw new InvalidDataException($"There is no status '{form.Status}' of an import in this version."),
        Files = [.. form.Files],
        Hash = form.Hash,
        MadeBy = form.MadeBy,
        MadeAt = FormText.Instant(form.MadeAt),
        Present = form.Present,
        Added = form.Added,
        Changed = form.Changed,
        Unchanged = form.Unchanged,
        Removed = form.Removed,
        Refused = form.Refused,
        Applied = form.Applied,
        Failed = form.Failed,
        IsForced = form.Forced,
        Reason = form.Reason,
        AppliedAt = FormText.InstantOrNull(form.AppliedAt),
        Version = form.Version,
    };
}
