namespace Scheduler.Api;

/// <summary>One check of a body: the list that collects the faults, and the id in the path, which the body may repeat.</summary>
internal readonly record struct BodyCheck(FieldFaults Faults, string? PathId);
