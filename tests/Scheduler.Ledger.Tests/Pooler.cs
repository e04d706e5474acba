using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>
/// A PgBouncer in front of a test's PostgreSQL server, on a Unix socket in a folder of its own. <see cref="IsThere"/> says whether the program is installed.
/// </summary>
public sealed class Pooler : IAsyncDisposable
{
    private const int Port = 6432;
    private const string User = "postgres";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"scheduler-pooler-{Guid.CreateVersion7():N}");
    private readonly NpgsqlConnectionStringBuilder _server;
    private Process? _process;

    private Pooler(string connectionString) => _server = new(connectionString);

    /// <summary>Whether PgBouncer is installed.</summary>
    public static bool IsThere => Program is not null;

    /// <summary>The connection string through the pooler.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = _folder, Port = Port }.ToString();

    private static string? Program { get; } = ((string[])["/usr/sbin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)])
        .Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists);

    private string Settings => Path.Combine(_folder, "pgbouncer.ini");

    /// <summary>Starts a pooler in this mode (session, transaction or statement) in front of the server of a connection string.</summary>
    public static async Task<Pooler> Start(string connectionString, string mode, params string[] settings)
    {
        var pooler = new Pooler(connectionString);
        Directory.CreateDirectory(pooler._folder);
        await File.WriteAllTextAsync(Path.Combine(pooler._folder, "users"), $"\"{User}\" \"\"\n");
        await pooler.Restart(mode, settings);
        return pooler;
    }

    /// <summary>Ends the pooler, and with it all its connections, and starts it again in another mode.</summary>
    public async Task Restart(string mode, params string[] settings)
    {
        await End();
        await Write(mode, settings);
        File.Delete(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{Port}")));
        if (Environment.UserName == "root")
            await Run("chown", "-R", User, _folder);
        // PgBouncer refuses to run as root. Unlike runuser, setpriv becomes the program itself, so a kill reaches the pooler.
        string[] words = Environment.UserName == "root"
            ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", Program!, Settings]
            : [Program!, Settings];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, WorkingDirectory = _folder };
        _process = Process.Start(start)!;
        var said = new StringBuilder();
        var isUp = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.ErrorDataReceived += (_, line) =>
        {
            said.AppendLine(line.Data);
            if (line.Data is null || line.Data.Contains("process up", StringComparison.Ordinal))
                isUp.TrySetResult(line.Data is not null);
        };
        _process.BeginErrorReadLine();
        if (!await isUp.Task)
            throw new InvalidOperationException(said.ToString());
    }

    /// <summary>Changes the mode while the pooler runs. Connections stay, and the next transaction of each follows the new mode.</summary>
    public async Task Reload(string mode)
    {
        await Write(mode, []);
        await PostgresServer.Sql(_folder, Port, "pgbouncer", "reload");
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Write(string mode, string[] settings) => File.WriteAllTextAsync(Settings, string.Create(CultureInfo.InvariantCulture,
        $"""
        [databases]
        * = host={_server.Host}

        [pgbouncer]
        unix_socket_dir = {_folder}
        listen_port = {Port}
        auth_type = trust
        auth_file = {Path.Combine(_folder, "users")}
        admin_users = {User}
        default_pool_size = 40
        pool_mode = {mode}
        {string.Join('\n', settings)}

        """));

    private async Task End()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }
}
