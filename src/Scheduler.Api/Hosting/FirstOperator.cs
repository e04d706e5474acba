using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Sees to it that somebody can get in: puts the given operator key into the catalogue, or draws one when there is no operator yet. Before any grain runs, so by a change of its own.
/// </summary>
internal static class FirstOperator
{
    private const string Name = "first operator";

    /// <summary>Who stands in the record for what the start did.</summary>
    private const string Who = "start";

    /// <summary>The id of a drawn key: one for all, so that of several silos that start at once on an empty database only one can make it.</summary>
    private static readonly ApiKeyId _drawn = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));

    /// <summary>The key that was drawn, to be shown this once; null when none was.</summary>
    public static async Task<string?> See(SeatLedger ledger, CatalogueCopy catalogue, IClock clock, string? given)
    {
        if (given is not null)
        {
            var hash = SignIn.Hash(given);
            if (!catalogue.Current.KeysByHash.ContainsKey(hash))
                await Put(ledger, catalogue, new(IdOf(hash), hash, Role.Operator, null, Name, clock.GetCurrentInstant()));
            return null;
        }

        if (catalogue.Current.ApiKeys.Values.Any(key => key.Value.Role == Role.Operator))
            return null;
        var secret = ApiKeysApi.Draw();
        var isMade = await Put(ledger, catalogue, new(_drawn, SignIn.Hash(secret), Role.Operator, null, Name, clock.GetCurrentInstant()));
        return isMade ? secret : null;
    }

    /// <summary>A given key's id follows from its hash: starting again, or two silos at once, make it once.</summary>
    private static ApiKeyId IdOf(string hash) => new(Guid.Parse($"{hash[..12]}8{hash[12..15]}8{hash[15..30]}"));

    private static async Task<bool> Put(SeatLedger ledger, CatalogueCopy catalogue, ApiKey key)
    {
        var outcome = await ledger.Commit(new()
        {
            Record = new()
            {
                At = key.CreatedAt,
                Who = Who,
                Kind = "api_key_made",
                Subject = key.Id.ToString(),
                After = System.Text.Encoding.UTF8.GetString(JsonText.Object(writer => CatalogueView.Write(writer, key, 1))),
                Why = "first operator",
                Status = 201,
            },
            Rows = [new RowWrite.CataloguePut(key, 1)],
        });
        if (outcome is not (CommitOutcome.Committed or CommitOutcome.Stale))
            throw new InvalidOperationException($"The first operator's key could not be kept: {outcome}.");
        await catalogue.Refresh();
        return outcome is CommitOutcome.Committed;
    }
}
