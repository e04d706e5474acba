namespace Scheduler.Api;

/// <summary>The environments of a server. A mistyped name would silently be another environment, in which the clock cannot be set.</summary>
internal static class EnvironmentNames
{
    private static readonly string[] _known = [Environments.Production, Environments.Development, Environments.Staging];

    /// <summary>What is wrong with the name of the environment; null when the name is known.</summary>
    public static string? Fault(string name) => _known.Contains(name, StringComparer.OrdinalIgnoreCase)
        ? null
        : $"'{name}' is not an environment; the nearest one is '{NearestWord.Of(name, _known)}'.";
}
