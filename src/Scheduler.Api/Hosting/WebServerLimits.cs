using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The limits of the web server on messages, and what the server says of itself.</summary>
internal static class WebServerLimits
{
    public static void Set(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestLineSize = Limits.RequestLineBytes;
        server.Limits.MaxRequestHeadersTotalSize = Limits.HeaderBytes;
        server.Limits.MaxRequestHeaderCount = Limits.HeaderCount;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(Limits.HeaderSeconds);
        server.Limits.MaxRequestBodySize = Limits.DiscardedBytes;
        server.Limits.MinRequestBodyDataRate = new(Limits.BodyBytesPerSecond, TimeSpan.FromSeconds(Limits.BodyGraceSeconds));
    }
}
