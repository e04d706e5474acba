namespace Scheduler.Api;

/// <summary>Why a row is refused.</summary>
/// <param name="Code">The stable code: of a rule, or of a bad cell.</param>
/// <param name="Column">The heading of the column as the file has it; null for a fault of the whole row.</param>
/// <param name="Figures">What the sentence names beside the column.</param>
public sealed record ImportFault(string Code, string? Column, params string[] Figures);
