using System.Data.Common;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads idempotency keys (R13). The institution's trail is the index: an entry of a change with a key has a hash of caller and key, so a look-up reads only
/// changes with the same hash. The operator's changes are in the trail with an empty institution id.
/// </summary>
internal static class KeyQueries
{
    private const string Columns = "c.caller, c.key, c.hash, c.at, c.committer, c.sequence";

    /// <summary>The newest keys after an entry, with the number of the last entry.</summary>
    public static KeyRows Newest(ReadSession session, string institution, Instant now, long afterEntry)
    {
        var last = session.Query("select entries from institutions where id = @institution", row => row.GetInt64(0), ("institution", institution))
            .FirstOrDefault();
        var keys = session.Query(
            $"""
            select {Columns} from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
            where t.institution = @institution and t.entry > @after and t.key is not null and t.at >= @since order by t.entry desc limit @limit
            """,
            Key, ("institution", institution), ("after", afterEntry), ("since", RowText.Ticks(Since(now))), ("limit", Limits.KeysInMemory + 1));
        var hasOlder = keys.Count > Limits.KeysInMemory;
        if (hasOlder)
            keys.RemoveAt(keys.Count - 1);
        keys.Reverse();
        return new([.. keys], last, hasOlder);
    }

    /// <summary>The last use of a key since an instant; null when the key was not used.</summary>
    public static StoredKey? Find(ReadSession session, string institution, string caller, string key, Instant since) => session.Query(
        $"""
        select {Columns} from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
        where t.institution = @institution and t.key = @hash and t.at >= @since and c.caller = @caller and c.key = @key order by t.entry desc limit 1
        """,
        Key, ("institution", institution), ("hash", HashOf(caller, key)), ("since", RowText.Ticks(since)), ("caller", caller), ("key", key)).FirstOrDefault();

    /// <summary>The snapshot after a change; null when the change has none, or does not exist.</summary>
    public static Snapshot? Answer(ReadSession session, ChangeRef change) => session.Query(
        "select after from changes where committer = @committer and sequence = @sequence",
        row => RowReader.Snapshot(row, 0), ("committer", change.Committer), ("sequence", change.Sequence)).FirstOrDefault();

    /// <summary>The hash that the trail stores.</summary>
    public static long HashOf(string caller, string key) => TextHash.Of($"{caller} {key}");

    private static Instant Since(Instant now) => now - Duration.FromDays(Limits.IdempotencyKeyDays);

    private static StoredKey Key(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), RowText.Instant(row.GetInt64(3)), new(row.GetInt64(4), row.GetInt64(5)));
}
