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
