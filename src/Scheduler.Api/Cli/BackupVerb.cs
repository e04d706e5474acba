using System.CommandLine;

namespace Scheduler.Api;

/// <summary>The verb <c>backup</c> on the command line.</summary>
internal static class BackupVerb
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var file = new Argument<string>("FILE") { Description = "New file for the back-up; never written in part" };
        var folder = new Option<string?>("--folder")
        {
            Description = "Folder of the ledger; without this option, the folder that the server's settings name", HelpName = "DIR",
        };
        var progress = ProgressDisplay.Option();
        var verb = new Command("backup", "Copies the embedded ledger to a new file and checks the copy. A server may run meanwhile.")
        {
            file, folder, progress,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var console = parsed.InvocationConfiguration;
            return (int)await BackupCommand.Run(
                parsed.GetRequiredValue(file), parsed.GetValue(folder), parsed.GetRequiredValue(progress), [.. settings], console.Output, console.Error);
        });
        return verb;
    }
}
