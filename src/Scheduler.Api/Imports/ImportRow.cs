using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>
/// A row of an import, as its dry run decided it. The ledger keeps this form as JSON, so the names of the members must not change. The application sends
/// exactly what stands here.
/// </summary>
public sealed record ImportRow
{
    /// <summary>The value of <see cref="Outcome"/> of a row that was applied. Any other value is the code of a refusal.</summary>
    public const string Done = "done";

    /// <summary>The number of the row in its file, as a spreadsheet counts; 0 for what the files do not name.</summary>
    public required int Number { get; init; }

    /// <summary>The name of the file; null for what the files do not name.</summary>
    public string? File { get; init; }

    /// <summary>The id of what the row is about, as far as the row has one.</summary>
    public required string Subject { get; init; }

    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>What the row would do.</summary>
    public required ImportAction Action { get; init; }

    /// <summary>The version of the subject that the dry run saw; 0 for one that was not there.</summary>
    public int Seen { get; init; }

    /// <summary>What is sent when the row is applied, as JSON; null when nothing is.</summary>
    public string? Wanted { get; init; }

    /// <summary>The fields that the row sets or changes.</summary>
    public ImportField[] Fields { get; init; } = [];

    /// <summary>Why the row is refused.</summary>
    public ImportFault[] Faults { get; init; } = [];

    /// <summary>What became of the row; null before.</summary>
    public string? Outcome { get; init; }

    /// <summary>Whether the application sends a command for the row.</summary>
    [JsonIgnore]
    public bool IsSent => Action is ImportAction.Added or ImportAction.Changed or ImportAction.Removed;
}
