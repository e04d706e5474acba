using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The holds of a school that keep their seats now (R10), read from the ledger.</summary>
internal static class LiveHolds
{
    /// <summary>The live holds, the newest first. The list of holds has the live ones first, and their number is limited.</summary>
    public static async Task<ImmutableArray<Hold>> Of(PageContext page, InstitutionId school)
    {
        var (now, read) = (page.Now, page.Api.Ledger.Read);
        var holds = await read.Holds(school, now, null, Limits.PageSize, page.Http.RequestAborted);
        return [.. holds!.Entries.Where(hold => hold.IsLive(now))];
    }
}
