namespace Scheduler.Benchmarks;

/// <summary>A row of slots.</summary>
internal sealed class PeerSlot
{
    public string Pool { get; set; } = "";
    public int Minutes { get; set; }
    public int Capacity { get; set; }
    public int Booked { get; set; }
    public int Held { get; set; }
    public int Shortfall { get; set; }
    public int Version { get; set; }
}
