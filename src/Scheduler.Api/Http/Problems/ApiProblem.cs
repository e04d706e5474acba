using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// A problem document before it is written: its code, and the figures that a program needs. <see cref="ProblemCodes"/> gives the status of each code, and <see
/// cref="ProblemTexts"/> gives the sentences.
/// </summary>
internal sealed class ApiProblem : ProblemDetails, IResult
{
    private ApiProblem(string code, ProblemText text, Action<Utf8JsonWriter>? figures = null, int? status = null)
    {
        Code = code;
        Type = $"urn:scheduler:{code}";
        Status = status ?? ProblemCodes.Statuses[code];
        Title = text.Title;
        Detail = text.Detail;
        Figures = figures;
    }

    /// <summary>The stable code, in snake_case.</summary>
    public string Code { get; }

    /// <summary>Writes the figures as members of the document; null when the code has none.</summary>
    public Action<Utf8JsonWriter>? Figures { get; }

    /// <summary>Seconds after which to repeat the call; 0 when a repeat would not help.</summary>
    public int RetryAfterSeconds { get; private init; }

    /// <summary>The problem of a refusal by a rule or a slot. Starts are shown in the zone too: the institution's, or the pool's.</summary>
    public static ApiProblem Of(Refusal refusal, DateTimeZone zone) =>
        refusal is Refusal.AccommodationsExceedSeats exceed
            ? Invalid(exceed)
            : new(refusal.Code, ProblemTexts.Of(refusal, zone), writer =>
            {
                new RefusalFigures(writer, zone).WriteOf(refusal);
                ImportTexts.Write(writer, refusal);
            });

    /// <summary>400 with every bad field.</summary>
    public static ApiProblem Invalid(FieldFaults faults) => new("invalid", ProblemTexts.Invalid, writer =>
    {
        writer.WriteStartObject("errors");
        foreach (var field in faults.ByField())
        {
            writer.WriteStartArray(field.Key);
            foreach (var remedy in field)
                writer.WriteStringValue(remedy);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    /// <summary>400 with one bad field.</summary>
    public static ApiProblem Invalid(string field, string remedy)
    {
        var faults = new FieldFaults();
        faults.Add(field, remedy);
        return Invalid(faults);
    }

    /// <summary>400 or another 4xx for a fault of the HTTP message, with the status that the web server gives.</summary>
    public static ApiProblem BadMessage(int status) => new("bad_message", ProblemTexts.BadMessage(status), status: status);

    /// <summary>The problem for a status that the web server or the framework gives without a code.</summary>
    public static ApiProblem OfStatus(int? status) => status switch
    {
        StatusCodes.Status404NotFound => NoSuchAddress(),
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(),
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge(),
        >= 400 and < 500 => BadMessage(status.Value),
        _ => Unavailable(),
    };

    /// <summary>401.</summary>
    public static ApiProblem NotSignedIn() => new("not_signed_in", ProblemTexts.NotSignedIn);

    /// <summary>403 for a change with a cookie from a page of another site.</summary>
    public static ApiProblem OtherSite() => new("forbidden", ProblemTexts.OtherSite);

    /// <summary>403 for a role that may never make this call.</summary>
    public static ApiProblem Forbidden() => new("forbidden", ProblemTexts.Forbidden);

    /// <summary>403 for what only an operator may ask: an override, a weight other than 1, other fields of an institution than a coordinator's.</summary>
    public static ApiProblem OperatorsOnly() => new("forbidden", ProblemTexts.OperatorsOnly);

    /// <summary>403 for a key that a coordinator may not make.</summary>
    public static ApiProblem KeyNotManaged() => new("forbidden", ProblemTexts.KeyNotManaged);

    /// <summary>404 for a subject that does not exist, and for a subject out of the caller's reach. The two answers are exactly the same (R14).</summary>
    public static ApiProblem NotFound() => new("not_found", ProblemTexts.NotFound);

    /// <summary>
    /// 404 for a path without a route. The code is the same as for a subject that does not exist: in both cases the caller has a wrong address.
    /// </summary>
    public static ApiProblem NoSuchAddress() => new("not_found", ProblemTexts.NoSuchAddress);

    /// <summary>405.</summary>
    public static ApiProblem MethodNotAllowed() => new("method_not_allowed", ProblemTexts.MethodNotAllowed);

    /// <summary>412.</summary>
    public static ApiProblem Stale() => new("stale", ProblemTexts.Stale);

    /// <summary>413.</summary>
    public static ApiProblem BodyTooLarge() => new("body_too_large", ProblemTexts.BodyTooLarge);

    /// <summary>415.</summary>
    public static ApiProblem UnsupportedMediaType() => new("unsupported_media_type", ProblemTexts.UnsupportedMediaType);

    /// <summary>422 for a known idempotency key with other content (R13).</summary>
    public static ApiProblem KeyReused() => new("idempotency_key_reused", ProblemTexts.KeyReused);

    /// <summary>429.</summary>
    public static ApiProblem Busy() => new("busy", ProblemTexts.Busy) { RetryAfterSeconds = 1 };

    /// <summary>429 when as many questions about capacity are being answered as may be at once. An answer takes seconds.</summary>
    public static ApiProblem AdviceBusy() => new("busy", ProblemTexts.AdviceBusy) { RetryAfterSeconds = 10 };

    /// <summary>503 when it is certain that nothing was changed.</summary>
    public static ApiProblem Unavailable() => new("unavailable", ProblemTexts.Unavailable) { RetryAfterSeconds = 2 };

    /// <summary>503 when the solver's process gave no answer.</summary>
    public static ApiProblem SolverFailed(Domain.PlanCause cause) =>
        new("unavailable", ProblemTexts.Unavailable with { Detail = PlanCauseView.Of(cause).Detail }) { RetryAfterSeconds = 2 };

    /// <summary>503 when a change got no answer, so that it is unknown whether the change was made.</summary>
    public static ApiProblem OutcomeUnknown() => new("unavailable", ProblemTexts.OutcomeUnknown) { RetryAfterSeconds = 2 };

    /// <summary>503 when a call got no answer: a reading changed nothing, and a change may be committed.</summary>
    public static ApiProblem NoAnswer(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || EndpointOf(request.HttpContext)?.Metadata.GetMetadata<ChangesNothing>() is not null
            ? Unavailable() : OutcomeUnknown();

    /// <summary>500 for a bug. The log has the exception with this trace.</summary>
    public static ApiProblem Internal(string trace) => new("internal", ProblemTexts.Internal, writer => writer.WriteString("trace", trace));

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext).AsTask();

    /// <summary>Writes the document through the framework's service, which writes every problem document.</summary>
    public ValueTask Write(HttpContext http) =>
        http.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new() { HttpContext = http, ProblemDetails = this });

    private static ApiProblem Invalid(Refusal.AccommodationsExceedSeats exceed) =>
        Invalid("accommodations", $"must have no more candidates than seats, {exceed.Seats}: send the accommodations that remain");

    /// <summary>The endpoint of a call. The framework's exception handler keeps it in a feature of its own.</summary>
    private static Endpoint? EndpointOf(HttpContext http) => http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
}
