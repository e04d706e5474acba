using System.Collections.Frozen;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Who made a change, from the text that the ledger stores: a person, an API key, or a part of the server.</summary>
/// <param name="Stored">The text.</param>
/// <param name="Account">The account of a person; null for anybody else.</param>
/// <param name="Key">The API key; null for anybody else.</param>
internal sealed record Author(string Stored, Account? Account, ApiKey? Key)
{
    /// <summary>The names of the authors of the server's own acts, by the texts that the ledger stores.</summary>
    public static FrozenDictionary<string, string> ServerActs { get; } = new Dictionary<string, string>
    {
        ["scheduler"] = "Scheduler",
        ["clock"] = "Scheduler's clock",
        ["start"] = "Start of the server",
        [AccountCommits.SignInPage] = "Sign-in page",
        [OperatorRecovery.Who] = "Command line",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public bool IsServer => ServerActs.ContainsKey(Stored);

    public bool IsKnown => IsServer || Account is not null || Key is not null;

    public string Name => ServerActs.GetValueOrDefault(Stored) ?? Account?.Name ?? Key?.Name ?? Stored;

    public static Author Of(string stored, Catalogue catalogue, AccountCopy accounts) => !Guid.TryParseExact(stored, "D", out var id)
        ? new(stored, null, null)
        : new(stored, accounts.Accounts.GetValueOrDefault(new(id)), catalogue.ApiKeys.GetValueOrDefault(new(id))?.Value);
}
