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

    /// <summary>Row entries of a model of all mandatory requests and current assignments. Chosen.</summary>
    public const long EntriesOfMandatoryModel = 150_000;

    /// <summary>Rounds, steps per request and first temperature of the search among mandatory requests. Chosen.</summary>
    public const int MandatoryRounds = 8;

    /// <inheritdoc cref="MandatoryRounds"/>
    public const double MandatoryStepsPerRequest = 60;

    /// <inheritdoc cref="MandatoryRounds"/>
    public const double MandatoryHottest = 0.3;

    /// <summary>Seconds of the model of mandatory requests. Chosen.</summary>
    public const double MandatorySeconds = 6;

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
