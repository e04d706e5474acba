using System.Data.Common;
using System.Diagnostics;
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
        LedgerFolderException { Folder: var folder, InnerException: { } why } => new(ExitCode.Unavailable, FolderFault(folder, why)),
        LedgerRestoreInterruptedException restore => new(
            ExitCode.Unavailable,
            $"A restore into the data folder '{restore.Folder}' did not end, so nothing opens its ledger: run 'restore' again with the back-up"
                + $"{(restore.KeptName is { } kept ? $"; the ledger from before is kept there as {kept}" : "")}."),
        LedgerUnsafeException database => new(ExitCode.Refused, Unsafe(database)),
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
        _ when IsConnectionString(fault) => new(ExitCode.Usage, $"ConnectionStrings__Ledger cannot be used: {fault.Message}"),
        _ => null,
    };

    /// <summary>Whether a connection string has a fault. A string without a host is an argument of the class library that is null.</summary>
    public static bool IsConnectionString(Exception fault) =>
        fault is ArgumentException { Source: "Npgsql" or "System.Data.Common" } or ArgumentException { ParamName: "Host" };

    private static string FolderFault(string folder, Exception why) =>
        $"The data folder '{folder}' cannot be used: {FileFaults.Why(why)}. Give another {SettingNames.Name("DataDirectory")}.";

    private static string Unsafe(LedgerUnsafeException database) => database.Reason switch
    {
        UnsafeReason.SessionNotKept => $"ConnectionStrings__Ledger leads to a pooler in transaction or statement mode ({database.Found}), "
            + "where the ledger's locks and settings do not last and acknowledged bookings could be lost: set the pooler to session mode, "
            + "or connect to the database without it.",
        UnsafeReason.CommitNotSynchronous => $"The ledger set synchronous_commit to on, but its connection has another value ({database.Found}), "
            + "so acknowledged bookings could be lost: connect without the pooler or proxy that changes the value.",
        UnsafeReason.FsyncOff => "The database server runs with fsync off, so acknowledged bookings could be lost: set fsync to on in its configuration.",
        _ => throw new UnreachableException(),
    };

    private static bool IsDatabaseAway(Exception? fault) => fault switch
    {
        null => false,
        LedgerUnreachableException or LedgerBusyException or DbException or SocketException => true,
        AggregateException many => many.InnerExceptions.Any(IsDatabaseAway),
        _ => IsDatabaseAway(fault.InnerException),
    };
}
