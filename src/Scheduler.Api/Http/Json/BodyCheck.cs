namespace Scheduler.Api;

/// <summary>One check of a body: the list that collects the faults, and the id in the path, which the body may repeat; null when the path has no good
/// id.</summary>
internal readonly record struct BodyCheck(FieldFaults Faults, string? PathId);
