using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An import with its rows, in the order in which the application sends them.</summary>
internal sealed record Import(ImportFacts Facts, ImmutableArray<ImportRow> Rows)
{
    /// <summary>The private row of the import.</summary>
    public PrivateRow ToRow() => new(
        PrivateKind.Import, Facts.Id.ToString(), Facts.Version,
        JsonSerializer.Serialize(
            new ImportDocument { Facts = SnapshotText.Write(new ImportSnapshot(Facts)), Rows = [.. Rows] }, ImportJson.Default.ImportDocument));

    /// <summary>The import of a private row.</summary>
    public static Import Of(PrivateRow row)
    {
        var document = JsonSerializer.Deserialize(row.Body, ImportJson.Default.ImportDocument)!;
        return SnapshotText.Read(document.Facts) is ImportSnapshot(var facts)
            ? new(facts, [.. document.Rows])
            : throw new InvalidDataException("A later version wrote this import; this version cannot read it.");
    }

    /// <summary>The number of rows that do this.</summary>
    public static int Count(IEnumerable<ImportRow> rows, ImportAction action) => rows.Count(row => row.Action == action);

    /// <summary>The hash of the rows and of what each would do.</summary>
    public static string HashOf(IEnumerable<ImportRow> rows) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize([.. rows], ImportJson.Default.ImportRowArray))));

    /// <summary>A row by its place, for its idempotency key: what the files do not name is told apart by its id.</summary>
    public static string Key(ImportRow row) => row.Number > 0 ? $"{row.File}:{row.Number}" : $"absent:{row.Subject}";

    /// <summary>When the import can be applied no more.</summary>
    public NodaTime.Instant EndsAt => ImportRules.EndsAt(Facts.MadeAt);
}

/// <summary>The stored form of an import.</summary>
internal sealed record ImportDocument
{
    /// <summary>The facts, as the text of a snapshot.</summary>
    public required string Facts { get; init; }

    public required ImportRow[] Rows { get; init; }
}

/// <summary>Generated code that writes and reads imports as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImportDocument))]
[JsonSerializable(typeof(ImportRow[]))]
internal sealed partial class ImportJson : JsonSerializerContext;
