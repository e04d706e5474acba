namespace Scheduler.Api;

/// <summary>Settings on the command line: <c>--Section:Key=value</c>, or <c>--Section:Key value</c>, as ASP.NET Core reads them.</summary>
internal static class SettingArguments
{
    // Whole sections. SchedulerOptions checks the names of Scheduler; ASP.NET Core defines the names of the others.
    private static readonly string[] _open = ["--Scheduler:", "--Logging:", "--Kestrel:"];
    private static readonly System.Buffers.SearchValues<char> _nameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:");

    private static readonly string[] _known = ["--ConnectionStrings:Ledger"];

    /// <summary>Separates the settings, each as one <c>--Section:Key=value</c>, from the other arguments.</summary>
    public static (string[] Others, string[] Settings) Split(string[] args)
    {
        List<string> others = [], settings = [];
        for (var at = 0; at < args.Length; at++)
        {
            var word = args[at];
            if (!IsSetting(word))
                others.Add(word);
            else if (!word.Contains('=', StringComparison.Ordinal) && at + 1 < args.Length && !args[at + 1].StartsWith("--", StringComparison.Ordinal))
                settings.Add($"{word}={args[++at]}");
            else
                settings.Add(word);
        }

        return ([.. others], [.. settings]);
    }

    /// <summary>
    /// What is wrong with a setting for this verb; null when the verb reads the setting. The names within the section Scheduler are checked later, when the
    /// settings are read.
    /// </summary>
    public static string? Fault(string verb, string setting)
    {
        var name = setting.Split('=')[0];
        if (verb is "solve")
            return $"'{name}' is a setting of the server; '{verb}' reads no settings.";
        var isKnown = _open.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase))
            || _known.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!isKnown)
            return $"'{name}' is not a setting; the nearest one is '{NearestWord.Of(name, Names)}'.";
        return name == setting ? $"'{name}' needs a value, as in {name}=VALUE." : null;
    }

    private static IEnumerable<string> Names => SettingNames.All.Select(one => $"--{one.Replace("__", ":", StringComparison.Ordinal)}").Concat(_known);

    /// <summary>
    /// Whether the name contains a section mark. The code scans the characters, because <c>solve</c> starts faster without the library of regular expressions.
    /// </summary>
    private static bool IsSetting(string word)
    {
        var name = word.AsSpan();
        if (name.IndexOf('=') is >= 0 and var end)
            name = name[..end];
        return name.StartsWith("--") && name.IndexOf(':') > 2 && name[^1] != ':' && name[2..].IndexOfAnyExcept(_nameCharacters) < 0;
    }
}
