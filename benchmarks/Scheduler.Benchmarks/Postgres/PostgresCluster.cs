using System.Diagnostics;
using Npgsql;

namespace Scheduler.Benchmarks;

/// <summary>
/// A PostgreSQL server of the benchmark's own: a fresh cluster in a temporary folder, reached by a Unix socket, <c>fsync</c> on, thrown away at the end. The server refuses to run
/// as root, so root starts it as the user postgres.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Settings = "listen_addresses = ''\nmax_connections = 300\nfsync = on\nshared_buffers = 1GB\nmax_wal_size = 4GB\n";
    private readonly string _folder;

    private PostgresCluster(string folder) => _folder = folder;

    private string Cluster => Path.Combine(_folder, "data");

    public static async Task<PostgresCluster> Start()
    {
        var cluster = new PostgresCluster(Path.Combine(Path.GetTempPath(), $"scheduler-pg-{Guid.CreateVersion7():N}"));
        Directory.CreateDirectory(cluster._folder);
        if (Environment.UserName == "root")
            await Run("chown", false, "postgres", cluster._folder);
        await Run(Program("initdb"), true, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", cluster.Cluster);
        await File.AppendAllTextAsync(Path.Combine(cluster.Cluster, "postgresql.conf"), $"{Settings}unix_socket_directories = '{cluster._folder}'\n");
        await Run(Program("pg_ctl"), true, "-D", cluster.Cluster, "-w", "-l", Path.Combine(cluster._folder, "log"), "start");
        return cluster;
    }

    public string Connection(string database) => $"Host={_folder};Username=postgres;Database={database};Timeout=15";

    public async Task<long> Number(string text)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    /// <summary>A database of its own: empty, or a copy of another to which nobody is connected. Flushed before it is measured.</summary>
    public async Task<string> Database(string name, string? template = null)
    {
        NpgsqlConnection.ClearAllPools();
        await Number(template is null ? $"create database {name}" : $"create database {name} template {template}");
        await Number("checkpoint");
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Run(Program("pg_ctl"), true, "-D", Cluster, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Program(string name)
    {
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().FirstOrDefault() : null;
        return installed is null ? name : Path.Combine(installed, "bin", name);
    }

    private static async Task Run(string program, bool asPostgres, params string[] arguments)
    {
        var changesUser = asPostgres && Environment.UserName == "root";
        var start = new ProcessStartInfo(changesUser ? "runuser" : program) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = !arguments.Contains("start") };
        foreach (var argument in changesUser ? ["-u", "postgres", "--", program, .. arguments] : arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput)
            await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }
}
