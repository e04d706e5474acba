using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Scheduler.Tests;

/// <summary>Where the connection is cut.</summary>
public enum Cut
{
    /// <summary>Before the server has the whole message: the server does nothing.</summary>
    Before,

    /// <summary>After the server has executed the message, before the client has the answer.</summary>
    After,

    /// <summary>While the server executes the message: the server has the whole message, and does not notice that the client is gone.</summary>
    During,
}

/// <summary>
/// A proxy between a ledger and its PostgreSQL server, which cuts the connection at a message of the test's choice. The proxy reads whole frames of the
/// protocol, so that a cut is never inside a frame.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _server;
    private readonly List<Socket> _sockets = [];
    private readonly Lock _lock = new();
    private Trap? _trap;
    private bool _isAway;

    /// <param name="connectionString">The connection string of a server on a Unix socket.</param>
    public CuttingProxy(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        _server = Path.Combine(builder.Host!, ".s.PGSQL.5432");
        _listener.Start();
        (builder.Host, builder.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        (builder.SslMode, builder.GssEncryptionMode) = (SslMode.Disable, GssEncryptionMode.Disable);
        ConnectionString = builder.ToString();
        _ = Accept();
    }

    /// <summary>The connection string through this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>Cuts once, at the next message that contains this text. The task ends when the connection is cut.</summary>
    public Task At(string text, Cut where, bool staysAway = false)
    {
        var trap = new Trap(Encoding.UTF8.GetBytes(text), where, staysAway);
        lock (_lock)
            _trap = trap;
        return trap.Sprung.Task;
    }

    /// <summary>Accepts connections again.</summary>
    public void ComeBack()
    {
        lock (_lock)
            _isAway = false;
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        lock (_lock)
            _sockets.ForEach(socket => socket.Dispose());
        return ValueTask.CompletedTask;
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception)
            {
                return; // disposed
            }

            lock (_lock)
            {
                if (_isAway)
                {
                    client.Dispose();
                    continue;
                }
            }

            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
            }
            catch (SocketException)
            {
                client.Dispose();
                server.Dispose();
                continue;
            }

            lock (_lock)
                _sockets.AddRange([client, server]);
            _ = new Connection(this, client, server).Run();
        }
    }

    private Trap? Spring(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            if (_trap is not { } trap || message.IndexOf(trap.Text) < 0)
                return null;
            _trap = null;
            return trap;
        }
    }

    private void Break(Trap trap, params Socket[] sockets)
    {
        lock (_lock)
        {
            _isAway = trap.StaysAway;
            // A server that stays away is away for all connections, those of readers and the feed too.
            foreach (var socket in trap.StaysAway && trap.Where != Cut.During ? _sockets.ToArray() : sockets)
                socket.Dispose();
        }

        trap.Sprung.TrySetResult();
    }

    private sealed record Trap(byte[] Text, Cut Where, bool StaysAway)
    {
        public TaskCompletionSource Sprung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Connection(CuttingProxy proxy, Socket client, Socket server)
    {
        private volatile Trap? _sprung;

        public Task Run() => Task.WhenAll(Pump(Up), Pump(Down));

        private async Task Pump(Func<Task> direction)
        {
            try
            {
                await direction();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or EndOfStreamException)
            {
                if (_sprung is { Where: Cut.During })
                    return;
                client.Dispose();
                server.Dispose();
            }
        }

        private async Task Up()
        {
            await Send(server, await Frame(client, hasType: false));
            while (true)
            {
                var message = await Frame(client, hasType: true);
                if (_sprung is null && proxy.Spring(message) is { } trap)
                {
                    _sprung = trap;
                    if (trap.Where == Cut.Before)
                    {
                        proxy.Break(trap, client, server);
                        return;
                    }
                }

                await Send(server, message);
                // A Sync or a simple query ends the message: from then on the server has all parts.
                if (_sprung is { Where: Cut.During } && (char)message[0] is 'S' or 'Q')
                {
                    proxy.Break(_sprung!, client);
                    return;
                }
            }
        }

        private async Task Down()
        {
            while (true)
            {
                var message = await Frame(server, hasType: true);
                if (_sprung is null)
                    await Send(client, message);
                else if ((char)message[0] == 'Z' && _sprung.Where == Cut.After)
                {
                    proxy.Break(_sprung, client, server);
                    return;
                }
            }
        }

        private static async Task<byte[]> Frame(Socket from, bool hasType)
        {
            var head = new byte[hasType ? 5 : 4];
            await Fill(from, head);
            var message = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(hasType ? 1 : 0)) + (hasType ? 1 : 0)];
            head.CopyTo(message, 0);
            await Fill(from, message.AsMemory(head.Length));
            return message;
        }

        private static async Task Fill(Socket from, Memory<byte> all)
        {
            while (all.Length > 0)
            {
                var count = await from.ReceiveAsync(all);
                if (count == 0)
                    throw new EndOfStreamException();
                all = all[count..];
            }
        }

        private static async Task Send(Socket to, ReadOnlyMemory<byte> all)
        {
            while (all.Length > 0)
                all = all[await to.SendAsync(all)..];
        }
    }
}
