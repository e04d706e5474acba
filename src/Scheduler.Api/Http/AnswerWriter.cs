using System.Globalization;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Writes an answer: its status, the headers that follow from it, and its bytes as they are.</summary>
internal static class AnswerWriter
{
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";

    /// <summary>Says that the route has written its answer itself.</summary>
    public static Answer Written { get; } = new() { Status = StatusCodes.Status200OK };

    public static async ValueTask Write(HttpContext http, Answer answer)
    {
        if (ReferenceEquals(answer, Written))
            return;
        var response = http.Response;
        response.StatusCode = answer.Status;
        var headers = response.Headers;
        if (answer.IsReplayed)
            headers["Idempotency-Replayed"] = "true";
        if (answer.RetryAfterSeconds > 0)
            headers.RetryAfter = answer.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (answer.Status == StatusCodes.Status401Unauthorized)
            headers.WWWAuthenticate = "Bearer";
        if (answer.Location is { } location && !answer.IsProblem)
            headers.Location = location.StartsWith(Door.Path, StringComparison.Ordinal) ? location : Door.Path + location;
        if (answer.Version > 0 && !answer.IsProblem)
            headers.ETag = EntityTag.Of(answer.Version);
        if (answer.Body is not { } body)
            return;
        response.ContentType = answer.IsProblem ? Problem : Json;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
