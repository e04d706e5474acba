using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Invites people, takes invitations back, changes roles and removes people. An invitation ends when its maker is removed or may invite nobody any more, and
/// when the API key that made it is revoked.
/// </summary>
internal sealed class PeopleCommands(SeatLedger ledger, AccountCopy copy, AccountCommits records, PeopleCommits commits, CatalogueCopy catalogue, IClock clock)
{
    /// <summary>Makes an invitation. The link's secret is never stored.</summary>
    public Task<CommandResult<InvitationSnapshot>> Invite(
        Caller caller, string secretHash, string email, Role role, InstitutionId? institution, CancellationToken cancellation) =>
        commits.Run<InvitationSnapshot>(caller, () =>
        {
            var now = clock.GetCurrentInstant();
            if (copy.ByEmail(email) is { } known && known.Institution == institution)
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Refused(new Refusal.EmailTaken()));
            var seen = catalogue.Current;
            if (institution is { } id && seen.Institutions.GetValueOrDefault(id) is { Value.Retired: not null })
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Refused(new Refusal.Retired("institution", id.Text)));
            if (copy.Invitations.Values.Count(one => one.Institution == institution && copy.IsOpen(one, now, seen)) >= AccountLimits.OpenInvitations)
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Refused(new Refusal.TooManyInvitations(AccountLimits.OpenInvitations)));
            return Task.FromResult<PeopleAttempt>(Made(caller, Draw(caller, now, secretHash, email.Trim(), role, institution)));
        }, cancellation);

    /// <summary>Makes a link by which a person chooses anew how to sign in. What the person used before works until the link is used.</summary>
    public Task<CommandResult<InvitationSnapshot>> Recover(Caller caller, string secretHash, AccountId id, CancellationToken cancellation) =>
        commits.Run<InvitationSnapshot>(caller, () => Task.FromResult<PeopleAttempt>(caller.Who.Id == id.ToString()
            ? new PeopleAttempt.Refused(new Refusal.OwnAccount())
            : copy.Accounts.GetValueOrDefault(id) is { RemovedAt: null } account
                ? Made(
                    caller,
                    Draw(caller, clock.GetCurrentInstant(), secretHash, account.Email, account.Role, account.Institution) with { Recovers = id })
                : new PeopleAttempt.NotFound()), cancellation);

    /// <summary>Revokes an invitation. An invitation that was used or revoked before stays as it is.</summary>
    public Task<CommandResult<InvitationSnapshot>> Revoke(Caller caller, InvitationId id, CancellationToken cancellation) =>
        commits.Run<InvitationSnapshot>(caller, () =>
        {
            if (copy.Invitations.GetValueOrDefault(id) is not { } before)
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.NotFound());
            if (before.AcceptedAt is not null || before.RevokedAt is not null)
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Unchanged(new InvitationSnapshot(before)));
            if (caller.SeenVersion is { } seen && seen != before.Version)
                return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Stale());
            var after = before with { RevokedAt = clock.GetCurrentInstant(), Version = before.Version + 1 };
            return Task.FromResult<PeopleAttempt>(new PeopleAttempt.Write(
                InvitationRecord(ChangeKind.InvitationRevoked, caller, before, after), [Row(after)], () => copy.Put(after)));
        }, cancellation);

    /// <summary>Revokes what an API key that was revoked has invited, as for a person (see <see cref="EndInvitations"/>).</summary>
    public async Task<CommandResult<EntrySnapshot>> EndInvitationsOf(
        Caller caller, ApiKeyId key, CommandResult<EntrySnapshot> result, CancellationToken cancellation)
    {
        if (result is CommandResult<EntrySnapshot>.Done)
            await RevokeAll(caller, one => one.MakerKey == key, cancellation);
        return result;
    }

    /// <summary>Gives a person another role, and ends the person's sessions.</summary>
    public async Task<CommandResult<AccountSnapshot>> ChangeRole(Caller caller, AccountId id, Role role, CancellationToken cancellation) =>
        await EndInvitations(
            caller, id,
            await Change(
                caller, id, ChangeKind.AccountChanged, before => before.Role == role ? before : before with { Role = role, Sessions = [] }, cancellation),
            cancellation);

    /// <summary>Removes a person: nothing signs the person in any more. The record keeps the name.</summary>
    public async Task<CommandResult<AccountSnapshot>> Remove(Caller caller, AccountId id, CancellationToken cancellation) => await EndInvitations(
        caller, id,
        await Change(
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
            cancellation),
        cancellation);

    /// <summary>Uses an invitation: makes the account, or gives the account that is recovered a new password or passkey and ends its sessions.</summary>
    public Task<CommandResult<AccountSnapshot>> Accept(InvitationId id, string name, SignInMeans means, CancellationToken cancellation) =>
        commits.Run<AccountSnapshot>(new(new("", Role.Viewer, null, "")), async () =>
        {
            var now = clock.GetCurrentInstant();
            if (copy.Invitations.GetValueOrDefault(id) is not { } invitation)
                return new PeopleAttempt.NotFound();
            if (invitation.Maker is { } maker)
                await copy.Newest(maker, cancellation);
            // Reads the newest catalogue, when another process may have revoked the key.
            if (invitation.MakerKey is not null)
                await catalogue.IsBehind(catalogue.Current, cancellation);
            if (!copy.IsOpen(invitation, now, catalogue.Current))
                return new PeopleAttempt.NotFound();
            var used = invitation with { AcceptedAt = now, Version = invitation.Version + 1 };
            if (invitation.Recovers is { } recovered)
            {
                if (await copy.Newest(recovered, cancellation) is not { RemovedAt: null } before)
                    return new PeopleAttempt.NotFound();
                var after = before with
                {
                    PasswordHash = means.PasswordHash,
                    Passkeys = means.Passkey is { } passkey ? [passkey] : [],
                    Logins = [],
                    Sessions = [],
                    FailedSignIns = 0,
                    LockedUntil = null,
                    HasSecondFactor = false,
                    AuthenticatorKey = null,
                    RecoveryCodes = [],
                    SecurityStamp = ApiKeySecret.Draw(),
                    Version = before.Version + 1,
                };
                return Write(records.Record(ChangeKind.AccountChanged, after.Id.ToString(), before, after), after, [Row(used)], used);
            }

            return await New(invitation.Email, name, invitation.Role, invitation.Institution, means, [Row(used)], used, cancellation);
        }, cancellation);

    /// <summary>Makes the first operator's account.</summary>
    public Task<CommandResult<AccountSnapshot>> MakeFirst(string email, string name, SignInMeans means, CancellationToken cancellation) =>
        commits.Run<AccountSnapshot>(
            new(new("", Role.Viewer, null, "")), () => New(email, name, Role.Operator, null, means, [], null, cancellation), cancellation);

    private async Task<PeopleAttempt> New(
        string email, string name, Role role, InstitutionId? institution, SignInMeans means, RowWrite[] more, Invitation? used,
        CancellationToken cancellation)
    {
        var address = await ledger.Read.PrivateRow(PrivateKind.Email, EmailAddress.Key(email), cancellation);
        if (address is { Body.Length: > 0 })
            return new PeopleAttempt.Refused(new Refusal.EmailTaken());
        var account = new Account
        {
            Id = means.Account ?? AccountId.New(), Name = name, Email = email.Trim(), Role = role, Institution = institution,
            MadeAt = clock.GetCurrentInstant(), PasswordHash = means.PasswordHash, SecurityStamp = ApiKeySecret.Draw(),
            Passkeys = means.Passkey is { } passkey ? [passkey] : [], Logins = means.Login is { } login ? [login] : [],
        };
        var row = new PrivateRow(PrivateKind.Email, EmailAddress.Key(email), (address?.Version ?? 0) + 1, account.Id.ToString());
        return Write(
            records.Record(ChangeKind.AccountMade, account.Id.ToString(), null, account), account, [new RowWrite.PrivatePut(row), .. more], used);
    }

    private Task<CommandResult<AccountSnapshot>> Change(
        Caller caller, AccountId id, ChangeKind kind, Func<Account, Account> change, CancellationToken cancellation) =>
        commits.Run<AccountSnapshot>(caller, async () =>
        {
            if (await copy.Newest(id, cancellation) is not { } before)
                return new PeopleAttempt.NotFound();
            if (before.RemovedAt is not null)
                return kind == ChangeKind.AccountRemoved ? new PeopleAttempt.Unchanged(AccountSnapshot.Of(before)) : new PeopleAttempt.NotFound();
            if (caller.Who.Id == id.ToString())
                return new PeopleAttempt.Refused(new Refusal.OwnAccount());
            if (caller.SeenVersion is { } seen && seen != before.Version)
                return new PeopleAttempt.Stale();
            if (change(before) is var changed && ReferenceEquals(changed, before))
                return new PeopleAttempt.Unchanged(AccountSnapshot.Of(before));
            var after = changed with { SecurityStamp = ApiKeySecret.Draw(), Version = before.Version + 1 };
            List<RowWrite> more = [];
            if (after.RemovedAt is not null)
            {
                var address = await ledger.Read.PrivateRow(PrivateKind.Email, EmailAddress.Key(before.Email), cancellation);
                more.Add(new RowWrite.PrivatePut(new(PrivateKind.Email, EmailAddress.Key(before.Email), (address?.Version ?? 0) + 1, "")));
            }

            return Write(records.Record(kind, caller.Who.Id, before, after) with { Stamp = caller.Stamp }, after, [.. more], null);
        }, cancellation);

    /// <summary>
    /// Revokes what a person who may invite nobody any more has invited. Such an invitation works no more already; the revocation puts that into the record. A
    /// repeat of the command revokes what a failure has left.
    /// </summary>
    private async Task<CommandResult<AccountSnapshot>> EndInvitations(
        Caller caller, AccountId maker, CommandResult<AccountSnapshot> result, CancellationToken cancellation)
    {
        if (result is CommandResult<AccountSnapshot>.Done && !AccountCopy.MayInvite(copy.Accounts.GetValueOrDefault(maker)))
            await RevokeAll(caller, one => one.Maker == maker, cancellation);
        return result;
    }

    private async Task RevokeAll(Caller caller, Func<Invitation, bool> isMeant, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        await Task.WhenAll(copy.Invitations.Values.Where(one => isMeant(one) && one.IsOpen(now)).Select(
            one => Revoke(new(caller.Who), one.Id, cancellation)));
    }

    private PeopleAttempt.Write Write(ChangeRecord record, Account after, RowWrite[] more, Invitation? used) =>
        new(record, [AccountCommits.Row(after), .. more], () =>
        {
            copy.Put(after);
            if (used is not null)
                copy.Put(used);
        });

    private PeopleAttempt.Write Made(Caller caller, Invitation made) =>
        new PeopleAttempt.Write(InvitationRecord(ChangeKind.InvitationMade, caller, null, made), [Row(made)], () => copy.Put(made));

    /// <summary>The id of a call with an idempotency key is computed from the key, so two processes that serve the same call make one invitation.</summary>
    private Invitation Draw(Caller caller, Instant now, string secretHash, string email, Role role, InstitutionId? institution) => new()
    {
        Id = caller.Stamp is { } stamp ? new(ApiKeyId.From($"{stamp.Caller}\n{stamp.Key}\n{stamp.Hash}\n{Period(now)}").Value) : InvitationId.New(),
        SecretHash = secretHash, Email = email, Role = role, Institution = institution, MadeBy = caller.Who.Name,
        Maker = Guid.TryParseExact(caller.Who.Id, "D", out var maker) && copy.Accounts.ContainsKey(new(maker)) ? new(maker) : null,
        MakerKey = catalogue.Current.ApiKeys.ContainsKey(new(maker)) ? new(maker) : null, MadeAt = now,
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
}
