namespace Scheduler.Solver;

/// <summary>The constants of the search, with their source or measurement. "Measured" means docs/solver-figures.md, section "Parameters that were tried",
/// unless a line says otherwise; "chosen" means that no other value was measured. Work is counted; seconds are deterministic seconds of CP-SAT at effort
/// 1.</summary>
internal static class SearchSettings
{
    /// <summary>Seasons of at most so many requests are searched longer: reheating and kernel search. Chosen between S (500) and M (5,000).</summary>
    public const int FewRequests = 1_500;

    /// <summary>A gap below this share of the adjustable value is negligible. Chosen: the target of the figures.</summary>
    public const double NegligibleGap = 1e-3;

    /// <summary>A component within this share of its adjustable value is not searched. Chosen.</summary>
    public const double ProvenGap = 1e-5;

    /// <summary>The least gain that justifies a move in a warm start, as a share of the request's value. The move price of the prototype's re-solve.</summary>
    public const double PerturbationShare = 0.05;

    /// <summary>Rounds of one annealing cycle. Chosen.</summary>
    public const int AnnealingRounds = 12;

    /// <summary>First temperature in seasons of many requests, as a share of the mean adjustable value. Chosen near the measured range of S.</summary>
    public const double HottestOfMany = 0.05;

    /// <summary>The same in seasons of few requests. Measured.</summary>
    public const double HottestOfFew = 0.12;

    /// <summary>Row entries of options that one reheated cycle of one step per request may read: a few seconds. Chosen.</summary>
    public const double WorkOfReheatCycle = 40e6;

    /// <summary>Units that a step may eject. Chosen; larger values were not measured.</summary>
    public const int MostEjected = 12;

    /// <summary>Per cent of steps that force their request in. Measured.</summary>
    public const int ForceShare = 60;

    /// <summary>The most units that another step removes beside its request. Measured.</summary>
    public const int DestroySize = 8;

    /// <summary>One in so many fitting options is skipped. Christiaens and Vanden Berghe 2020 use one in a hundred; chosen.</summary>
    public const int Blink = 40;

    /// <summary>Options read by one insertion of a split request: a tenth of a second, because a cancel waits for it.</summary>
    public const long LooksOfInsertion = 4_000_000;

    /// <summary>Insertions of the ejection pool in one component, options that one insertion looks at, and changes of options after each. Measured on planted
    /// seasons.</summary>
    public const int InsertionsOfPool = 30_000;

    /// <inheritdoc cref="InsertionsOfPool"/>
    public const int OptionsOfEjection = 60;

    /// <inheritdoc cref="InsertionsOfPool"/>
    public const int PerturbationsOfPool = 20;

    /// <summary>Runs of the ejection pool after annealing, each with new penalties.</summary>
    public const int RoundsOfPool = 4;

    /// <summary>Row entries and seconds of a model of all current assignments in the shortfall stage. Chosen.</summary>
    public const long EntriesOfShortfallModel = 60_000;

    /// <inheritdoc cref="EntriesOfShortfallModel"/>
    public const double ShortfallSeconds = 4;

    /// <summary>Row entries up to which a season is solved as one model, and its seconds. The prototype found models above some 10,000 options useless within
    /// a minute.</summary>
    public const long EntriesOfWholeSeason = 30_000;

    /// <inheritdoc cref="EntriesOfWholeSeason"/>
    public const double WholeSeasonSeconds = 2;

    /// <summary>Seconds of all large steps together, in seasons of few requests and of many. Chosen for the targets in seconds.</summary>
    public const double LargeStepsSecondsOfFew = 2;

    /// <inheritdoc cref="LargeStepsSecondsOfFew"/>
    public const double LargeStepsSecondsOfMany = 1;

    /// <summary>Seconds and row entries of one large step. The prototype: small models, many steps.</summary>
    public const double SecondsOfLargeStep = 0.1;

    /// <inheritdoc cref="SecondsOfLargeStep"/>
    public const long EntriesOfLargeStep = 4_000;

    /// <summary>Large steps in a row without a gain, after which a component's search ends. Chosen.</summary>
    public const int LargeStepPatience = 40;

