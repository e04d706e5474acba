using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A pack of vouchers.</summary>
internal sealed record PackView
{
    public required Guid Id { get; init; }

    public required InstitutionId Institution { get; init; }

    public required string Programme { get; init; }

    public required int Quantity { get; init; }

    public required int Remaining { get; init; }

    public required LocalDate PurchasedOn { get; init; }

    public required LocalDate ExpiresOn { get; init; }

    [Description("Whether an operator took the pack back. A void pack gives no vouchers.")]
    public required bool Void { get; init; }

    public static PackView Of(InstitutionId institution, Pack pack) => new()
    {
        Id = pack.Id.Value,
        Institution = institution,
        Programme = pack.Programme,
        Quantity = pack.Quantity,
        Remaining = pack.Remaining,
        PurchasedOn = pack.PurchasedOn,
        ExpiresOn = pack.ExpiresOn,
        Void = pack.IsVoid,
    };
}
