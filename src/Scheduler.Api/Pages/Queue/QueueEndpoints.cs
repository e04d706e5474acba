namespace Scheduler.Api;

/// <summary>The form that withdraws a request.</summary>
internal static class QueueEndpoints
{
    public static void MapQueueForms(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/queue/{id:guid}/withdraw", Withdraw).RequireAuthorization(Policies.Bookers).TakesForm();

    private static async Task<IResult> Withdraw(PageContext page, Guid id)
    {
        if (await page.RequestInReach(id) is not { } request)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var school = page.Own?.Id == request.Institution ? "" : $"&{AvailabilityAddress.SchoolField}={request.Institution.Text}";
        var result = await page.Api.Queue(request.Institution).Withdraw(new(await FormStamp.Caller(page), id), page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => $"{BookPaths.Queue}?withdrawn{school}", $"{BookPaths.Queue}?{school.TrimStart('&')}");
    }
}
