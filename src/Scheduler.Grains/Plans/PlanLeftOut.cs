namespace Scheduler.Grains;

/// <summary>Candidates of a request that a plan cannot serve, whatever room there is, so they are not in the instance.</summary>
/// <param name="Request">The request.</param>
/// <param name="Seats">How many candidates.</param>
/// <param name="Reason">The code of the refusal: <c>vouchers_short</c>, <c>not_ready</c> or <c>below_min_group</c>.</param>
public sealed record PlanLeftOut(Request Request, int Seats, string Reason)
{
    /// <summary>How many vouchers the school lacks for the request; null for another reason.</summary>
    public int? VouchersShort { get; init; }
}
