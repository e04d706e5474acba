using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>An exam, as the model knows it.</summary>
public sealed record ModelExam(string Id, string Programme, int Minutes, int CheckIn, int Reset, string[] Pools, bool Lab, bool Online);

/// <summary>A school's settings and packs.</summary>
public sealed class ModelSchool
{
    public required string Id { get; init; }

    public required DateTimeZone Zone { get; init; }

    public int LabSeats { get; set; }

    public int Proctors { get; set; }

    public bool Agreement { get; set; } = true;

    public bool ItLab { get; set; } = true;

    public int? ShortNotice { get; set; }

    public List<ModelPack> Packs { get; } = [];
}

/// <summary>A pack. Spent vouchers are the forfeited ones; vouchers in use are counted from bookings and holds.</summary>
public sealed class ModelPack
{
    public required Guid Id { get; init; }

    public required string Programme { get; init; }

    public required int Quantity { get; init; }

    public required LocalDate PurchasedOn { get; init; }

    public int Spent { get; set; }
}

/// <summary>What a school asks for, and what a booking or hold keeps of the wish.</summary>
public sealed record Seating
{
    public required string School { get; init; }

    public required string Exam { get; init; }

    public required string Pool { get; init; }

    public required Instant Start { get; init; }

    public required int Seats { get; init; }

    public required bool Online { get; init; }

    public (int Candidates, int Extra)[] Extra { get; init; } = [];

    public string? Reason { get; init; }

    public int[] Profile { get; init; } = [];

    /// <summary>Vouchers by pack, in the order in which they were drawn.</summary>
    public List<(Guid Pack, int Count)> Draws { get; init; } = [];

    public Instant Hour(int k) => Start + Duration.FromHours(k);

    public int SeatsAt(string pool, Instant hour)
    {
        for (var k = 0; k < Profile.Length; k++)
        {
            if (pool == Pool && Hour(k) == hour)
                return Profile[k];
        }

        return 0;
    }
}

public sealed class ModelBooking
{
    public required Guid Id { get; init; }

    public required Seating Seating { get; set; }

    public bool IsCancelled { get; set; }

    public int Version { get; set; } = 1;

    public bool Overseen { get; init; }

    public int? Attended { get; set; }
}

public sealed class ModelHold
{
    public required Guid Id { get; init; }

    public required Seating Seating { get; init; }

    public required Instant ExpiresAt { get; init; }

    /// <summary>One of held, confirmed, released. A held one has lapsed from <see cref="ExpiresAt"/> on.</summary>
    public string Status { get; set; } = "held";

    public Guid? Booking { get; set; }
}

public sealed class ModelRequest
{
    public required Guid Id { get; init; }

    public required Seating Seating { get; init; }

    public required int Weight { get; init; }

    public required int Age { get; init; }

    public string Status { get; set; } = "queued";

    public (Instant At, string Why)? PassedOver { get; set; }
}

/// <summary>A refusal of the model, with the figures that the answer must have, as JSON.</summary>
public sealed record ModelRefusal(int Status, string Code, params (string Name, string Json)[] Figures);

/// <summary>The operator's policy.</summary>
public sealed record ModelPolicy
{
    public int LeadTime { get; init; } = 14;

    public int Horizon { get; init; } = 365;

    public int HoldMinutes { get; init; } = 10;

    public int MaxHolds { get; init; } = 5;

    public int MaxHeldSeats { get; init; } = 200;

    public int Cutoff { get; init; } = 2;

    public bool Forfeits { get; init; } = true;

    public int Lift { get; init; } = 7;

    public int PerProctor { get; init; } = 20;

    public int Overseen { get; init; } = 1;
}

public sealed record ModelSeason(string Id, LocalDate From, LocalDate To, int LeadTime, decimal Share, Instant? CollectUntil);
