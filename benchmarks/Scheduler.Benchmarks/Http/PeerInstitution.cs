namespace Scheduler.Benchmarks;

/// <summary>A row of institutions.</summary>
internal sealed class PeerInstitution
{
    public string Id { get; set; } = "";
    public long Version { get; set; }
    public int Online { get; set; }
    public long Entries { get; set; }
}
