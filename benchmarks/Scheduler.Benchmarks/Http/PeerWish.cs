namespace Scheduler.Benchmarks;

/// <summary>A booking as a minimal API binds it.</summary>
internal sealed record PeerWish(string Exam, string Pool, string Start, int Seats, string Mode, string? Reference);
