using Microsoft.Extensions.Localization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Why a waitlist entry was passed over (R9), in a few words.</summary>
internal static class PassedOverText
{
    /// <summary>Such as "fewer than 22 seats were free". A rule without words of its own is called a rule.</summary>
    public static string Of(PassedOver passed, int seats, IStringLocalizer texts) => passed is { Why: "slot_full", FreeSeats: > 0 and var free }
        ? texts["passed.free", texts.Count("seats", free), PageText.Number(seats)]
            + (passed.TakenSeats is > 0 and var taken ? texts["passed.taken", PageText.Number(taken)] : "")
        : passed.Why == "slot_full" ? texts.Count("passed.slot_full", seats)
        : texts[$"passed.{passed.Why}"] is { ResourceNotFound: false } known ? known : texts["passed.rule"];
}
