using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Grains;

/// <summary>
/// The ports of a silo of a cluster: those set, else those of the last start if they are still free, else free ones. They are kept in the data folder, so that firewalls
/// can know them; the file stays locked, so that a second process on the folder is refused.
/// </summary>
internal sealed class SiloPorts : IDisposable
{
    private const string FileName = "silo-ports";
    private readonly FileStream? _file;

    private SiloPorts(FileStream? file, int silo, int gateway) => (_file, Silo, Gateway) = (file, silo, gateway);

    /// <summary>Port for other silos.</summary>
    public int Silo { get; }

    /// <summary>Port for clients of the cluster.</summary>
    public int Gateway { get; }

    /// <summary>Throws <see cref="InvalidOperationException"/> with a plain message when another process has the folder.</summary>
    public static SiloPorts Of(SiloSettings settings)
    {
        var file = settings.DataDirectory is { } folder ? Lock(folder) : null;
        var kept = file is null ? [] : Read(file);
        var silo = settings.SiloPort != 0 ? settings.SiloPort : IsFree(kept.ElementAtOrDefault(0)) ? kept[0] : Free();
        var gateway = settings.GatewayPort != 0 ? settings.GatewayPort : kept.ElementAtOrDefault(1) != silo && IsFree(kept.ElementAtOrDefault(1)) ? kept[1] : Free();
        if (file is not null)
            Write(file, silo, gateway);
        return new(file, silo, gateway);
    }

    public void Dispose() => _file?.Dispose();

    private static FileStream Lock(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"Another process has the data folder '{Path.GetFullPath(folder)}'. Give each its own (Scheduler__DataDirectory).", taken);
        }
    }

    private static int[] Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        return [.. reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port : 0)];
    }

    private static void Write(FileStream file, int silo, int gateway)
    {
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{silo} {gateway}\n")));
        file.Flush();
    }

    private static bool IsFree(int port)
    {
        if (port is <= 0 or > IPEndPoint.MaxPort)
            return false;
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
