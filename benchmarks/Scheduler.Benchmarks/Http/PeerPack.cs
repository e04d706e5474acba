namespace Scheduler.Benchmarks;

/// <summary>A row of packs.</summary>
internal sealed class PeerPack
{
    public string Id { get; set; } = "";
    public string Institution { get; set; } = "";
    public string Programme { get; set; } = "";
    public int Quantity { get; set; }
    public string PurchasedOn { get; set; } = "";
    public int Taken { get; set; }
}
