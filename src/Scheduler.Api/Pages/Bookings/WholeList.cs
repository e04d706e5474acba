using System.Collections.Immutable;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Reads all pages of a list of one institution.</summary>
internal static class WholeList
{
    public static async Task<ImmutableArray<T>> Read<T>(Func<string?, Task<Page<T>?>> read)
    {
        var all = ImmutableArray.CreateBuilder<T>();
        string? cursor = null;
        do
        {
            var part = (await read(cursor))!;
            all.AddRange(part.Entries);
            cursor = part.Next;
        }
        while (cursor is not null);
        return all.ToImmutable();
    }
}
