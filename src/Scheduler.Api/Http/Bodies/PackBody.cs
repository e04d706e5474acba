using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pack.</summary>
internal static class PackBody
{
    public static (string Programme, int Quantity, LocalDate PurchasedOn) Parse(Fields fields) =>
        (fields.Line("programme"), fields.Whole("quantity", 1, Limits.PackQuantity), fields.Date("purchasedOn"));
}
