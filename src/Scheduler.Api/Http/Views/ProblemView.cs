using System.ComponentModel;

namespace Scheduler.Api;

/// <summary>A problem document (RFC 9457), with the figures of its code beside these members.</summary>
/// <remarks>This record gives the schema. <see cref="ProblemWriter"/> writes the document.</remarks>
internal sealed record ProblemView
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Code { get; init; }

    public required string Detail { get; init; }

    [Description("With code invalid: every bad field by its path, with the values that the field may have.")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
