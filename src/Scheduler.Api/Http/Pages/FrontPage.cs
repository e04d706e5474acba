namespace Scheduler.Api;

/// <summary>The page at <c>/</c>: what Scheduler is, and how to sign in.</summary>
internal static class FrontPage
{
    private const string Html = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Scheduler</title></head>
        <body>
        <h1>Scheduler</h1>
        <p>Schools book hourly blocks of exam machines here. Every seat is promised once. A refused booking gets the reason, and other starts that are free.</p>
        <h2>How to sign in</h2>
        <p>Programs send an API key: <code>Authorization: Bearer sk_…</code>. The first operator's key was printed once when this database was made.
        Operators make keys for schools, and coordinators make keys for the people of their schools, with <code>POST /api/v1/api-keys</code>.</p>
        <p>To try a key: <code>curl -H "Authorization: Bearer $KEY" <span>/api/v1/me</span></code>.
        The <a href="/docs/api">reference</a> lists all routes. Programs read <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>
        </body>
        </html>
        """;

    public static void MapFrontPage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapRead("/", static () => Results.Content(Html, "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
}
