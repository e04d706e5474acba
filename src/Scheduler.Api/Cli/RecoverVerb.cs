using System.CommandLine;

namespace Scheduler.Api;

/// <summary>The verb <c>recover</c> on the command line.</summary>
internal static class RecoverVerb
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var email = new Argument<string>("EMAIL") { Description = "The e-mail address of the operator" };
        var folder = new Option<string?>("--folder")
        {
            Description = "Folder of the ledger; without this option, the ledger that the server's settings name", HelpName = "DIR",
        };
        var verb = new Command(
            "recover", "Makes a link by which an operator who cannot sign in chooses a new password. The link works once. A server may run meanwhile.")
        {
            email, folder,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var console = parsed.InvocationConfiguration;
            return (int)await RecoverCommand.Run(
                parsed.GetRequiredValue(email), parsed.GetValue(folder), [.. settings], console.Output, console.Error, cancellation);
        });
        return verb;
    }
}
