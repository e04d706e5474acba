using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Scheduler.Api;

/// <summary>
/// Writes every problem document of the process, including those for which the framework gives only a status (a path without a route, a method that a path does
/// not take). The order of the members is always: type, title, status, code, detail, then the figures.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    private const string MediaType = "application/problem+json";
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails as ApiProblem ?? Of(context.ProblemDetails);
        var response = context.HttpContext.Response;
        response.StatusCode = problem.Status!.Value;
        if (problem.RetryAfterSeconds > 0)
            response.Headers.RetryAfter = problem.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        var body = Text(problem);
        response.ContentType = MediaType;
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.HttpContext.RequestAborted);
    }

    private static ArrayBufferWriter<byte> Text(ApiProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, _options);
        writer.WriteStartObject();
        writer.WriteString("type", problem.Type);
        writer.WriteString("title", problem.Title);
        writer.WriteNumber("status", problem.Status!.Value);
        writer.WriteString("code", problem.Code);
        writer.WriteString("detail", problem.Detail);
        problem.Figures?.Invoke(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    /// <summary>The document for a status that the framework gives without a code.</summary>
    private static ApiProblem Of(ProblemDetails bare) => bare.Status switch
    {
        StatusCodes.Status404NotFound => ApiProblem.NoSuchAddress(),
        StatusCodes.Status405MethodNotAllowed => ApiProblem.MethodNotAllowed(),
        StatusCodes.Status413PayloadTooLarge => ApiProblem.BodyTooLarge(),
        >= 400 and < 500 => ApiProblem.BadMessage(bare.Status.Value),
        _ => ApiProblem.Unavailable(),
    };
}
