using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Invites people, takes invitations back, changes roles and removes people. No grain is needed: each commit checks the versions of the rows that it was
/// decided on, and a repeat with the same idempotency key finds the first answer in the ledger (R13).
/// </summary>
internal sealed class PeopleCommands(SeatLedger ledger, AccountCopy copy, AccountCommits commits, IGrainFactory grains, IClock clock)
{
    private const int MostAttempts = 8;

    /// <summary>Makes an invitation. The link's secret is never stored.</summary>
    public Task<CommandResult<InvitationSnapshot>> Invite(
        Caller caller, string secretHash, string email, Role role, InstitutionId? institution, CancellationToken cancellation) =>
        Run<InvitationSnapshot>(caller, () =>
        {
            var now = clock.GetCurrentInstant();
            if (copy.ByEmail(email) is { } known && known.Institution == institution)
                return Task.FromResult<Attempt>(new Attempt.Refused(new Refusal.EmailTaken()));
            if (copy.Invitations.Values.Count(one => one.Institution == institution && one.IsOpen(now)) >= AccountLimits.OpenInvitations)
                return Task.FromResult<Attempt>(new Attempt.Refused(new Refusal.TooManyInvitations(AccountLimits.OpenInvitations)));
            return Task.FromResult<Attempt>(Made(caller, Draw(caller, now, secretHash, email.Trim(), role, institution)));
        }, cancellation);

    /// <summary>Makes a link by which a person chooses anew how to sign in. What the person used before works until the link is used.</summary>
    public Task<CommandResult<InvitationSnapshot>> Recover(Caller caller, string secretHash, AccountId id, CancellationToken cancellation) =>
        Run<InvitationSnapshot>(caller, () => Task.FromResult<Attempt>(caller.Who.Id == id.ToString()
            ? new Attempt.Refused(new Refusal.OwnAccount())
            : copy.Accounts.GetValueOrDefault(id) is { RemovedAt: null } account
                ? Made(
                    caller,
                    Draw(caller, clock.GetCurrentInstant(), secretHash, account.Email, account.Role, account.Institution) with { Recovers = id })
                : new Attempt.NotFound()), cancellation);

    /// <summary>Revokes an invitation. An invitation that was used or revoked before stays as it is.</summary>
    public Task<CommandResult<InvitationSnapshot>> Revoke(Caller caller, InvitationId id, CancellationToken cancellation) =>
        Run<InvitationSnapshot>(caller, () =>
        {
            if (copy.Invitations.GetValueOrDefault(id) is not { } before)
                return Task.FromResult<Attempt>(new Attempt.NotFound());
            if (before.AcceptedAt is not null || before.RevokedAt is not null)
                return Task.FromResult<Attempt>(new Attempt.Unchanged(new InvitationSnapshot(before)));
            if (caller.SeenVersion is { } seen && seen != before.Version)
                return Task.FromResult<Attempt>(new Attempt.Stale());
            var after = before with { RevokedAt = clock.GetCurrentInstant(), Version = before.Version + 1 };
            return Task.FromResult<Attempt>(new Attempt.Write(
                InvitationRecord(ChangeKind.InvitationRevoked, caller, before, after), [Row(after)], () => copy.Put(after)));
        }, cancellation);

    /// <summary>Gives a person another role, and ends the person's sessions.</summary>
    public Task<CommandResult<AccountSnapshot>> ChangeRole(Caller caller, AccountId id, Role role, CancellationToken cancellation) =>
        Change(caller, id, ChangeKind.AccountChanged, before => before.Role == role ? before : before with { Role = role, Sessions = [] }, cancellation);

    /// <summary>Removes a person: nothing signs the person in any more. The record keeps the name.</summary>
    public Task<CommandResult<AccountSnapshot>> Remove(Caller caller, AccountId id, CancellationToken cancellation) =>
        Change(
            caller, id, ChangeKind.AccountRemoved,
            before => before with
            {
                RemovedAt = clock.GetCurrentInstant(),
                Sessions = [],
                PasswordHash = null,
                AuthenticatorKey = null,
                HasSecondFactor = false,
                Passkeys = [],
                RecoveryCodes = [],
                Logins = [],
            },
            cancellation);

