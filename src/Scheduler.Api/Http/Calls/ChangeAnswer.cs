using System.Text.Json;

namespace Scheduler.Api;

/// <summary>
/// The answer to a change that succeeded: its status, its view and its headers. A replay has the same content, with the header <c>Idempotency-Replayed</c>.
/// </summary>
internal abstract class ChangeAnswer : IResult
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The version in the ETag; null for an answer without one.</summary>
    public int? Version { get; init; }

    /// <summary>Path of the new subject, under the base path; null when there is no such path.</summary>
    public string? Location { get; init; }

    /// <summary>Whether this answer repeats the first answer to the same idempotency key (R13).</summary>
    public bool IsReplay { get; set; }

    /// <summary>201 with a view.</summary>
    public static ChangeAnswer Created<T>(T view, int? version, string? location) =>
        new Shown<T>(view) { Status = StatusCodes.Status201Created, Version = version, Location = location };

    /// <summary>200 with a view.</summary>
    public static ChangeAnswer Ok<T>(T view, int? version) => new Shown<T>(view) { Status = StatusCodes.Status200OK, Version = version };

    /// <summary>202 with a view: the work goes on after the answer.</summary>
    public static ChangeAnswer Accepted<T>(T view, int version, string location) =>
        new Shown<T>(view) { Status = StatusCodes.Status202Accepted, Version = version, Location = location };

    /// <summary>204.</summary>
    public static ChangeAnswer NoContent() => new Empty { Status = StatusCodes.Status204NoContent };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (IsReplay)
            response.Headers["Idempotency-Replayed"] = "true";
        if (Version is { } version)
            response.Headers.ETag = EntityTag.Of(version);
        if (Location is { } location)
            response.Headers.Location = ApiSetup.BasePath + location;
        return Body() is { } body ? JsonBytes.Write(httpContext, body) : Task.CompletedTask;
    }

    protected abstract byte[]? Body();

    private sealed class Shown<T>(T view) : ChangeAnswer
    {
        protected override byte[]? Body() => JsonSerializer.SerializeToUtf8Bytes(view, ApiJson.Info<T>());
    }

    private sealed class Empty : ChangeAnswer
    {
        protected override byte[]? Body() => null;
    }
}
