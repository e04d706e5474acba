using System.Text;
using Orleans;

namespace Scheduler.Grains;

/// <summary>
/// What a grain answers to a wish: the HTTP answer ready to be written. A success's body is the very JSON that stands in the ledger as the record's "after", so that a
/// repeat after a crash gets the same bytes; a refusal's is a problem document (RFC 9457).
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.answer")]
public sealed record Answer
{
    /// <summary>HTTP status.</summary>
    [Id(0)] public required int Status { get; init; }

    /// <summary>UTF-8 JSON; null for 204.</summary>
    [Id(1)] public byte[]? Body { get; init; }

    /// <summary>Version of the single resource that the body shows, its ETag; 0 when it has none.</summary>
    [Id(2)] public int Version { get; init; }

    /// <summary>Whether this is the first answer again (R13).</summary>
    [Id(3)] public bool IsReplayed { get; init; }

    /// <summary>Seconds after which to come back (429, 503); 0 for none.</summary>
    [Id(4)] public int RetryAfterSeconds { get; init; }

    /// <summary>Path of what was made, under the API's base; null for none.</summary>
    [Id(5)] public string? Location { get; init; }

    /// <summary>Whether the body is a problem document.</summary>
    public bool IsProblem => Status >= 400;

    /// <summary>The body as text; empty without one. For tests and logs.</summary>
    public string Text => Body is null ? "" : Encoding.UTF8.GetString(Body);
}
