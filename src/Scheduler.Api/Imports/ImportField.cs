namespace Scheduler.Api;

/// <summary>A field that a row sets or changes.</summary>
/// <param name="Name">The name of the field, as in a body of the API.</param>
/// <param name="Before">The present value; null for none.</param>
/// <param name="After">The new value; null for none.</param>
public sealed record ImportField(string Name, string? Before, string? After);
