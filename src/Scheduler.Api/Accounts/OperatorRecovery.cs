using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// A link by which an operator, who has lost every way to sign in, chooses anew how to sign in. Somebody at the machine makes it with the verb <c>recover</c>.
/// </summary>
internal static class OperatorRecovery
{
    /// <summary>The author of the link in the record.</summary>
    public const string Who = "command line";

    /// <summary>The invitation of the link. Its id is computed from the hash of the secret, so one secret makes one invitation.</summary>
    public static Invitation Make(Account account, string secretHash, Instant at) => new()
    {
        Id = new(ApiKeyId.From(secretHash).Value), SecretHash = secretHash, Email = account.Email, Role = account.Role, Institution = account.Institution,
        Recovers = account.Id, MadeBy = Who, MadeAt = at, ExpiresAt = at + Duration.FromHours(AccountLimits.RecoveryHours),
    };

    /// <summary>Writes the invitation into the ledger, or leaves a file where a running server has the embedded ledger.</summary>
    /// <exception cref="StartRefusedException">The ledger takes no changes now.</exception>
    public static async Task Write(LedgerSettings settings, Account account, string secretHash, SchedulerClock clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        try
        {
            await using var ledger = await SeatLedger.Open(settings, clock, NullLoggerFactory.Instance, cancellation);
            var outcome = await ledger.Commit(ChangeOf(Make(account, secretHash, now), now), cancellation);
            if (outcome is not CommitOutcome.Committed)
                throw new StartRefusedException(ExitCode.Unavailable, $"The ledger takes no changes now ({outcome.GetType().Name}). Try again.");
        }
        catch (LedgerInUseException)
        {
            RecoveryFiles.Write(settings.DataDirectory!, account, secretHash, now);
        }
    }

    /// <summary>The change that writes the invitation, with its record (R15).</summary>
    public static Change ChangeOf(Invitation made, Instant now) => new()
    {
        Record = new()
        {
            At = now, Who = Who, Kind = ChangeKind.InvitationMade, Subject = made.Id.ToString(), Institution = made.Institution,
            After = new InvitationSnapshot(made), Why = "The verb recover was run at the machine.",
        },
        Rows = [new RowWrite.PrivatePut(new(PrivateKind.Invitation, made.Id.ToString(), made.Version, InvitationForms.Write(made)))],
    };
}