    /// <summary>Row entries, turns and seconds of kernel search. Chosen.</summary>
    public const long EntriesOfKernel = 20_000;

    /// <inheritdoc cref="EntriesOfKernel"/>
    public const int KernelTurns = 5;

    /// <inheritdoc cref="EntriesOfKernel"/>
    public const double KernelSeconds = 0.6;

    /// <summary>Rounds of sharing by search, and its share of the annealing steps. Chosen.</summary>
    public const int SharingRounds = 10;

    /// <inheritdoc cref="SharingRounds"/>
    public const double SharingSteps = 0.6;

    /// <summary>Share of the time limit that is reserved for sharing, so that a run which the limit cuts has shared too. Chosen.</summary>
    public const double ReservedForSharing = 0.2;

    /// <summary>Search over orders: the least share of requests that must be served, and the most room entries (requests times rows). Chosen.</summary>
    public const double LeastFirmShare = 0.9;

    /// <inheritdoc cref="LeastFirmShare"/>
    public const long RoomOfOrders = 32_000_000;

    /// <summary>Options that one search over orders may look at: some 10 seconds. Measured on the due-time cases.</summary>
    public const double LooksOfOrders = 100e6;

    /// <summary>With fewer requests the looks fall with the square of their number.</summary>
    public const int RequestsOfOrders = 70;

    /// <summary>Share of the looks of the first descent, and its temperature as a share of the loss.</summary>
    public const double DescentShare = 0.05;

    /// <inheritdoc cref="DescentShare"/>
    public const double HottestOfDescent = 0.001;

    /// <summary>The last temperature of every phase, as a share of the loss. Measured.</summary>
    public const double ColdestOfOrders = 0.00004;

    /// <summary>Phases of the search over orders: their share of the looks and their first temperature. After the first, both searches go on from the better
    /// order.</summary>
    public static readonly (double Share, double Hottest)[] OrderPhases = [(0.5, 0.02), (0.25, 0.006), (0.25, 0.006)];

    /// <summary>Search with penalties: options per request, and requests looked at for an exchange.</summary>
    public const int CoreOptions = 12;

    /// <inheritdoc cref="CoreOptions"/>
    public const int LooksForPartner = 64;

    /// <summary>Steps of one search with penalties per request, and its last temperature as a share of the mean loss of a request.</summary>
    public const double PenaltyStepsPerRequest = 150_000;

    /// <inheritdoc cref="PenaltyStepsPerRequest"/>
    public const double ColdestOfPenalties = 0.005;

    /// <summary>Phases of the search with penalties: their share of the steps and their first temperature. Each goes on from the best plan.</summary>
    public static readonly (double Share, double Hottest)[] PenaltyPhases = [(0.4, 0.3), (0.3, 0.1), (0.3, 0.05)];

    /// <summary>Cycles of annealing after the first: their share of the steps and their first temperature. A hot cycle leaves a local optimum, a cool one
    /// improves it. Measured: without them jobs of several seats lose 3 %.</summary>
    public static readonly (double StepShare, double Hottest)[] ReheatCycles = [(1, 0.03), (2, 0.12), (1, 0.03)];

    /// <summary>Annealing steps per request and round. Large seasons get fewer, because their local optima are closer to the bound. Chosen.</summary>
    public static double StepsPerRequest(OptionTable table, double effort) =>
        effort * 10 * Math.Pow(6_000.0 / Math.Max(1, table.Requests), table.Requests > 6_000 ? 1.0 : 0.45);

    /// <summary>Pricing passes. Fewer where a pass is long; a tenth from rounded prices and an eightieth from full ones. Chosen.</summary>
    public static int Passes(OptionTable table, double effort, WarmStartKind kind)
    {
        var passes = (int)(effort * (table.Options < 300_000 ? 400 : table.Options < 1_000_000 ? 250 : 160));
        return kind switch { WarmStartKind.None => passes, WarmStartKind.ShadowPrices => 1 + (passes / 10), _ => 1 + (passes / 80) };
    }
}
