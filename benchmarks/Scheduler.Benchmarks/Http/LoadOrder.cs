namespace Scheduler.Benchmarks;

/// <summary>An order for the load generator, which is one line of JSON.</summary>
internal sealed record LoadOrder
{
    public required int Port { get; init; }
    public required int Connections { get; init; }
    public required double Seconds { get; init; }

    /// <summary>A file with lines of an institution's id and its API key.</summary>
    public required string Keys { get; init; }

    /// <summary>Path of a GET; null to post bookings.</summary>
    public string? Path { get; init; }

    /// <summary>The number of the pool to book in; null for a random pool.</summary>
    public int? Pool { get; init; }

    /// <summary>The first hour of the season to book in.</summary>
    public int FirstHour { get; init; }

    /// <summary>The number of hours to book in.</summary>
    public int Hours { get; init; } = BenchSeason.Hours - 1;

    public int LeastSeats { get; init; } = 1;

    /// <summary>The status that counts. Any other status is an error.</summary>
    public int Expect { get; init; } = 201;
}
