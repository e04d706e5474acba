using NodaTime;

namespace Scheduler.Demo;

/// <summary>A pack that a school bought.</summary>
internal sealed record DemoPack(string Programme, int Quantity, LocalDate PurchasedOn);
