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
    /// <summary>The media type of problem documents.</summary>
    public const string MediaType = "application/problem+json";


    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails as ApiProblem ?? ApiProblem.OfStatus(context.ProblemDetails.Status);
        var response = context.HttpContext.Response;
        response.StatusCode = problem.Status!.Value;
        if (problem.RetryAfterSeconds > 0)
            response.Headers.RetryAfter = problem.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        var body = Text(problem);
        response.ContentType = MediaType;
        response.ContentLength = body.WrittenCount;
        // Without a token: when the caller has left, the web server drops the bytes and nobody has to hear of it.
        await response.BodyWriter.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }

    /// <summary>The bytes of the document.</summary>
    public static ArrayBufferWriter<byte> Text(ApiProblem problem)
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
}