    /// <summary>Uses an invitation: makes the account, or gives the account that is recovered a new password and ends its sessions.</summary>
    public Task<CommandResult<AccountSnapshot>> Accept(InvitationId id, string name, string passwordHash, CancellationToken cancellation) =>
        Run<AccountSnapshot>(new(new("", Role.Viewer, null, "")), async () =>
        {
            var now = clock.GetCurrentInstant();
            if (copy.Invitations.GetValueOrDefault(id) is not { } invitation || !invitation.IsOpen(now))
                return new Attempt.NotFound();
            var used = invitation with { AcceptedAt = now, Version = invitation.Version + 1 };
            if (invitation.Recovers is { } recovered)
            {
                if (await copy.Newest(recovered, cancellation) is not { RemovedAt: null } before)
                    return new Attempt.NotFound();
                var after = before with
                {
                    PasswordHash = passwordHash,
                    Sessions = [],
                    FailedSignIns = 0,
                    LockedUntil = null,
                    HasSecondFactor = false,
                    AuthenticatorKey = null,
                    RecoveryCodes = [],
                    SecurityStamp = ApiKeySecret.Draw(),
                    Version = before.Version + 1,
                };
                return Write(commits.Record(ChangeKind.AccountChanged, after.Id.ToString(), before, after), after, [Row(used)], used);
            }

            return await New(invitation.Email, name, invitation.Role, invitation.Institution, passwordHash, [Row(used)], used, cancellation);
        }, cancellation);

    /// <summary>Makes the first operator's account.</summary>
    public Task<CommandResult<AccountSnapshot>> MakeFirst(string email, string name, string passwordHash, CancellationToken cancellation) =>
        Run<AccountSnapshot>(
            new(new("", Role.Viewer, null, "")), () => New(email, name, Role.Operator, null, passwordHash, [], null, cancellation), cancellation);

    private async Task<Attempt> New(
        string email, string name, Role role, InstitutionId? institution, string passwordHash, RowWrite[] more, Invitation? used,
        CancellationToken cancellation)
    {
        var address = await ledger.Read.PrivateRow(PrivateKind.Email, EmailAddress.Key(email), cancellation);
        if (address is { Body.Length: > 0 })
            return new Attempt.Refused(new Refusal.EmailTaken());
        var account = new Account
        {
            Id = AccountId.New(), Name = name, Email = email.Trim(), Role = role, Institution = institution, MadeAt = clock.GetCurrentInstant(),
            PasswordHash = passwordHash, SecurityStamp = ApiKeySecret.Draw(),
        };
        var row = new PrivateRow(PrivateKind.Email, EmailAddress.Key(email), (address?.Version ?? 0) + 1, account.Id.ToString());
        return Write(
            commits.Record(ChangeKind.AccountMade, account.Id.ToString(), null, account), account, [new RowWrite.PrivatePut(row), .. more], used);
    }

    private Task<CommandResult<AccountSnapshot>> Change(
        Caller caller, AccountId id, ChangeKind kind, Func<Account, Account> change, CancellationToken cancellation) =>
        Run<AccountSnapshot>(caller, async () =>
        {
            if (await copy.Newest(id, cancellation) is not { } before)
                return new Attempt.NotFound();
            if (before.RemovedAt is not null)
                return kind == ChangeKind.AccountRemoved ? new Attempt.Unchanged(AccountSnapshot.Of(before)) : new Attempt.NotFound();
            if (caller.Who.Id == id.ToString())
                return new Attempt.Refused(new Refusal.OwnAccount());
            if (caller.SeenVersion is { } seen && seen != before.Version)
                return new Attempt.Stale();
            if (change(before) is var changed && ReferenceEquals(changed, before))
                return new Attempt.Unchanged(AccountSnapshot.Of(before));
            var after = changed with { SecurityStamp = ApiKeySecret.Draw(), Version = before.Version + 1 };
            List<RowWrite> more = [];
            if (after.RemovedAt is not null)
            {
                var address = await ledger.Read.PrivateRow(PrivateKind.Email, EmailAddress.Key(before.Email), cancellation);
                more.Add(new RowWrite.PrivatePut(new(PrivateKind.Email, EmailAddress.Key(before.Email), (address?.Version ?? 0) + 1, "")));
            }

            return Write(commits.Record(kind, caller.Who.Id, before, after) with { Stamp = caller.Stamp }, after, [.. more], null);
        }, cancellation);

