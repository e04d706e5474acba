using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that change a booking. Each answers with a redirect to a page.</summary>
internal static class BookingEndpoints
{
    public static void MapBookingForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/bookings/{id:guid}/move", Move).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/bookings/{id:guid}/resize", Resize).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/bookings/{id:guid}/cancel", Cancel).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/bookings/{id:guid}/attend", Attend).RequireAuthorization(Policies.Bookers).TakesForm();
    }

    private static async Task<IResult> Move(PageContext page, Guid id)
    {
        var address = AvailabilityQuery.Read(page, AvailabilitySpan.Week);
        if (address.Start is not { } start || await page.BookingInReach(id) is not { } booking)
            return NotFound();
        if (address.Pool is { } pool && pool != booking.Sitting.Pool)
            return TypedResults.LocalRedirect(BookPaths.Because(BookPaths.Booking(booking.Id), FormAnswers.OtherPool));
        var reason = await OverrideReason.Read(page);
        if (reason is "")
            return TypedResults.LocalRedirect(BookPaths.Because((address with { Move = booking.Id }).Check(start), "need"));
        var command = new Scheduler.Grains.RescheduleCommand(await FormStamp.Caller(page), id, start, reason);
        var result = await page.Api.Queue(booking.Sitting.Institution).Reschedule(command, page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => Done(booking, "moved"), (address with { Move = booking.Id }).Check(start));
    }

    private static async Task<IResult> Resize(PageContext page, Guid id)
    {
        if (await page.BookingInReach(id) is not { } booking)
            return NotFound();
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var need = Need.Read(form, page.Catalogue);
        var back = $"{BookPaths.Booking(booking.Id)}?{need.Query()}";
        if (need.Seats is not { } seats || !need.Faults.IsEmpty)
            return TypedResults.LocalRedirect(BookPaths.Because($"{BookPaths.Booking(booking.Id)}?{Need.Typed(form)}", "need"));
        var command = new Scheduler.Grains.ResizeCommand(await FormStamp.Caller(page), id, seats, [.. need.Accommodations], OverrideReason: null);
        var result = await page.Api.Queue(booking.Sitting.Institution).Resize(command, page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => Done(booking, "changed"), back);
    }

    private static async Task<IResult> Cancel(PageContext page, Guid id)
    {
        if (await page.BookingInReach(id) is not { } booking)
            return NotFound();
        var reason = (await page.Http.Request.ReadFormAsync(page.Http.RequestAborted))["reason"].FirstOrDefault()?.Trim();
        if (reason is { Length: > Limits.ReasonCharacters } || (reason is { Length: > 0 } && !TextForms.Reason.Accepts(reason, out _)))
            return TypedResults.LocalRedirect(BookPaths.Because(BookPaths.Booking(booking.Id), "need"));
        var command = new Scheduler.Grains.CancelCommand(await FormStamp.Caller(page), id, string.IsNullOrEmpty(reason) ? null : reason);
        var result = await page.Api.Queue(booking.Sitting.Institution).Cancel(command, page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => Done(booking, "cancelled"), BookPaths.Booking(booking.Id));
    }

    private static async Task<IResult> Attend(PageContext page, Guid id)
    {
        if (await page.BookingInReach(id) is not { } booking)
            return NotFound();
        var text = (await page.Http.Request.ReadFormAsync(page.Http.RequestAborted))["attended"].FirstOrDefault();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attended))
            return TypedResults.LocalRedirect(BookPaths.Because(BookPaths.Booking(booking.Id), "need"));
        var result = await page.Api.Queue(booking.Sitting.Institution)
            .Attend(new(await FormStamp.Caller(page), id, attended), page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => Done(booking, "attended"), BookPaths.Booking(booking.Id));
    }

    private static string Done(Booking booking, string what) => $"{BookPaths.Booking(booking.Id)}?done={what}";

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
