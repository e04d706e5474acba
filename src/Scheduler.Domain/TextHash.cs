namespace Scheduler.Domain;

/// <summary>A hash of text that is the same in every process and on every machine, unlike the runtime's own: for choices that several must make alike.</summary>
public static class TextHash
{
    /// <summary>
    /// FNV-1a (Fowler, Noll, Vo) over UTF-16 units, its bits mixed once more by MurmurHash3's last step (Appleby): the last characters alone would hardly reach the upper bits.
    /// </summary>
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }
}
