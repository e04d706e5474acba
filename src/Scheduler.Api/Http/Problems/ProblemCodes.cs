namespace Scheduler.Api;

/// <summary>The status of every code of a problem document.</summary>
internal static class ProblemCodes
{
    /// <summary>The status that goes with a code.</summary>
    public static IReadOnlyDictionary<string, int> Statuses { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["bad_message"] = 400,
        ["invalid"] = 400,
        ["not_signed_in"] = 401,
        ["forbidden"] = 403,
        ["not_found"] = 404,
        ["unknown_exam"] = 404,
        ["unknown_pool"] = 404,
        ["method_not_allowed"] = 405,
        ["booking_cancelled"] = 409,
        ["capacity_below_booked"] = 409,
        ["hold_confirmed"] = 409,
        ["hold_lapsed"] = 409,
        ["last_operator_key"] = 409,
        ["pool_zone_fixed"] = 409,
        ["request_placed"] = 409,
        ["slot_full"] = 409,
        ["stale"] = 412,
        ["body_too_large"] = 413,
        ["unsupported_media_type"] = 415,
        ["closed"] = 422,
        ["collecting"] = 422,
        ["cutoff_passed"] = 422,
        ["fair_share"] = 422,
        ["hold_limit"] = 422,
        ["horizon"] = 422,
        ["idempotency_key_reused"] = 422,
        ["lab_seats_exceeded"] = 422,
        ["lead_time"] = 422,
        ["mode_not_offered"] = 422,
        ["more_than_booked"] = 422,
        ["never_fits"] = 422,
        ["not_on_slot"] = 422,
        ["not_ready"] = 422,
        ["past"] = 422,
        ["pool_cannot_serve_exam"] = 422,
        ["proctors_exceeded"] = 422,
        ["queue_full"] = 422,
        ["sitting_begun"] = 422,
        ["sitting_not_begun"] = 422,
        ["vouchers_short"] = 422,
        ["busy"] = 429,
        ["internal"] = 500,
        ["unavailable"] = 503,
    };
}
