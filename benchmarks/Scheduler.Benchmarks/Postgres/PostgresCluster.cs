using System.Diagnostics;
using Npgsql;

namespace Scheduler.Benchmarks;

/// <summary>
/// A PostgreSQL server of the benchmark's own: a new cluster in a temporary folder, which is deleted at the end. The server listens on a Unix socket, with
/// <c>fsync</c> on. PostgreSQL refuses to run as root, so under root the server runs as the user postgres.
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
            await Run("chown", "postgres", cluster._folder);
        await RunAsPostgres(Program("initdb"), "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", cluster.Cluster);
        await File.AppendAllTextAsync(Path.Combine(cluster.Cluster, "postgresql.conf"), $"{Settings}unix_socket_directories = '{cluster._folder}'\n");
        await RunAsPostgres(Program("pg_ctl"), "-D", cluster.Cluster, "-w", "-l", Path.Combine(cluster._folder, "log"), "start");
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

    /// <summary>
    /// Makes a database: empty, or a copy of a template to which no session is connected. A checkpoint writes the database to disk before the measurement.
    /// </summary>
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
        await RunAsPostgres(Program("pg_ctl"), "-D", Cluster, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string Program(string name)
    {
        var installed = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().FirstOrDefault() : null;
        return installed is null ? name : Path.Combine(installed, "bin", name);
    }

    private static Task RunAsPostgres(string program, params string[] arguments) =>
        Environment.UserName == "root" ? Run("runuser", ["-u", "postgres", "--", program, .. arguments]) : Run(program, arguments);

    private static async Task Run(string program, params string[] arguments)
    {
        // The server that pg_ctl starts would inherit a pipe and keep it open.
        var start = new ProcessStartInfo(program) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = !arguments.Contains("start") };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (start.RedirectStandardOutput)
            await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }
}
