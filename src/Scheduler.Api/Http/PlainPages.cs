using System.Text;
using Orleans.Runtime;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What answers without sign-in: the front page, and whether the process lives and is ready.</summary>
internal static class PlainPages
{
    private static readonly byte[] _front = Encoding.UTF8.GetBytes("""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Scheduler</title></head>
        <body>
        <h1>Scheduler</h1>
        <p>Schools book hourly blocks of exam machines here: every seat is promised once, and a no says why and what else is free.</p>
        <h2>The way in</h2>
        <p>Programs send an API key: <code>Authorization: Bearer sk_…</code>. The first operator's key was printed once when this database was made;
        operators make keys for schools, and coordinators for their people, by <code>POST /api/v1/api-keys</code>.</p>
        <p>Try it: <code>curl -H "Authorization: Bearer $KEY" <span>/api/v1/me</span></code>.
        All routes stand in <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>
        </body>
        </html>
        """);

    public static void MapPlainPages(this IEndpointRouteBuilder endpoints, SeatLedger ledger)
    {
        endpoints.MapMethods("/", ["GET", "HEAD"], (RequestDelegate)Front);
        endpoints.MapMethods("/health/live", ["GET", "HEAD"], http => Say(http, StatusCodes.Status200OK, "live"));
        endpoints.MapMethods("/health/ready", ["GET", "HEAD"], async http =>
        {
            var silo = http.RequestServices.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Active;
            var isReady = silo && await ledger.Read.IsReachable();
            await Say(http, isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, isReady ? "ready" : silo ? "the database does not answer" : "the silo is not active");
        });
    }

    private static Task Front(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = _front.Length;
        return http.Response.Body.WriteAsync(_front).AsTask();
    }

    private static Task Say(HttpContext http, int status, string word)
    {
        var text = Encoding.UTF8.GetBytes(word);
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.ContentLength = text.Length;
        return http.Response.Body.WriteAsync(text).AsTask();
    }
}
