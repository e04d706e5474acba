using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An import without its rows.</summary>
internal sealed record ImportView
{
    public required Guid Id { get; init; }

    [Description("What the files hold.")]
    public required string Kind { get; init; }

    public required ImportMode Mode { get; init; }

    [Description("checked: nothing was changed yet. applying: apply again to go on. applied: every row has its result.")]
    public required ImportStatus Status { get; init; }

    [Description("The names of the files.")]
    public required string[] Files { get; init; }

    [Description("SHA-256 over the rows and what each would do.")]
    public required string Hash { get; init; }

    [Description("The id of whoever made the import.")]
    public required string MadeBy { get; init; }

    public required Instant MadeAt { get; init; }

    [Description("From then on the import can be applied no more.")]
    public required Instant EndsAt { get; init; }

    [Description("How many there were of the kind when the files were read.")]
    public required int Present { get; init; }

    [Description("Rows that add something.")]
    public required int Added { get; init; }

    [Description("Rows that change something.")]
    public required int Changed { get; init; }

    [Description("Rows that say what is so already.")]
    public required int Unchanged { get; init; }

    [Description("What is taken away.")]
    public required int Removed { get; init; }

    [Description("Rows that are refused before anything is applied.")]
    public required int Refused { get; init; }

    [Description("Rows that were applied.")]
    public required int Applied { get; init; }

    [Description("Rows that a rule refused when they were applied.")]
    public required int Failed { get; init; }

    [Description("Whether more than a tenth may be taken away.")]
    public required bool Force { get; init; }

    public required string? Reason { get; init; }

    public required Instant? AppliedAt { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static ImportView Of(ImportFacts import) => new()
    {
        Id = import.Id.Value,
        Kind = import.Kind,
        Mode = import.IsFull ? ImportMode.Full : ImportMode.Add,
        Status = import.Status,
        Files = [.. import.Files],
        Hash = import.Hash,
        MadeBy = import.MadeBy,
        MadeAt = import.MadeAt,
        EndsAt = ImportRules.EndsAt(import.MadeAt),
        Present = import.Present,
        Added = import.Added,
        Changed = import.Changed,
        Unchanged = import.Unchanged,
        Removed = import.Removed,
        Refused = import.Refused,
        Applied = import.Applied,
        Failed = import.Failed,
        Force = import.IsForced,
        Reason = import.Reason,
        AppliedAt = import.AppliedAt,
        Version = import.Version,
    };
}
