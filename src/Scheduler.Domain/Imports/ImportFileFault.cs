namespace Scheduler.Domain;

/// <summary>Why a file of an import cannot be read at all.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Figures">What the sentence names, in its order.</param>
public sealed record ImportFileFault(string File, string Code, params string[] Figures);
