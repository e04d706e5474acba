using System.CommandLine;

namespace Scheduler.Api;

/// <summary>The verb <c>serve</c> on the command line.</summary>
internal static class ServeVerb
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        Option<string>[] options =
        [
            new("--urls") { Description = "Addresses to listen at, separated by semicolons; http://127.0.0.1:5080 unless set", HelpName = "ADDRESSES" },
            new("--environment") { Description = "Production, or Development, where the clock may be set; Production unless set", HelpName = "NAME" },
            new("--contentRoot") { Description = "Folder with appsettings.json; the working folder unless set", HelpName = "DIR", Hidden = true },
            new("--http_ports") { Description = "Ports to listen at on every address", HelpName = "PORTS", Hidden = true },
            new("--https_ports") { Description = "Ports to listen at on every address, by https", HelpName = "PORTS", Hidden = true },
        ];
        var verb = new Command(
            "serve",
            "Serves until it is stopped. Settings come from the environment (Scheduler__Demo=true) or from options such as --Scheduler:Demo=true; "
                + "docs/operations.md lists them.");
        foreach (var option in options)
            verb.Add(option);
        verb.SetAction(async (parsed, _) =>
        {
            var given = options.Where(option => parsed.GetResult(option) is not null).Select(option => $"{option.Name}={parsed.GetValue(option)}");
            return (int)await ServeCommand.Run([.. given, .. settings], parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        });
        return verb;
    }
}
