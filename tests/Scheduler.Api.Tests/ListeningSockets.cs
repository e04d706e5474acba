using System.Globalization;

namespace Scheduler.Tests;

/// <summary>The TCP ports at which a process of this machine listens, as Linux shows them.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    /// <summary>Ports in ascending order.</summary>
    public static int[] Of(int process)
    {
        var sockets = Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Select(path => new FileInfo(path).LinkTarget).OfType<string>()
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToHashSet();
        return [.. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[3] == Listening && sockets.Contains(row[9]))
            .Select(row => int.Parse(row[1][(row[1].LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Order()];
    }
}
