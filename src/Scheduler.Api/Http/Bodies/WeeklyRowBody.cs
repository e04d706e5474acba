using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats on some weekdays between two local times of the pool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WeeklyRowBody
{
    [MinLength(1)]
    [MaxLength(7)]
    public required IsoDayOfWeek[] Days { get; init; }

    public required WholeHour FromTime { get; init; }

    [Description("The local time at which the last slot ends; 24:00 is allowed.")]
    public required WholeHour ToTime { get; init; }

    [Range(0, Limits.Seats)]
    public required int Seats { get; init; }

    public void Check(string path, FieldFaults faults)
    {
        if (Days.Length == 0 || Days.Distinct().Count() < Days.Length)
            faults.Add($"{path}.days", "must name at least one day, and no day twice");
        if (FromTime.Hour >= ToTime.Hour)
            faults.Add($"{path}.toTime", "must be a whole hour later than fromTime, 24:00 at the latest");
    }

    public bool Overlaps(WeeklyRowBody other) => Days.Intersect(other.Days).Any() && FromTime.Hour < other.ToTime.Hour && other.FromTime.Hour < ToTime.Hour;

    public WeeklyRow ToRow() => new([.. Days], new LocalTime(FromTime.Hour, 0), ToTime.Hour, Seats);
}
