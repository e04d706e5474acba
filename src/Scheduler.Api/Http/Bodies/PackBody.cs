using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pack.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PackBody
{
    [Line]
    public required string Programme { get; init; }

    [Range(1, Limits.PackQuantity)]
    public required int Quantity { get; init; }

    public required LocalDate PurchasedOn { get; init; }
}
