using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a series: several bookings of one institution, each decided alone, or all or none.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeriesBody : ICheckedBody
{
    [MinLength(1)]
    [MaxLength(Limits.SeriesRows)]
    [Description("The bookings, each as in POST /institutions/{id}/bookings. They are decided one after another, in this order.")]
    public required BookingBody[] Rows { get; init; }

    [NullAsLeftOut]
    [DefaultValue(false)]
    [Description("Whether a row that is refused with slot_full waits for its block.")]
    public bool? Wait { get; init; }

    [NullAsLeftOut]
    [DefaultValue(false)]
    [Description("Whether all rows are booked or none. Every block is held first, so the limits of live holds apply. Not with wait.")]
    public bool? Together { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Together == true && Wait == true)
            faults.Add("together", "must be left out with wait: a row that waits is not booked");
        if (Rows.Length == 0)
            faults.Add("rows", "must have at least one entry");
    }
}
