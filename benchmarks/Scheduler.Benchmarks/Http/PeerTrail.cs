namespace Scheduler.Benchmarks;

/// <summary>A row of trail.</summary>
internal sealed class PeerTrail
{
    public string Institution { get; set; } = "";
    public long Entry { get; set; }
    public long At { get; set; }
    public int Committer { get; set; }
    public long Sequence { get; set; }
    public long Position { get; set; }
    public int Flags { get; set; }
    public long? Key { get; set; }
    public string? Booking { get; set; }
    public int? Ends { get; set; }
}
