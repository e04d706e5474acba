using System.CommandLine;

namespace Scheduler.Api;

/// <summary>The verb <c>check</c> on the command line.</summary>
internal static class CheckVerb
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "Folder of the ledger to check; without DIR, the ledger that the server's settings name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "PostgreSQL with the ledger to check, instead of a folder",
            HelpName = "CONNECTION",
        };
        var verb = new Command(
            "check",
            "Computes every slot, voucher, proctor, workstation and lead time of a ledger again from its rows. Only reads; a server may run meanwhile.")
        {
            folder, connection,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(folder) is not null && result.GetValue(connection) is not null)
                result.AddError("DIR and --connection name two ledgers: give one of them.");
        });
        verb.SetAction(async (parsed, cancellation) =>
        {
            var console = parsed.InvocationConfiguration;
            return (int)await CheckCommand.Run(
                parsed.GetValue(folder), parsed.GetValue(connection), [.. settings], console.Output, console.Error, cancellation);
        });
        return verb;
    }
}
