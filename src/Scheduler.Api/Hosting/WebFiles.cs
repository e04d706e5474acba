namespace Scheduler.Api;

/// <summary>Where the server finds its static files: beside the program, whatever the working folder is.</summary>
internal static class WebFiles
{
    /// <summary>
    /// Serves the files with the headers that the build decided. Unless this is off, a program that was built and not published watches its sources, and lets
    /// no browser keep a file.
    /// </summary>
    public const string Watch = "ReloadStaticAssetsAtRuntime";

    /// <summary>The options of the web application. A published program has the folder; a built one has a list of the files' places.</summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        ApplicationName = typeof(WebFiles).Assembly.GetName().Name,
        WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
    };
}
