namespace Scheduler.Domain;

/// <summary>A subject that was changed between the dry run of an import and its application.</summary>
/// <param name="Row">The row of the file; 0 for a subject that the file does not name.</param>
/// <param name="Subject">The subject's id.</param>
/// <param name="Seen">The version that the dry run saw; 0 for a subject that was not there.</param>
/// <param name="Present">The present version; 0 for a subject that is not there.</param>
public readonly record struct ImportChange(int Row, string Subject, int Seen, int Present);
