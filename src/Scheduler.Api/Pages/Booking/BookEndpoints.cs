using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that hold, confirm, change and release a block, and that join the waitlist. Each answers with a redirect to a page.</summary>
internal static class BookEndpoints
{
    public static void MapBook(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(BookPaths.MakeHold, MakeHold).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost(BookPaths.Wait, Wait).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/book/{id:guid}/confirm", Confirm).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/book/{id:guid}/change", Change).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/book/{id:guid}/again", Repeat).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/book/{id:guid}/release", Release).RequireAuthorization(Policies.Bookers).TakesForm();
    }

    private static async Task<IResult> MakeHold(PageContext page)
    {
        if (Wish(page) is not var (address, school, start, wish))
            return NotFound();
        if (await OverrideReason.Read(page) is { } reason)
        {
            if (reason.Length == 0)
                return TypedResults.LocalRedirect(BookPaths.Because(address.Check(start), "need"));
            wish = wish with { OverrideReason = reason };
        }

        var result = await page.Api.Queue(school).Hold(new(await FormStamp.Caller(page), wish), page.Http.RequestAborted);
        return FormAnswers.Of(result, made => BookPaths.Hold(made.Hold.Id), address.Check(start));
    }

    private static async Task<IResult> Wait(PageContext page)
    {
        if (Wish(page) is not var (address, school, start, wish))
            return NotFound();
        var result = await page.Api.Queue(school).Join(new(await FormStamp.Caller(page), wish, Weight: 1), page.Http.RequestAborted);
        return FormAnswers.Of(result, joined => $"{BookPaths.Queue}?request={joined.Request.Id}{page.SchoolQuery(school)}", address.Check(start));
    }

    private static async Task<IResult> Confirm(PageContext page, Guid id)
    {
        if (await page.HoldInReach(id) is not { } hold)
            return NotFound();
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var (reference, isGood) = ReferenceOf(form);
        var typed = TypedIn(form, hold, reference);
        if (!isGood)
            return TypedResults.LocalRedirect(BookPaths.Because(typed, "reference"));
        if (hold.IsLive(page.Now) && !IsHeld(hold.Sitting, form, page.Catalogue))
            return TypedResults.LocalRedirect(BookPaths.Because(typed, BookPaths.NotHeld));
        // The hold is the key: two pages that confirm one hold make one booking. What the button confirms is the hold and the reference.
        var command = new HoldCommand(FormStamp.Caller(page, hold.Id.ToString(), reference ?? ""), id, reference);
        var result = await page.Api.Queue(hold.Sitting.Institution).Confirm(command, page.Http.RequestAborted);
        return FormAnswers.Of(result, made => $"{BookPaths.Booking(made.Booking.Id)}?done=made", typed);
    }

    /// <summary>Holds the block of a lapsed hold for the candidates of the form, which may be others than before.</summary>
    private static async Task<IResult> Repeat(PageContext page, Guid id)
    {
        if (await page.HoldInReach(id) is not { } hold)
            return NotFound();
        if (hold.IsLive(page.Now) || hold.Booking is not null)
            return TypedResults.LocalRedirect(BookPaths.Hold(hold.Id));
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var need = Need.Read(form, page.Catalogue);
        var (reference, isGood) = ReferenceOf(form);
        var back = TypedIn(form, hold, reference);
        if (!isGood)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reference"));
        var start = hold.Sitting.Start;
        if (!need.Faults.IsEmpty || need.Wish(hold.Sitting.Pool, start, reference) is not { } wish)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "need"));
        var result = await page.Api.Queue(hold.Sitting.Institution).Hold(new(await FormStamp.Caller(page), wish), page.Http.RequestAborted);
        return FormAnswers.Of(
            result, made => BookPaths.Hold(made.Hold.Id), (page.AddressOf(hold.Sitting, page.Catalogue) with { Need = need }).Check(start));
    }

    private static async Task<IResult> Change(PageContext page, Guid id)
    {
        if (await page.HoldInReach(id) is not { } hold)
            return NotFound();
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var need = Need.Read(form, page.Catalogue);
        var (reference, isGood) = ReferenceOf(form);
        var back = TypedIn(form, hold, reference);
        if (!isGood)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reference"));
        if (need.Seats is not { } seats || !need.Faults.IsEmpty)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "need"));
        var command = new ReplaceHoldCommand(await FormStamp.Caller(page), id, seats, [.. need.Accommodations], need.Mode);
        var result = await page.Api.Queue(hold.Sitting.Institution).Replace(command, page.Http.RequestAborted);
        // The reference is stored when the hold is confirmed; until then the address keeps what was typed.
        return FormAnswers.Of(result, made => $"{BookPaths.Hold(made.Hold.Id)}{Typed("?", reference)}", back);
    }

    private static async Task<IResult> Release(PageContext page, Guid id)
    {
        if (await page.HoldInReach(id) is not { } hold)
            return NotFound();
        var result = await page.Api.Queue(hold.Sitting.Institution).Release(new(await FormStamp.Caller(page), id), page.Http.RequestAborted);
        if (page.Http.Request.Query[BookPaths.BackField].FirstOrDefault() is { Length: > 0 } back)
            return FormAnswers.Of(result, _ => BookPaths.Because(PageRequests.Local(back), BookPaths.Released), PageRequests.Local(back));
        var address = page.AddressOf(hold.Sitting, page.Catalogue);
        return FormAnswers.Of(result, _ => address.ToString(), BookPaths.Hold(hold.Id));
    }

    /// <summary>Whether the candidates of a form are those that are held, or the reader knows that they are not. A form without the field has none.</summary>
    private static bool IsHeld(Sitting held, IFormCollection form, Catalogue catalogue)
    {
        if (!form.ContainsKey(Need.SeatsField) || form.ContainsKey(BookPaths.SeenField))
            return true;
        var need = Need.Read(form, catalogue);
        // The exam may be retired since, which is no fault of the candidates.
        return need.Faults.All(fault => fault == Need.ExamField) && need.Seats == held.Seats && need.Mode == held.Mode
            && InOrder(need.Accommodations).SequenceEqual(InOrder(held.Accommodations));
    }

    /// <summary>The reference of a form; null for none. A reference that is not good is left out.</summary>
    private static (string? Reference, bool IsGood) ReferenceOf(IFormCollection form)
    {
        var reference = form[BookPaths.ReferenceField].FirstOrDefault()?.Trim();
        if (string.IsNullOrEmpty(reference))
            return (null, true);
        return reference.Length <= Limits.TextCharacters && TextForms.AnyText.Accepts(reference, out _) ? (reference, true) : (null, false);
    }

    private static IEnumerable<Accommodation> InOrder(ImmutableArray<Accommodation> groups) =>
        groups.OrderBy(group => group.ExtraTimePercent).ThenBy(group => group.Candidates);

    /// <summary>The page of a hold with what was typed into its form.</summary>
    private static string TypedIn(IFormCollection form, Hold hold, string? reference)
    {
        var typed = Need.Typed(form);
        return typed.Length == 0 ? $"{BookPaths.Hold(hold.Id)}{Typed("?", reference)}" : $"{BookPaths.Hold(hold.Id)}?{typed}{Typed("&", reference)}";
    }

    private static string Typed(string before, string? reference) =>
        reference is null ? "" : $"{before}{BookPaths.ReferenceField}={Uri.EscapeDataString(reference)}";

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);


    /// <summary>What the address asks for; null when it does not say enough, or names a school out of reach.</summary>
    private static (AvailabilityAddress Address, InstitutionId School, Instant Start, BookingWish Wish)? Wish(PageContext page)
    {
        var address = AvailabilityQuery.Read(page, AvailabilitySpan.Week);
        if (AvailabilityQuery.School(page, address) is not { } school || address is not { Pool: { } pool, Start: { } start })
            return null;
        return address.Need.Wish(pool, start) is { } wish ? (address, school.Id, start, wish) : null;
    }
}
