using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R14: each person who may sign in has the own e-mail address alone, and each address that is taken belongs to such a person.</summary>
internal static class AccountAddresses
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var present = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var account in rows.Accounts)
        {
            using var body = JsonDocument.Parse(account.Body);
            var version = body.RootElement.GetProperty("version").GetInt32();
            if (version != account.Version)
                yield return new("R14", account.Id, $"the row of the account has version {account.Version}, its body has version {version}");
            if (!body.RootElement.TryGetProperty("removedAt", out _))
                present[account.Id] = EmailAddress.Key(body.RootElement.GetProperty("email").GetString()!);
        }

        var taken = rows.Addresses.Where(address => address.Body.Length > 0).ToDictionary(address => address.Id, address => address.Body);
        foreach (var (account, address) in present)
        {
            if (taken.GetValueOrDefault(address) != account)
                yield return new("R14", account, "the e-mail address of the account does not belong to the account");
        }

        foreach (var (address, account) in taken)
        {
            if (present.GetValueOrDefault(account) != address)
                yield return new("R14", account, "an e-mail address belongs to an account that does not sign in with it");
        }
    }
}
