namespace Scheduler.Api;

/// <summary>A setting that a change would give another value, as the preview shows it.</summary>
/// <param name="Key">The name of the setting's text, without its first part.</param>
/// <param name="Before">The value now; null for none.</param>
/// <param name="After">The value after the change; null for none.</param>
public sealed record SettingLine(string Key, string? Before, string? After);
