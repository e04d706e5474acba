namespace Scheduler.Api;

/// <summary>The codes with which a route may refuse, beside the codes of every route of its kind. Metadata of the endpoint, for the OpenAPI document.</summary>
internal sealed class RefusalCodes(params string[] all)
{
    /// <summary>The refusals of a wish by the rules that are checked before the slots.</summary>
    public static readonly string[] OfWish =
    [
        "unknown_exam", "unknown_pool", "retired", "pool_cannot_serve_exam", "mode_not_offered", "not_on_slot", "not_ready", "past", "horizon", "lead_time",
        "collecting", "proctors_exceeded",
        "lab_seats_exceeded", "vouchers_short",
    ];

    /// <summary>The refusals by the slots of a block.</summary>
    public static readonly string[] OfSlots = ["closed", "slot_full", "fair_share"];

    public IReadOnlyList<string> All { get; } = all;
}
