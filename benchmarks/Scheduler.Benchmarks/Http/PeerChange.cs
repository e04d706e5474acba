namespace Scheduler.Benchmarks;

/// <summary>A row of changes.</summary>
internal sealed class PeerChange
{
    public int Committer { get; set; }
    public long Sequence { get; set; }
    public long Position { get; set; }
    public long Batch { get; set; }
    public long At { get; set; }
    public string Who { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Subject { get; set; } = "";
    public string? Institution { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? Why { get; set; }
    public string? Caller { get; set; }
    public string? Key { get; set; }
    public string? Hash { get; set; }
    public int Notice { get; set; }
    public string Touched { get; set; } = "";
}
