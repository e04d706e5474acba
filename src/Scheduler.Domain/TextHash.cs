namespace Scheduler.Domain;

/// <summary>
/// A hash of text that is the same in every process and on every machine. The runtime's own hash differs between processes. Use this one where several
/// processes must make the same choice.
/// </summary>
public static class TextHash
{
    /// <summary>
    /// FNV-1a (Fowler, Noll, Vo) over UTF-16 units, followed by the last step of MurmurHash3 (Appleby). Without that step, the last characters would hardly
    /// change the upper bits.
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