    private Attempt.Write Write(ChangeRecord record, Account after, RowWrite[] more, Invitation? used) =>
        new(record, [AccountCommits.Row(after), .. more], () =>
        {
            copy.Put(after);
            if (used is not null)
                copy.Put(used);
        });

    private Attempt.Write Made(Caller caller, Invitation made) =>
        new Attempt.Write(InvitationRecord(ChangeKind.InvitationMade, caller, null, made), [Row(made)], () => copy.Put(made));

    /// <summary>The id of a call with an idempotency key is computed from the key, so two processes that serve the same call make one invitation.</summary>
    private static Invitation Draw(Caller caller, Instant now, string secretHash, string email, Role role, InstitutionId? institution) => new()
    {
        Id = caller.Stamp is { } stamp ? new(ApiKeyId.From($"{stamp.Caller}\n{stamp.Key}\n{stamp.Hash}\n{Period(now)}").Value) : InvitationId.New(),
        SecretHash = secretHash, Email = email, Role = role, Institution = institution, MadeBy = caller.Who.Name, MadeAt = now,
        ExpiresAt = now + Duration.FromDays(AccountLimits.InvitationDays),
    };

    private static int Period(Instant now) => (now - NodaConstants.UnixEpoch).Days / Limits.IdempotencyKeyDays;

    private ChangeRecord InvitationRecord(ChangeKind kind, Caller caller, Invitation? before, Invitation after) => new()
    {
        At = clock.GetCurrentInstant(), Who = caller.Who.Id, Kind = kind, Subject = after.Id.ToString(), Institution = after.Institution,
        Before = before is null ? null : new InvitationSnapshot(before), After = new InvitationSnapshot(after), Stamp = caller.Stamp,
    };

    private static RowWrite.PrivatePut Row(Invitation invitation) =>
        new(new(PrivateKind.Invitation, invitation.Id.ToString(), invitation.Version, InvitationForms.Write(invitation)));

    private async Task<CommandResult<T>> Run<T>(Caller caller, Func<Task<Attempt>> decide, CancellationToken cancellation)
        where T : Snapshot
    {
        for (var tried = 0; tried < MostAttempts; tried++)
        {
            if (caller.Stamp is { } stamp && await grains.Catalogue().Recall(stamp, cancellation) is { } known)
                return Recalled<T>(known);
            switch (await decide())
            {
                case Attempt.NotFound:
                    return new CommandResult<T>.NotFound();
                case Attempt.Stale:
                    return new CommandResult<T>.Stale();
                case Attempt.Refused(var why):
                    return new CommandResult<T>.Refused(why);
                case Attempt.Unchanged(var value):
                    return new CommandResult<T>.Done((T)value);
                case Attempt.Write write:
                    var outcome = await ledger.Commit(new() { Record = write.Record, Rows = [.. write.Rows] }, cancellation);
                    if (outcome is CommitOutcome.Committed)
                    {
                        write.Keep();
                        return new CommandResult<T>.Done((T)write.Record.After!);
                    }

                    if (outcome is not CommitOutcome.Stale)
                        return Failed<T>(outcome);
                    await copy.Refresh(cancellation);
                    break;
            }
        }

        return new CommandResult<T>.Busy();
    }

    private static CommandResult<T> Recalled<T>(CommandResult<Snapshot> known)
        where T : Snapshot => known switch
        {
            CommandResult<Snapshot>.Done(T value, _) => new CommandResult<T>.Done(value, IsReplay: true),
            CommandResult<Snapshot>.KeyReused => new CommandResult<T>.KeyReused(),
            _ => new CommandResult<T>.OutcomeUnknown(),
        };

    private static CommandResult<T> Failed<T>(CommitOutcome outcome)
        where T : Snapshot => outcome switch
        {
            CommitOutcome.Busy => new CommandResult<T>.Busy(),
            CommitOutcome.Unknown => new CommandResult<T>.OutcomeUnknown(),
            _ => new CommandResult<T>.Unavailable(),
        };

    private abstract record Attempt
    {
        public sealed record NotFound : Attempt;

        public sealed record Stale : Attempt;

        public sealed record Refused(Refusal Why) : Attempt;

        public sealed record Unchanged(Snapshot Value) : Attempt;

        public sealed record Write(ChangeRecord Record, RowWrite[] Rows, Action Keep) : Attempt;
    }
}
