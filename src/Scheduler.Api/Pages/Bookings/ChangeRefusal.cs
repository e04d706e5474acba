using Microsoft.Extensions.Localization;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Why a change of a booking was refused, with the figures of this moment.</summary>
internal static class ChangeRefusal
{
    public static async Task<string> Text(PageContext page, Booking booking, Institution school, Need wanted, string why, IStringLocalizer texts)
    {
        if (FormAnswers.Plain.Contains(why))
            return texts[$"why.{why}"];
        var policy = page.Catalogue.Policy.Value;
        var sitting = booking.Sitting;
        // Added seats keep the rules of today, also of a booking that an operator made against a rule.
        var wish = BookingWish.Of(sitting, sitting.Start) with
        {
            Seats = wanted.Seats ?? sitting.Seats,
            Accommodations = wanted.Accommodations,
            OverrideReason = null,
        };
        var time = page.TimeIn(school.Zone);
        var refusals = new RefusalText(texts, time, page.Catalogue, wish, school);
        Refusal? known = why switch
        {
            "sitting_begun" => new Refusal.SittingBegun(),
            "booking_cancelled" => new Refusal.BookingCancelled(),
            "cutoff_passed" => new Refusal.CutoffPassed(LeadTime.DaysGiven(sitting.Start, page.Now, school.Zone), policy.CancelCutoffDays),
            "sitting_not_begun" => new Refusal.SittingNotBegun(),
            "more_than_booked" => new Refusal.MoreThanBooked(sitting.Seats),
            "invalid" => new Refusal.AccommodationsExceedSeats(wish.Seats),
            _ => (await page.Api.Queue(school.Id).Check(new BlockCheckQuery(wish, Moves: booking.Id.Value), page.Http.RequestAborted))?.WhyNot,
        };
        return known is null ? texts["why.again"] : refusals.Of(known);
    }
}
