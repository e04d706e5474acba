using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Tests;

/// <summary>
/// A PostgreSQL server of the test run's own: a new cluster in a temporary folder, which is deleted at the end. The server listens on a Unix socket only.
/// <see cref="IsThere"/> says whether the server's programs are installed.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"scheduler-pg-{Guid.CreateVersion7():N}");
    private readonly SemaphoreSlim _template = new(1);
    private int _databases;
    private bool _hasTemplate;

    /// <summary>Whether PostgreSQL's server programs are installed.</summary>
    public static bool IsThere => Programs is not null;

    private static string? Programs { get; } = Find();

    private string Socket => _folder;

    private string Cluster => Path.Combine(_folder, "data");

    /// <summary>Creates the cluster and starts its server.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!IsThere)
            return;
        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
            await Run("chown", "postgres", _folder);
        await Run(Program("initdb"), "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", Cluster);
        await File.AppendAllTextAsync(
            Path.Combine(Cluster, "postgresql.conf"),
            $"""
            listen_addresses = ''
            unix_socket_directories = '{Socket}'
            max_connections = 200
            fsync = on
            shared_buffers = 256MB

            """);
        await Start();
    }

    /// <summary>Starts the server.</summary>
    public Task Start() => Run(Program("pg_ctl"), "-D", Cluster, "-w", "-l", Path.Combine(_folder, "log"), "start");

    /// <summary>Stops the server: <c>fast</c> ends sessions in an orderly way, <c>immediate</c> is a crash.</summary>
    public Task Stop(string mode) => Run(Program("pg_ctl"), "-D", Cluster, "-w", "-m", mode, "stop");

    /// <summary>A new database. With <paramref name="prepare"/> it is a copy of a template, which is prepared once for all tests.</summary>
    public async Task<string> Database(Func<string, Task>? prepare = null)
    {
        if (prepare is not null)
        {
            await _template.WaitAsync();
            try
            {
                if (!_hasTemplate)
                {
                    await Sql("postgres", "create database template_ledger");
                    await prepare(ConnectionString("template_ledger"));
                    _hasTemplate = true;
                }
            }
            finally
            {
                _template.Release();
            }
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await Sql("postgres", prepare is null ? $"create database {name}" : $"create database {name} template template_ledger");
        return ConnectionString(name);
    }

    /// <summary>Runs one statement by psql. The output of psql, without headers and padding.</summary>
    public Task<string> Sql(string database, string text) => Sql(Socket, 5432, database, text);

    /// <summary>Runs one statement by psql on the server or pooler at a Unix socket.</summary>
    public static Task<string> Sql(string folder, int port, string database, string text) => Run(
        Program("psql"), "-h", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database, "-qtAX",
        "-v", "ON_ERROR_STOP=1", "-c", text);

    /// <summary>The name of the database that a connection string leads to.</summary>
    public static string NameOf(string connectionString) => connectionString.Split("Database=")[1].Split(';')[0];

    /// <summary>Stops the server at once and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsThere)
            return;
        await Stop("immediate");
        Directory.Delete(_folder, recursive: true);
        _template.Dispose();
    }

    private string ConnectionString(string database) => $"Host={Socket};Username=postgres;Database={database};Timeout=15";

    private static string Program(string name) => Path.Combine(Programs!, name);

    private static string? Find()
    {
        const string Debian = "/usr/lib/postgresql";
        foreach (var folder in Directory.Exists(Debian) ? Directory.GetDirectories(Debian).OrderDescending() : Enumerable.Empty<string>())
        {
            if (File.Exists(Path.Combine(folder, "bin", "initdb")))
                return Path.Combine(folder, "bin");
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (File.Exists(Path.Combine(folder, "initdb")))
                return folder;
        }

        return null;
    }

    /// <summary>
    /// Runs a program to its end. PostgreSQL refuses to run as root, so under root the program runs as the user postgres. When the program fails, the exception
    /// has its error output.
    /// </summary>
    private static async Task<string> Run(string program, params string[] arguments)
    {
        var asPostgres = Environment.UserName == "root" && program != "chown";
        var start = new ProcessStartInfo(asPostgres ? "runuser" : program)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in asPostgres ? ["-u", "postgres", "--", program, .. arguments] : arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        // The server that pg_ctl starts inherits our pipes and keeps them open. So only the output of programs that end is read.
        var isServer = arguments.Contains("start");
        var output = isServer ? Task.FromResult("") : process.StandardOutput.ReadToEndAsync();
        var errors = isServer ? Task.FromResult("") : process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {await errors}");
    }
}
