namespace Scheduler.Solver;

/// <summary>What must be kept about a request, in the order of the plan's aims.</summary>
internal enum Duty : byte
{
    /// <summary>Served where it is worth it.</summary>
    Free,

    /// <summary>Comes before all that is free.</summary>
    Mandatory,

    /// <summary>Sits somewhere today and is never dropped.</summary>
    Sits,
}

/// <summary>The generic core: requests, their options, and rows with capacity. An option has a worth and takes amounts (its profile) of
/// consecutive rows, in one stretch (a pool's slots) and perhaps a second one (an institution's limit). Nothing here knows exams.
/// Flat arrays: a season of 100,000 requests has three million options.</summary>
internal sealed class OptionTable
{
    /// <summary>Options of request r are FirstOption[r] up to FirstOption[r + 1].</summary>
    public required int[] FirstOption { get; init; }

    /// <summary>Seats of the whole request.</summary>
    public required int[] Size { get; init; }

    /// <summary>Smallest part in seats; 0 for a request that stays whole.</summary>
    public required int[] MinPart { get; init; }

    /// <summary>Value of the whole request, costs not taken off: what counts among mandatory requests.</summary>
    public required double[] Value { get; init; }

    public required Duty[] Duty { get; init; }

    /// <summary>The option where the request sits today, or −1.</summary>
    public required int[] Sits { get; init; }

    /// <summary>Requests of the same owner share a served ratio.</summary>
    public required int[] Owner { get; init; }

    /// <summary>Rows of the second stretch per step of the profile.</summary>
    public required int[] SecondScale { get; init; }

    /// <summary>Value less cost and move cost of serving the whole request by this option.</summary>
    public required double[] Worth { get; init; }

    /// <summary>First row taken of the first stretch.</summary>
    public required int[] Row { get; init; }

    /// <summary>First row taken of the second stretch, or −1.</summary>
    public required int[] SecondRow { get; init; }

    public required int[] Profile { get; init; }

    /// <summary>Position of the option among the candidates of its request.</summary>
    public required int[] Candidate { get; init; }

    /// <summary>Capacity of each row, what is fixed already taken off; never below 0.</summary>
    public required long[] Capacity { get; init; }

    /// <summary>Rows below this are first stretches.</summary>
    public required int FirstRows { get; init; }

    /// <summary>By first-stretch row: the first row from which a placed option may reach it.</summary>
    public required int[] ReachFrom { get; init; }

    /// <summary>Requests that share no first-stretch row with other blocks.</summary>
    public required int[] Block { get; init; }

    public required int Blocks { get; init; }

    /// <summary>Second-stretch group of a request, or −1: requests of one group share second-stretch rows.</summary>
    public required int[] Group { get; init; }

    public required int Groups { get; init; }

    public required ProfileTable Profiles { get; init; }

    public int Requests => Size.Length;

    public int Options => Worth.Length;

    public int Rows => Capacity.Length;

    public bool IsSplit(int request) => MinPart[request] > 0;

    /// <summary>How much a choice about the request can change, of a worth: all of it where it may be left out, else no more than its options differ.</summary>
    public double AtStake(int request, double worth)
    {
        if (Duty[request] == Solver.Duty.Free)
            return Math.Abs(worth);
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var option = FirstOption[request]; option < FirstOption[request + 1]; option++)
            (least, most) = (Math.Min(least, Worth[option]), Math.Max(most, Worth[option]));
        return Math.Min(Math.Abs(worth), most - least);
    }

    /// <summary>Amount that a part of <paramref name="seats"/> takes where the whole of <paramref name="size"/> takes <paramref name="amount"/>.</summary>
    public static long PartAmount(int amount, int seats, int size) => seats == size ? amount : (((long)amount * seats) + size - 1) / size;
}
