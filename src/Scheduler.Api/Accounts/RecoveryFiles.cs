using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Links of the verb <c>recover</c> that was run beside a running server. The server alone may write to an embedded ledger, so the verb leaves a file in the
/// data folder, and the server takes the file when the link is opened. Who may write to the folder may write to the ledger too. The file has the hash of the
/// secret in its name, and never the secret.
/// </summary>
internal sealed class RecoveryFiles(SeatLedger ledger, AccountCopy copy, IClock clock, string? folder, ILogger<RecoveryFiles> log)
{
    /// <summary>Leaves a link for the server.</summary>
    public static void Write(string folder, Account account, string secretHash, Instant at)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(Path.Combine(folder, Name(secretHash)), options);
        writer.Write($"{account.Id}\n{InstantPattern.ExtendedIso.Format(at)}\n");
    }

    /// <summary>The invitation of a link that the verb has left; null when there is none.</summary>
    public async Task<Invitation?> Take(string secretHash, CancellationToken cancellation)
    {
        if (folder is null || Path.Combine(folder, Name(secretHash)) is var file && !File.Exists(file))
            return null;
        if (await Read(file, secretHash, cancellation) is { } invitation)
        {
            var outcome = await ledger.Commit(OperatorRecovery.ChangeOf(invitation, clock.GetCurrentInstant()), cancellation);
            if (outcome is CommitOutcome.Committed)
                copy.Put(invitation);
            else if (outcome is not CommitOutcome.Stale)
                return null;
        }

        File.Delete(file);
        return copy.BySecret(secretHash);
    }

    private static string Name(string secretHash) => $"recovery-{secretHash}";

    /// <summary>The invitation; null when the file is none of ours, or when there is no such operator.</summary>
    private async Task<Invitation?> Read(string file, string secretHash, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(file, cancellation);
        if (lines.Length == 2 && Guid.TryParseExact(lines[0], "D", out var id) && InstantPattern.ExtendedIso.Parse(lines[1]) is { Success: true, Value: var at }
            && copy.Accounts.GetValueOrDefault(new(id)) is { Role: Role.Operator, RemovedAt: null } account)
            return OperatorRecovery.Make(account, secretHash, at);
        log.LogWarning("{File} is no link of the verb recover for an operator; it is removed", file);
        return null;
    }
}
