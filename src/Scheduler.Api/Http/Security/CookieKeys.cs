using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Scheduler.Api;

/// <summary>
/// Where the framework keeps the keys that sign and encrypt the cookies of browsers: in a folder of the data folder that only this user can read. Browsers stay
/// signed in when the server starts again. Without the folder, everybody signs in once more.
/// </summary>
internal static class CookieKeys
{
    /// <summary>Name of the folder inside the data folder.</summary>
    public const string Folder = "cookie-keys";

    public static FileSystemXmlRepository In(string dataDirectory, ILoggerFactory logs)
    {
        var path = Path.Combine(dataDirectory, Folder);
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(folder, logs);
    }
}
