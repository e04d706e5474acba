using System.Data.Common;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The verb <c>recover</c>: makes a link for an operator who cannot sign in. The change is written into the ledger; where a running server has the embedded
/// ledger, the verb leaves a file, and the server writes the change when the link is opened.
/// </summary>
internal static class RecoverCommand
{
    /// <summary>Makes a link for the operator with an e-mail address, in the ledger in a folder, or in the ledger that the settings name.</summary>
    public static async Task<ExitCode> Run(
        string email, string? folder, string[] settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var faults = new List<string>();
        if (LedgerPlace.Of(folder, null, settings, faults) is not { } ledger)
            return await Say(error, ExitCode.Usage, string.Join(Environment.NewLine, faults));
        if (ledger.ConnectionString is null && !File.Exists(Path.Combine(ledger.DataDirectory!, LedgerSettings.FileName)))
        {
            return await Say(
                error, ExitCode.Refused,
                $"There is no {LedgerSettings.FileName} in {Path.GetFullPath(ledger.DataDirectory!)}. Name the folder with --folder.");
        }

        try
        {
            var operators = await Operators(ledger, cancellation);
            if (operators.FirstOrDefault(one => EmailAddress.Key(one.Email) == EmailAddress.Key(email)) is not { } account)
                return await Say(error, ExitCode.Refused, Unknown(email, operators));
            var secret = InvitationSecret.Draw();
            await OperatorRecovery.Write(ledger, account, ApiKeySecret.Hash(secret), SchedulerClock.Real(), cancellation);
            return await Say(
                output, ExitCode.Done,
                $"{account.Name} chooses a new password with this link. It works once, for {AccountLimits.RecoveryHours} hour, and is shown this once. "
                    + $"Put your server's address before it, such as http://localhost:5080:{Environment.NewLine}"
                    + $"{SignInPaths.Join}?{SignInPaths.Secret}={secret}");
        }
        catch (DbException unread) when (ledger.ConnectionString is null)
        {
            return await Say(
                error, ExitCode.Unavailable, $"The ledger in {Path.GetFullPath(ledger.DataDirectory!)} could not be read: {FileFaults.Why(unread)}.");
        }
        catch (Exception fault) when (StartFaults.Expected(fault) is { } refused)
        {
            return await Say(error, refused.Code, refused.Message);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return await Say(error, ExitCode.Failed, $"The link could not be made, and this is a bug: {bug}");
        }
    }

    private static async Task<List<Account>> Operators(LedgerSettings ledger, CancellationToken cancellation) =>
    [
        .. (await ReadOnlyLedger.PrivateRows(ledger, PrivateKind.Account, cancellation)).Select(row => AccountForms.Read(row.Body))
            .Where(account => account is { Role: Role.Operator, RemovedAt: null }),
    ];

    private static string Unknown(string email, List<Account> operators) => operators.Count == 0
        ? $"No operator has an account yet. Start the server, and make the first operator at {SignInPaths.First} with an operator's API key."
        : $"'{email}' is no operator's address. The operators are: {string.Join(", ", operators.Select(one => one.Email))}.";

    private static async Task<ExitCode> Say(TextWriter writer, ExitCode code, string message)
    {
        await writer.WriteLineAsync(message);
        return code;
    }
}
