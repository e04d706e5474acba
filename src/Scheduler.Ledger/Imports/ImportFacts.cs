using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>An import without its rows: the files, and how many rows there are of each kind. The rows are in the private row of the import.</summary>
public sealed record ImportFacts
{
    /// <summary>The id.</summary>
    public required ImportId Id { get; init; }

    /// <summary>What the files hold, as callers write it, such as <c>institutions</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether the files hold everything, so that what they do not name is taken away.</summary>
    public required bool IsFull { get; init; }

    /// <summary>How far the import is.</summary>
    public required ImportStatus Status { get; init; }

    /// <summary>The names of the files.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>A hash of the rows of the files, and of what each row would do.</summary>
    public required string Hash { get; init; }

    /// <summary>The id of whoever made the import.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When the files were read.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>How many there were of the kind when the files were read.</summary>
    public required int Present { get; init; }

    /// <summary>Rows that add something.</summary>
    public required int Added { get; init; }

    /// <summary>Rows that change something.</summary>
    public required int Changed { get; init; }

    /// <summary>Rows that say what is so already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>What is taken away.</summary>
    public required int Removed { get; init; }

    /// <summary>Rows that are refused before anything is applied.</summary>
    public required int Refused { get; init; }

    /// <summary>Rows that were applied.</summary>
    public int Applied { get; init; }

    /// <summary>Rows that a rule refused when they were applied.</summary>
    public int Failed { get; init; }

    /// <summary>Whether more than a tenth may be taken away.</summary>
    public bool IsForced { get; init; }

    /// <summary>The reason that was given for the application; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>When every row was applied; null before.</summary>
    public Instant? AppliedAt { get; init; }

    /// <summary>1 when the import is made, one more with every step.</summary>
    public required int Version { get; init; }
}
