using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// This process's copy of all accounts and invitations. A change of this process is in the copy before its caller gets an answer; the changes of other
/// processes arrive by the feed. So each request checks its session without a reading of the database.
/// </summary>
internal sealed class AccountCopy : IDisposable
{
    private static readonly TimeSpan _longestSilence = TimeSpan.FromSeconds(AccountLimits.SecondsWithoutNews);
    private readonly SeatLedger _ledger;
    private readonly Lock _writing = new();
    private readonly IDisposable _subscription;
    private readonly ChangedPeople _changed;
    private readonly AccountReading _reading;
    private ImmutableDictionary<AccountId, Account> _accounts = ImmutableDictionary<AccountId, Account>.Empty;
    private ImmutableDictionary<string, AccountId> _emails = ImmutableDictionary<string, AccountId>.Empty;
    private ImmutableDictionary<string, AccountId> _passkeys = ImmutableDictionary<string, AccountId>.Empty;
    private ImmutableDictionary<InvitationId, Invitation> _invitations = ImmutableDictionary<InvitationId, Invitation>.Empty;

    private AccountCopy(SeatLedger ledger, AccountReading reading, ILogger log)
    {
        _ledger = ledger;
        _reading = reading;
        _changed = new(ReadChanged, reading.Time, log);
        _subscription = ledger.Feed.Subscribe(Apply);
    }

    /// <summary>All accounts, those of removed people included.</summary>
    public ImmutableDictionary<AccountId, Account> Accounts => Volatile.Read(ref _accounts);

    /// <summary>All invitations.</summary>
    public ImmutableDictionary<InvitationId, Invitation> Invitations => Volatile.Read(ref _invitations);

    /// <summary>Whether somebody may sign in as an operator with an account.</summary>
    public bool HasOperator => Accounts.Values.Any(account => account is { Role: Role.Operator, RemovedAt: null });

    /// <summary>Reads all accounts, and follows the changes from then on.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="logs">Gets the readings that fail.</param>
    /// <param name="reading">How the changes of other processes are read; null for the ledger's own way.</param>
    public static async Task<AccountCopy> Open(SeatLedger ledger, ILoggerFactory logs, AccountReading? reading = null)
    {
        var copy = new AccountCopy(ledger, reading ?? AccountReading.Of(ledger), logs.CreateLogger<AccountCopy>());
        await copy.Refresh(CancellationToken.None);
        return copy;
    }

    /// <summary>The account that signs in with this e-mail address; null for none.</summary>
    public Account? ByEmail(string email) =>
        Volatile.Read(ref _emails).TryGetValue(EmailAddress.Key(email), out var id) ? Accounts.GetValueOrDefault(id) : null;

    /// <summary>The account with this passkey; null for none.</summary>
    public Account? ByPasskey(string passkey) => Volatile.Read(ref _passkeys).TryGetValue(passkey, out var id) ? Accounts.GetValueOrDefault(id) : null;

    /// <summary>The account that an account at a provider signs in as; null for none.</summary>
    public Account? ByLogin(ExternalLogin login) => Accounts.Values.FirstOrDefault(account => account.RemovedAt is null && account.Logins.Contains(login));

    /// <summary>The invitation whose link has the secret with this hash; null for none.</summary>
    public Invitation? BySecret(string hash) => Invitations.Values.FirstOrDefault(invitation => invitation.SecretHash == hash);

