namespace Scheduler.Api;

/// <summary>What a browser and its system are called, by the header in which the browser describes itself.</summary>
internal static class BrowserName
{
    // The order matters: most browsers also name those that they are like.
    private static readonly (string Mark, string Name)[] _browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] _systems =
        [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    /// <summary>Such as <c>Firefox, Windows</c>; empty for a browser that says nothing known.</summary>
    public static string Of(string header) => string.Join(", ", new[] { Find(_browsers, header), Find(_systems, header) }.OfType<string>());

    private static string? Find((string Mark, string Name)[] known, string header) =>
        known.FirstOrDefault(one => header.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
