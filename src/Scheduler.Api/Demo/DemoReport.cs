using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A key of the demonstration, with its secret: told once, and not kept.</summary>
internal sealed record DemoKey(string Person, string Secret);

/// <summary>What was loaded, in numbers, and how to walk in.</summary>
internal sealed record DemoReport
{
    /// <summary>Steps done, by kind.</summary>
    public required ImmutableSortedDictionary<string, int> Done { get; init; }

    /// <summary>Wishes refused, by code.</summary>
    public required ImmutableSortedDictionary<string, int> Refused { get; init; }

    /// <summary>Hours of the first peak that have no seat left, over all pools.</summary>
    public required int FullHours { get; init; }

    /// <summary>Seats that were forced away from under bookings, over all hours.</summary>
    public required int ShortSeats { get; init; }

    public required Duration Took { get; init; }

    public required ImmutableArray<DemoKey> Keys { get; init; }

    /// <summary>A block that the instructor's school can book at the time of loading.</summary>
    public required BookingWish Free { get; init; }

    public required InstitutionId School { get; init; }

    /// <summary>Lines for whoever started it.</summary>
    public IEnumerable<string> Words(string url)
    {
        yield return $"The demonstration season was loaded in {Took.TotalSeconds:0.0} s: {Of("booked")} bookings of {Of("schools")} schools, {Of("cancelled")} cancelled, {Of("moved")} moved, "
            + $"{Of("waitlisted")} on waitlists, {Refused.Values.Sum()} wishes refused, {FullHours} hours of the first peak full. Everything in it is invented.";
        yield return "Keys of four people, shown this once:";
        foreach (var key in Keys)
            yield return $"  {key.Person,-54} {key.Secret}";
        var from = Free.Start;
        yield return "Try: what is free that day in one pool, and a booking in it.";
        yield return $"  curl -H 'Authorization: Bearer {Keys[2].Secret}' '{url}/api/v1/availability?pool={Free.Pool}&from={from}&to={from + Duration.FromHours(8)}'";
        yield return $"  curl -H 'Authorization: Bearer {Keys[2].Secret}' -H 'Content-Type: application/json' {url}/api/v1/institutions/{School}/bookings "
            + $"-d '{{\"exam\":\"{Free.Exam}\",\"pool\":\"{Free.Pool}\",\"start\":\"{from}\",\"seats\":{Free.Seats},\"mode\":\"lab\"}}'";
    }

    private int Of(string kind) => Done.GetValueOrDefault(kind);
}
