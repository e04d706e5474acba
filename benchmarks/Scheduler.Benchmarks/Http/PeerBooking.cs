namespace Scheduler.Benchmarks;

/// <summary>A row of bookings.</summary>
internal sealed class PeerBooking
{
    public string Id { get; set; } = "";
    public string Institution { get; set; } = "";
    public string Exam { get; set; } = "";
    public string Pool { get; set; } = "";
    public int StartMinutes { get; set; }
    public int Slots { get; set; }
    public int Seats { get; set; }
    public string Profile { get; set; } = "";
    public string Mode { get; set; } = "";
    public string Accommodations { get; set; } = "";
    public string? Reference { get; set; }
    public string Vouchers { get; set; } = "";
    public string? OverrideReason { get; set; }
    public string Status { get; set; } = "";
    public int Version { get; set; }
    public int Overseen { get; set; }
    public int? Attended { get; set; }
    public string Forfeited { get; set; } = "";
}
