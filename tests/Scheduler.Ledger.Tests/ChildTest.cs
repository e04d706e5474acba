namespace Scheduler.Ledger.Tests;

/// <summary>A test that another test runs in a process of its own, so that the process can be killed.</summary>
internal static class ChildTest
{
    /// <summary>The command that runs the explicit test <paramref name="name"/> alone: the program, then its arguments.</summary>
    /// <remarks>Without colours: the runner would put the codes of a colour before the first line of the test's own output.</remarks>
    public static string[] Command<T>(string name)
    {
        var isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        string[] program = [Environment.ProcessPath!, .. isDotnet ? new[] { typeof(T).Assembly.Location } : []];
        return [.. program, "-noColor", "-explicit", "only", "-method", $"{typeof(T).FullName}.{name}"];
    }
}
