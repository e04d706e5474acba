using NodaTime;

namespace Scheduler.Tests;

/// <summary>A school of the peak.</summary>
public sealed record PeakSchool(string Id, DateTimeZone Zone, int LabSeats, int Proctors, int Vouchers);
