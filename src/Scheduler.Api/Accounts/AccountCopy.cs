using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// This process's copy of all accounts and invitations. A change of this process is in the copy before its caller gets an answer; the changes of other
/// processes arrive by the feed. So each request checks its session without a reading of the database.
/// </summary>
internal sealed class AccountCopy : IDisposable
{
    private readonly SeatLedger _ledger;
    private readonly Lock _writing = new();
    private readonly IDisposable _subscription;
    private readonly ILogger _log;
    private ImmutableDictionary<AccountId, Account> _accounts = ImmutableDictionary<AccountId, Account>.Empty;
    private ImmutableDictionary<string, AccountId> _emails = ImmutableDictionary<string, AccountId>.Empty;
    private ImmutableDictionary<string, AccountId> _passkeys = ImmutableDictionary<string, AccountId>.Empty;
    private ImmutableDictionary<InvitationId, Invitation> _invitations = ImmutableDictionary<InvitationId, Invitation>.Empty;

    private AccountCopy(SeatLedger ledger, ILogger log)
    {
        (_ledger, _log) = (ledger, log);
        _subscription = ledger.Feed.Subscribe(Apply);
    }

    /// <summary>All accounts, those of removed people included.</summary>
    public ImmutableDictionary<AccountId, Account> Accounts => Volatile.Read(ref _accounts);

    /// <summary>All invitations.</summary>
    public ImmutableDictionary<InvitationId, Invitation> Invitations => Volatile.Read(ref _invitations);

    /// <summary>Whether somebody may sign in as an operator with an account.</summary>
    public bool HasOperator => Accounts.Values.Any(account => account is { Role: Role.Operator, RemovedAt: null });

    /// <summary>Reads all accounts, and follows the changes from then on.</summary>
    public static async Task<AccountCopy> Open(SeatLedger ledger, ILoggerFactory logs)
    {
        var copy = new AccountCopy(ledger, logs.CreateLogger<AccountCopy>());
        await copy.Refresh(CancellationToken.None);
        return copy;
    }

    /// <summary>The account that signs in with this e-mail address; null for none.</summary>
    public Account? ByEmail(string email) =>
        Volatile.Read(ref _emails).TryGetValue(EmailAddress.Key(email), out var id) ? Accounts.GetValueOrDefault(id) : null;

    /// <summary>The account with this passkey; null for none.</summary>
    public Account? ByPasskey(string passkey) => Volatile.Read(ref _passkeys).TryGetValue(passkey, out var id) ? Accounts.GetValueOrDefault(id) : null;

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

    /// <summary>The account as the ledger has it now. Another process may have changed it a moment ago.</summary>
    public async ValueTask<Account?> Newest(AccountId id, CancellationToken cancellation)
    {
        if (_ledger.IsShared && await _ledger.Read.PrivateRow(PrivateKind.Account, id.ToString(), cancellation) is { } row)
            Put(AccountForms.Read(row.Body));
        return Accounts.GetValueOrDefault(id);
    }

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
    public void Dispose() => _subscription.Dispose();

    private void Apply(ImmutableArray<FeedChange> changes)
    {
        if (changes.Any(change => !change.IsOwn && IsOfPeople(change.Kind)))
            _ = RefreshLater();
    }

    private static bool IsOfPeople(ChangeKind kind) => kind is ChangeKind.AccountMade or ChangeKind.AccountChanged or ChangeKind.AccountSignedIn
        or ChangeKind.AccountSignInFailed or ChangeKind.AccountRemoved or ChangeKind.InvitationMade or ChangeKind.InvitationAccepted
        or ChangeKind.InvitationRevoked;

    private async Task RefreshLater()
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                await Refresh(CancellationToken.None);
                return;
            }
            catch (Exception fault) when (fault is LedgerBusyException or LedgerUnreachableException)
            {
                // A person who was removed elsewhere must not stay signed in here, so the reading is tried until the database answers or the process stops.
                _log.LogWarning(fault, "Accounts that another process has changed could not be read (attempt {Tried})", tried);
                await _ledger.Read.IsReachable(CancellationToken.None);
                if (tried >= 100)
                    return;
            }
        }
    }
}
