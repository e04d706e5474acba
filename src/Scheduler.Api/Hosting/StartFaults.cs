using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Scheduler.Demo;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Decides why a verb could not do its work: for a reason that the operator can change, with an exit code for each, or for any other reason, which is a bug in
/// this program.
/// </summary>
internal static class StartFaults
{
    /// <summary>The refusal for this exception; null for a bug.</summary>
    public static StartRefusedException? Expected(Exception fault) => fault switch
    {
        StartRefusedException refused => refused,
        LedgerInUseException taken => new(
            ExitCode.Unavailable, $"{taken.Message} Stop that one, or start this one with another {SettingNames.Name("DataDirectory")}."),
        LedgerSchemaException schema => new(ExitCode.Unavailable, $"{schema.Message} {schema.InnerException?.Message}".TrimEnd()),
        SiloPortTakenException { Port: var port } => new(
            ExitCode.Unavailable,
            string.Create(
                CultureInfo.InvariantCulture, $"Another program has port {port}, which is set for other silos ({SettingNames.Name("SiloPort")}).")),
        SiloFolderTakenException { Folder: var folder } => new(
            ExitCode.Unavailable, $"Another process has the data folder '{folder}'. Give each process its own ({SettingNames.Name("DataDirectory")})."),
        AdvertisedAddressUnknownException unknown => new(
            ExitCode.Usage,
            $"{unknown.Message} Set {SettingNames.Name("Cluster:AdvertisedAddress")}, to 127.0.0.1 where all processes run on this machine."),
        DemoInterruptedException interrupted => new(ExitCode.Unavailable, interrupted.Message),
        OptionsValidationException invalid => new(ExitCode.Usage, string.Join(Environment.NewLine, invalid.Failures)),
        // The web server throws IOException when an address is taken, and the InvalidOperationException below for https without a certificate.
        IOException unreadable => new(ExitCode.Unavailable, unreadable.Message),
        UnauthorizedAccessException forbidden => new(ExitCode.Unavailable, forbidden.Message),
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } endpoint => new(ExitCode.Usage, endpoint.Message),
        // The framework reads its own settings at the start: an address that is no URL, and a log level that does not exist.
        FormatException { Source: "Microsoft.AspNetCore.Http" } address => new(ExitCode.Usage, address.Message),
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } level => new(ExitCode.Usage, level.Message),
        _ when IsDatabaseAway(fault) => new(ExitCode.Unavailable, $"The database is not available: {fault.Message}"),
        ArgumentException { Source: "Npgsql" or "System.Data.Common" } wrong => new(
            ExitCode.Usage, $"ConnectionStrings__Ledger cannot be used: {wrong.Message}"),
        _ => null,
    };

    private static bool IsDatabaseAway(Exception? fault) => fault switch
    {
        null => false,
        LedgerUnreachableException or LedgerBusyException or DbException or SocketException => true,
        AggregateException many => many.InnerExceptions.Any(IsDatabaseAway),
        _ => IsDatabaseAway(fault.InnerException),
    };
}
