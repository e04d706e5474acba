using System.Text.Json;

namespace Scheduler.Api;

/// <summary>200 with a view.</summary>
internal sealed class JsonAnswer<T>(T view) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        JsonBytes.Write(httpContext, JsonSerializer.SerializeToUtf8Bytes(view, ApiJson.Info<T>()));
}
