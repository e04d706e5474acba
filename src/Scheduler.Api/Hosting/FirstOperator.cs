using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Makes the first operator's API key, by a commit to the ledger without a grain. A key from the settings is stored before the server listens. A key is drawn
/// only when the server already listens: the drawn key is shown once, so nothing may fail between making and showing it.
/// </summary>
internal static class FirstOperator
{
    private const string Name = "first operator";

    /// <summary>The author of the key in the record.</summary>
    private const string Who = "start";

    /// <summary>
    /// The id of a drawn key. All processes use the same id. So when several processes start at once on an empty database, only one of them makes a key.
    /// </summary>
    private static readonly ApiKeyId _drawn = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));

    /// <summary>Stores the key from the settings, unless the ledger has the key. Returns null, or why the key is refused.</summary>
    public static async Task<string?> Keep(SeatLedger ledger, CatalogueCopy catalogue, IClock clock, string given)
    {
        var hash = ApiKeySecret.Hash(given);
        if (catalogue.Current.KeysByHash.ContainsKey(hash))
            return null;
        var id = IdOf(hash);
        if (catalogue.Current.ApiKeys.Values.Any(key => key.Value.Hash == hash) || await IsRevoked(ledger, id))
        {
            return $"The key in {SettingNames.Name("Bootstrap:OperatorKey")} was revoked, and a revoked key cannot be used again. The key is refused. "
                + "Set another key, or leave the setting out.";
        }

        await Put(ledger, catalogue, new(id, hash, Role.Operator, null, Name, clock.GetCurrentInstant()));
        return null;
    }

    /// <summary>Draws a key when no operator's key exists yet. Returns the key's text, or null when an operator's key exists.</summary>
    public static async Task<string?> Draw(SeatLedger ledger, CatalogueCopy catalogue, IClock clock)
    {
        if (catalogue.Current.ApiKeys.Values.Any(key => key.Value is { Role: Role.Operator, RevokedAt: null }))
            return null;
        var secret = ApiKeySecret.Draw();
        var isMade = await Put(ledger, catalogue, new(_drawn, ApiKeySecret.Hash(secret), Role.Operator, null, Name, clock.GetCurrentInstant()));
        return isMade ? secret : null;
    }

    /// <summary>
    /// The id of a key from the settings is computed from the key's hash, so that every start and every process uses the same id for the same key.
    /// </summary>
    private static ApiKeyId IdOf(string hash) => new(Guid.Parse($"{hash[..12]}8{hash[12..15]}8{hash[15..30]}"));

    /// <summary>Whether the record says that the key was revoked. Earlier versions removed a revoked key from the catalogue.</summary>
    private static async Task<bool> IsRevoked(SeatLedger ledger, ApiKeyId id)
    {
        var record = await ledger.Read.Audit(new() { Subject = new(SubjectKind.ApiKey, id.ToString()) }, CancellationToken.None);
        return record!.Entries.Any(entry => entry.Kind == ChangeKind.ApiKeyRevoked);
    }

    private static async Task<bool> Put(SeatLedger ledger, CatalogueCopy catalogue, ApiKey key)
    {
        var change = new Change
        {
            Record = new()
            {
                At = key.CreatedAt, Who = Who, Kind = ChangeKind.ApiKeyMade, Subject = key.Id.ToString(), After = new EntrySnapshot(key, 1), Why = Name,
            },
            Rows = [new RowWrite.CataloguePut(key, 1)],
        };
        var outcome = await ledger.Commit(change, CancellationToken.None);
        if (outcome is not (CommitOutcome.Committed or CommitOutcome.Stale))
        {
            throw new StartRefusedException(
                ExitCode.Unavailable, $"The first operator's key could not be stored, because the ledger takes no changes now ({outcome}). Start again.");
        }

        await catalogue.Refresh();
        return outcome is CommitOutcome.Committed;
    }
}
