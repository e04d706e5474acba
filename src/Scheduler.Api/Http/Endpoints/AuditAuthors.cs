using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Finds who made changes, by a text that a reader of the audit types.</summary>
internal static class AuditAuthors
{
    /// <summary>
    /// The texts under which the ledger stores the authors: the author with this id, or all people, API keys and parts of the server whose name has the text.
    /// Empty when there is none. A name finds nobody whose changes the reader may not see, because the reader's reach limits the changes.
    /// </summary>
    public static IReadOnlyCollection<string> Like(string text, Catalogue catalogue, AccountCopy accounts)
    {
        if (Guid.TryParseExact(text, "D", out var id))
            return [id.ToString()];
        return
        [
            .. Author.ServerActs.Where(act => Has(act.Value) || act.Key == text).Select(act => act.Key),
            .. accounts.Accounts.Values.Where(account => Has(account.Name)).Select(account => account.Id.ToString()),
            .. catalogue.ApiKeys.Values.Where(key => Has(key.Value.Name)).Select(key => key.Value.Id.ToString()),
        ];

        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
