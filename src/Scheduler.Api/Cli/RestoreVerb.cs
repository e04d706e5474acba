using System.CommandLine;

namespace Scheduler.Api;

/// <summary>The verb <c>restore</c> on the command line.</summary>
internal static class RestoreVerb
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var file = new Argument<string>("FILE") { Description = "The back-up to restore" };
        var folder = new Option<string?>("--folder")
        {
            Description = "Folder for the ledger; without this option, the folder that the server's settings name", HelpName = "DIR",
        };
        var replace = new Option<bool>("--replace") { Description = "Replace a ledger in the folder; that ledger is kept under another name" };
        var progress = ProgressDisplay.Option();
        var verb = new Command("restore", "Checks a back-up and puts it into a folder as the embedded ledger. No server may use the folder.")
        {
            file, folder, replace, progress,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var console = parsed.InvocationConfiguration;
            return (int)await RestoreCommand.Run(
                parsed.GetRequiredValue(file), parsed.GetValue(folder), parsed.GetValue(replace), parsed.GetRequiredValue(progress), [.. settings],
                console.Output, console.Error);
        });
        return verb;
    }
}
