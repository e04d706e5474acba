using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a weekly template.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TemplateBody : ICheckedBody
{
    [MaxLength(Limits.TemplateRows)]
    public required WeeklyRowBody[] Weekly { get; init; }

    public required LocalDate From { get; init; }

    [Description("Included.")]
    public required LocalDate To { get; init; }

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
        FieldRange.Check(From, To, faults);
        Forced.Check(Force, Reason, faults);
        for (var k = 0; k < Weekly.Length; k++)
        {
            Weekly[k].Check($"weekly[{k}]", faults);
            for (var j = 0; j < k; j++)
            {
                if (Weekly[j].Overlaps(Weekly[k]))
                    faults.Add($"weekly[{k}]", $"must not overlap weekly[{j}]");
            }
        }
    }

    public WeeklyTemplate ToTemplate() => new(From, To, [.. Weekly.Select(row => row.ToRow())]);
}
