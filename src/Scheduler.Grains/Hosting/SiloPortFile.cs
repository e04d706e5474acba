using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Grains;

/// <summary>
/// The port of a silo of a cluster: the port of the setting, else the port of the last start if that port is free, else any free port. The port is stored in
/// the data folder, so that the port stays the same and firewalls can name it. The file stays locked, so that a second process cannot use the folder.
/// </summary>
internal sealed class SiloPortFile : IDisposable
{
    private const string FileName = "silo-port";
    private readonly FileStream? _file;

    private SiloPortFile(FileStream? file, int port) => (_file, Port) = (file, port);

    public int Port { get; }

    /// <exception cref="SiloPortTakenException">Another program has the port that is set.</exception>
    /// <exception cref="SiloFolderTakenException">Another process has the folder.</exception>
    public static SiloPortFile Of(SiloSettings settings)
    {
        if (settings.SiloPort != 0 && !IsFree(settings.SiloPort))
            throw new SiloPortTakenException(settings.SiloPort);
        var file = settings.DataDirectory is { } folder ? Lock(folder) : null;
        var kept = file is null ? 0 : Read(file);
        var port = settings.SiloPort != 0 ? settings.SiloPort : IsFree(kept) ? kept : Free();
        if (file is not null)
            Write(file, port);
        return new(file, port);
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
            throw new SiloFolderTakenException(Path.GetFullPath(folder), taken);
        }
    }

    private static int Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        return int.TryParse(reader.ReadToEnd().Trim(), CultureInfo.InvariantCulture, out var port) ? port : 0;
    }

    private static void Write(FileStream file, int port)
    {
        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{port}\n")));
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
