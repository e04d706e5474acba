using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats to add to a pool's slots: the <c>where</c> of advice, or of a point of the curve, as it stands there.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RaiseBody : ICheckedBody
{
    [MinLength(1)]
    [MaxLength(Limits.RaisedRanges)]
    [Description("The where of advice, or of a point of the curve. Each slot gets add on top of what it offers now.")]
    public required CapacityChangeBody[] Where { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The capacityVersion of the advice. Another present version refuses the call.")]
    public required int Version { get; init; }

    [Reason]
    public required string Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Where.Length == 0)
            faults.Add("where", "must have at least one entry");
        foreach (var (index, range) in Where.Index())
        {
            range.Check($"where[{index}]", faults);
            if (range.Add <= 0)
                faults.Add($"where[{index}].add", $"must be from 1 to {Limits.Seats}; lower a capacity with PUT /pools/{{id}}/capacity");
        }
    }

    /// <summary>Adds a fault for each range of another pool, or with which a slot would offer more seats than a slot can.</summary>
    public void CheckPool(Pool pool, PoolCapacity capacity, Instant now, FieldFaults faults)
    {
        var most = Limits.Seats - capacity.Greatest(now, pool.Zone);
        var isTooMuch = MostAdded() > most;
        foreach (var (index, range) in Where.Index())
        {
            if (range.Pool != pool.Id)
                faults.Add($"where[{index}].pool", $"must be '{pool.Id}', the pool of the path");
            else if (isTooMuch)
            {
                faults.Add(
                    $"where[{index}].add", $"must be, with the ranges that it overlaps, at most {most}, or a slot could have more than {Limits.Seats} seats");
            }
        }
    }

    /// <summary>The most seats that the ranges together add at one instant.</summary>
    private long MostAdded()
    {
        var (most, added) = (0L, 0L);
        // At one instant, what ends is taken away before what begins is added.
        foreach (var (_, change) in Where.SelectMany(range => new[] { (range.From, range.Add), (range.To, -range.Add) }).OrderBy(edge => edge))
            most = Math.Max(most, added += change);
        return most;
    }

    public AddedHours[] ToAdded() => Array.ConvertAll(Where, range => new AddedHours(range.From, range.To, range.Add));
}
