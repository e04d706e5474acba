namespace Scheduler.Solver;

/// <summary>The generic model: requests, their options, and rows with capacity. An option has a net value and takes amounts (its profile) of consecutive
/// rows: of a pool's slots, and perhaps of an institution's limit as well (its second rows). Nothing here knows exams. The arrays are flat, because a season of
/// 100,000 requests has three million options.</summary>
internal sealed class OptionTable
{
    private double? _mandatoryRounding;

    /// <summary>Options of request r are FirstOption[r] up to FirstOption[r + 1].</summary>
    public required int[] FirstOption { get; init; }

    /// <summary>Seats of the whole request.</summary>
    public required int[] Size { get; init; }

    /// <summary>Smallest part in seats; 0 for a request that stays whole.</summary>
    public required int[] MinPart { get; init; }

    /// <summary>Value of the whole request before costs; mandatory requests are compared by it.</summary>
    public required double[] Value { get; init; }

    public required ServiceClass[] Service { get; init; }

    /// <summary>The option of the current assignment, or −1.</summary>
    public required int[] CurrentOption { get; init; }

    /// <summary>The institution of each request. Requests of one owner share a served ratio.</summary>
    public required int[] Owner { get; init; }

    /// <summary>Second rows per slot of the profile.</summary>
    public required int[] SecondScale { get; init; }

    /// <summary>Value less cost and move cost of serving the whole request by this option.</summary>
    public required double[] NetValue { get; init; }

    /// <summary>First row of the pool that the option takes.</summary>
    public required int[] Row { get; init; }

    /// <summary>First row of the limit that the option takes, or −1.</summary>
    public required int[] SecondRow { get; init; }

    public required int[] Profile { get; init; }

    /// <summary>Position of the option among the candidates of its request.</summary>
    public required int[] Candidate { get; init; }

    /// <summary>Capacity of each row less the fixed requests; never below 0.</summary>
    public required long[] Capacity { get; init; }

    /// <summary>Number of pool rows; rows from here on are rows of limits.</summary>
    public required int FirstRows { get; init; }

    /// <summary>For each pool row: the first row at which an option that reaches it may begin.</summary>
    public required int[] ReachFrom { get; init; }

    /// <summary>The component of each request. Requests of different components share no pool.</summary>
    public required int[] Component { get; init; }

    public required int Components { get; init; }

    /// <summary>The limit group of each request, or −1. Requests of one group share second rows.</summary>
    public required int[] Group { get; init; }

    public required int Groups { get; init; }

    public required ProfileTable Profiles { get; init; }

    /// <summary>The greatest rounding error of a sum of mandatory values. Smaller differences say nothing.</summary>
    public double MandatoryRounding => _mandatoryRounding ??= Rounding.OfSum(
        Requests + 4L, Enumerable.Range(0, Requests).Sum(r => Service[r] == ServiceClass.Mandatory ? Math.Abs(Value[r]) : 0));

    public int Requests => Size.Length;

    public int Options => NetValue.Length;

    public int Rows => Capacity.Length;

    /// <summary>The rows of an option.</summary>
    public RowRuns Runs(int request, int option) => new(Profiles, Profile[option], Row[option], SecondRow[option], SecondScale[request]);

    public bool IsSplit(int request) => MinPart[request] > 0;

    /// <summary>The part of a net value that a decision can change: all of it for an optional request, otherwise what is lost against the best
    /// option.</summary>
    public double AdjustableValue(int request, double netValue) => Service[request] == ServiceClass.Optional ? Math.Abs(netValue) : Most(request) - netValue;

    /// <summary>What another decision can change at most: the net value of an optional request, the spread of the options of another.</summary>
    public double Spread(int request)
    {
        var netValue = Math.Abs(NetValue[FirstOption[request]]);
        if (Service[request] == ServiceClass.Optional)
            return netValue;
        var least = double.PositiveInfinity;
        for (var option = FirstOption[request]; option < FirstOption[request + 1]; option++)
            least = Math.Min(least, NetValue[option]);
        return Math.Min(netValue, Most(request) - least);
    }

    private double Most(int request)
    {
        var most = double.NegativeInfinity;
        for (var option = FirstOption[request]; option < FirstOption[request + 1]; option++)
            most = Math.Max(most, NetValue[option]);
        return most;
    }

    /// <summary>The amount of a part of <paramref name="seats"/> where the whole of <paramref name="size"/> takes <paramref name="amount"/>, rounded
    /// up.</summary>
    public static long PartAmount(int amount, int seats, int size) => seats == size ? amount : (((long)amount * seats) + size - 1) / size;
}
