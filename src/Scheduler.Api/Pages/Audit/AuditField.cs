namespace Scheduler.Api;

/// <summary>A field of a subject, before and after a change.</summary>
/// <param name="Name">The field's name in words.</param>
/// <param name="Before">The value before; null when there was none.</param>
/// <param name="After">The value after; null when there is none.</param>
public sealed record AuditField(string Name, string? Before, string? After);
