using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body that corrects a pack's quantity or purchase date, or takes the pack back. What is left out stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PackChangeBody : ICheckedBody
{
    [Range(1, Limits.PackQuantity)]
    [Description("At least the vouchers that are taken.")]
    public int? Quantity { get; init; }

    [Description("The exam days of the bookings with vouchers of the pack must stay within a year from this date.")]
    public LocalDate? PurchasedOn { get; init; }

    [Description("True takes the pack back: it stays listed and gives no more vouchers. Given without quantity and purchasedOn.")]
    public bool? Void { get; init; }

    [Reason]
    public required string Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Void == false)
            faults.Add("void", "must be true or left out: a pack that was taken back stays void");
        if (Void == true && (Quantity is not null || PurchasedOn is not null))
            faults.Add("void", "must be given without quantity and purchasedOn: a void pack gives no vouchers");
        if (Void is null && Quantity is null && PurchasedOn is null)
            faults.Add("quantity", "is required when neither purchasedOn nor void is given");
    }
}