    /// <summary>Reads all accounts and invitations again.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        foreach (var row in await _ledger.Read.PrivateRows(PrivateKind.Account, cancellation))
            Put(AccountForms.Read(row.Body));
        foreach (var row in await _ledger.Read.PrivateRows(PrivateKind.Invitation, cancellation))
            Put(InvitationForms.Read(row.Body));
    }

    /// <summary>
    /// The account by which a request is judged. The copy answers, unless the copy is known to be behind: another process has changed the account and the
    /// change was not read yet, or there was no news from the other processes for <see cref="AccountLimits.SecondsWithoutNews"/>. Then the ledger answers.
    /// </summary>
    /// <exception cref="LedgerUnreachableException">The copy is behind, and the database does not answer.</exception>
    /// <exception cref="LedgerBusyException">The copy is behind, and too many readings wait.</exception>
    public async ValueTask<Account?> Trusted(AccountId id, CancellationToken cancellation)
    {
        if (_changed.Has(id) || _reading.Silence() > _longestSilence)
            await Read(id, cancellation);
        return Accounts.GetValueOrDefault(id);
    }

    /// <summary>The account as the ledger has it now. Another process may have changed it a moment ago.</summary>
    public async ValueTask<Account?> Newest(AccountId id, CancellationToken cancellation)
    {
        if (_ledger.IsShared)
            await Read(id, cancellation);
        return Accounts.GetValueOrDefault(id);
    }

    /// <summary>
    /// Whether the link of an invitation works. An invitation ends with its maker: when the maker was removed, or may invite nobody any more, and when the
    /// API key that made the invitation was revoked.
    /// </summary>
    public bool IsOpen(Invitation invitation, Instant now, Catalogue catalogue) =>
        invitation.IsOpen(now) && (invitation.Maker is not { } maker || MayInvite(Accounts.GetValueOrDefault(maker)))
        && (invitation.MakerKey is not { } key || catalogue.ApiKeys.GetValueOrDefault(key) is { Value.RevokedAt: null });

    /// <summary>Whether the holder of an account may invite people.</summary>
    public static bool MayInvite(Account? account) => account is { RemovedAt: null } && Policies.Roles(Policies.Managers).Contains(account.Role);

    /// <summary>Keeps an account, unless the copy has a newer version.</summary>
    public void Put(Account account)
    {
        lock (_writing)
        {
            var before = _accounts.GetValueOrDefault(account.Id);
            if (before is not null && before.Version >= account.Version)
                return;
            Volatile.Write(ref _accounts, _accounts.SetItem(account.Id, account));
            var key = EmailAddress.Key(account.Email);
            if (account.RemovedAt is null)
                Volatile.Write(ref _emails, _emails.SetItem(key, account.Id));
            else if (_emails.GetValueOrDefault(key) == account.Id)
                Volatile.Write(ref _emails, _emails.Remove(key));
            var passkeys = _passkeys.RemoveRange(before?.Passkeys.Select(passkey => passkey.Id) ?? []);
            if (account.RemovedAt is null)
                passkeys = passkeys.SetItems(account.Passkeys.Select(passkey => KeyValuePair.Create(passkey.Id, account.Id)));
            Volatile.Write(ref _passkeys, passkeys);
        }
    }

    /// <summary>Keeps an invitation, unless the copy has a newer version.</summary>
    public void Put(Invitation invitation)
    {
        lock (_writing)
        {
            if (_invitations.GetValueOrDefault(invitation.Id) is not { } before || before.Version < invitation.Version)
                Volatile.Write(ref _invitations, _invitations.SetItem(invitation.Id, invitation));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription.Dispose();
        _changed.Dispose();
    }

    /// <summary>Whether a change of another process was not read yet.</summary>
    internal bool HasUnread => _changed.HasAny;

    /// <summary>Reads what another process has changed, beside the caller.</summary>
    internal void Apply(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (!change.IsOwn && KindOf(change.Kind) is { } kind)
                _changed.Add(new(kind, change.Subject));
        }
    }

    private static PrivateKind? KindOf(ChangeKind kind) => kind switch
    {
        ChangeKind.AccountMade or ChangeKind.AccountChanged or ChangeKind.AccountSignedIn or ChangeKind.AccountSignInFailed or ChangeKind.AccountRemoved =>
            PrivateKind.Account,
        ChangeKind.InvitationMade or ChangeKind.InvitationAccepted or ChangeKind.InvitationRevoked => PrivateKind.Invitation,
        _ => null,
    };

    private async Task ReadChanged(ChangedPeople.Row changed, CancellationToken cancellation)
    {
        if (changed.Kind == PrivateKind.Invitation)
        {
            await ReadInvitation(changed.Id, cancellation);
            return;
        }

        // The record of an accepted invitation names the account, so the invitations that the account may have used are read too.
        if (await Read(new(Guid.ParseExact(changed.Id, "D")), cancellation) is not { } account)
            return;
        foreach (var invitation in Invitations.Values.Where(one => one.AcceptedAt is null && one.RevokedAt is null && IsFor(one, account)))
            await ReadInvitation(invitation.Id.ToString(), cancellation);
    }

    private static bool IsFor(Invitation invitation, Account account) => invitation.Recovers is { } recovered
        ? recovered == account.Id
        : account.Version == 1 && EmailAddress.Key(invitation.Email) == EmailAddress.Key(account.Email);

    private async Task<Account?> Read(AccountId id, CancellationToken cancellation)
    {
        if (await _reading.Row(PrivateKind.Account, id.ToString(), cancellation) is not { } row)
            return null;
        var account = AccountForms.Read(row.Body);
        Put(account);
        return account;
    }

    private async Task ReadInvitation(string id, CancellationToken cancellation)
    {
        if (await _reading.Row(PrivateKind.Invitation, id, cancellation) is { } row)
            Put(InvitationForms.Read(row.Body));
    }
}
