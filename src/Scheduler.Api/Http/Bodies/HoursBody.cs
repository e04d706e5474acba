using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The seats of several ranges of a pool's slots. All are set in one change, or none.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HoursBody : ICheckedBody
{
    [MinLength(1)]
    [MaxLength(Limits.RaisedRanges)]
    public required HourSeatsBody[] Where { get; init; }

    [NullAsLeftOut]
    [Range(0, int.MaxValue)]
    [Description("The version of the pool's capacity that the caller has seen. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [DefaultValue(false)]
    [Description("Lowers the capacity even below the seats booked and held, and records the shortfall.")]
    public bool? Force { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Required with force.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        Forced.Check(Force, Reason, faults);
        if (Where.Length == 0)
            faults.Add("where", "must have at least one entry");
        (int Index, HourSeatsBody Range)? before = null;
        foreach (var (index, range) in Where.Index().OrderBy(one => one.Item.From))
        {
            range.Check($"where[{index}]", faults);
            if (before is var (other, earlier) && range.From < earlier.To)
                faults.Add($"where[{index}].from", $"must not overlap where[{other}]");
            before = (index, range);
        }
    }

    public HourSeats[] ToHours() => Array.ConvertAll(Where, range => new HourSeats(range.From, range.To, range.Seats));
}
