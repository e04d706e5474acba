using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Orleans;
using Orleans.Runtime;
using Scheduler.Api;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Starts that fail say why in a sentence and lose nothing, and a revoked operator key stays revoked.</summary>
public sealed class StartTests : IDisposable
{
    private const string GivenKey = "sk_given_0123456789abcdef";
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_first_start_that_fails_at_its_port_loses_no_key()
    {
        var port = FreePort();
        await using (var failing = await Open(port))
        {
            // Taken between the look at the address and the moment at which the server listens.
            using var other = new TcpListener(IPAddress.Loopback, port);
            other.Start();
            var fault = await Should.ThrowAsync<IOException>(failing.Start);
            StartFaults.Expected(fault).ShouldNotBeNull().Code.ShouldBe(ExitCode.Unavailable);
        }

        await using var host = await Open(0);
        await host.Start();
        (await new ApiClient(host.Urls.First(), host.DrawnKey.ShouldNotBeNull()).Get("/me")).Must(200);
    }

    [Fact]
    public async Task A_taken_port_is_one_sentence_and_69_and_nothing_is_made()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        var (code, said) = await ServerProcess.Run(["--urls", url], ("Scheduler__DataDirectory", Path.Combine(_folder, "data")));
        code.ShouldBe(69);
        said.Trim().ShouldBe($"Cannot listen at {url}: another program listens there. Give another address by --urls.");
        Directory.Exists(Path.Combine(_folder, "data")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_69()
    {
        var (code, said) = await ServerProcess.Run(["--urls", "http://192.0.2.7:8080"], ("Scheduler__DataDirectory", Path.Combine(_folder, "data")));
        code.ShouldBe(69);
        said.Trim().ShouldBe("Cannot listen at http://192.0.2.7:8080: this machine does not have the address. Give another address by --urls.");
    }

    [Fact]
    public async Task A_folder_of_another_process_is_one_sentence_and_69()
    {
        await using var host = await Open(0);
        var (code, said) = await ServerProcess.Run(["--urls", "http://127.0.0.1:0"], ("Scheduler__DataDirectory", _folder));
        code.ShouldBe(69);
        said.Trim().ShouldBe(
            $"The data folder '{_folder}' is in use by another process. Stop that one, or start this one with another Scheduler__DataDirectory.");
    }

    [Fact]
    public async Task A_bug_at_the_opening_of_the_ledger_is_not_taken_for_a_refusal()
    {
        var plan = Plan(0);
        plan.Settings.Options.DataDirectory = null!;
        var bug = await Should.ThrowAsync<InvalidOperationException>(() => ServeHost.Open(plan));
        StartFaults.Expected(bug).ShouldBeNull();
    }

    [Fact]
    public void What_another_program_has_is_told_with_the_setting_to_change()
    {
        Said(new SiloPortTakenException(11_111)).ShouldBe("Another program has port 11111, which is set for other silos (Scheduler__SiloPort).");
        Said(new SiloFolderTakenException("/data", new IOException()))
            .ShouldBe("Another process has the data folder '/data'. Give each process its own (Scheduler__DataDirectory).");
        Said(new LedgerSchemaException("0002.sql", new IOException("No space.")))
            .ShouldBe("The ledger's schema could not be brought up to date: 0002.sql failed. No space.");

        static string Said(Exception fault)
        {
            var refused = StartFaults.Expected(fault).ShouldNotBeNull();
            refused.Code.ShouldBe(ExitCode.Unavailable);
            return refused.Message;
        }
    }

    [Theory]
    [InlineData(UnsafeReason.SessionNotKept, "pooler in transaction or statement mode (two connections have backend 7)")]
    [InlineData(UnsafeReason.CommitNotSynchronous, "another value (two connections have backend 7)")]
    [InlineData(UnsafeReason.FsyncOff, "fsync off")]
    public void A_database_that_could_lose_bookings_is_refused_with_what_to_change(UnsafeReason reason, string said)
    {
        var refused = StartFaults.Expected(new LedgerUnsafeException(reason, "two connections have backend 7")).ShouldNotBeNull();
        refused.Code.ShouldBe(ExitCode.Refused);
        refused.Message.ShouldContain(said);
        refused.Message.ShouldNotContain('\n');
    }

    [Fact]
    public async Task A_revoked_operator_key_does_not_come_back_with_the_setting_that_made_it()
    {
        await using (var first = await Open(0, GivenKey))
        {
            await first.Start();
            first.KeyRefusal.ShouldBeNull();
            var given = new ApiClient(first.Urls.First(), GivenKey);
            var other = (await given.Post("/api-keys", """{"role":"operator","name":"other"}""")).Must(201).Member("key");
            var id = (await given.Get("/api-keys")).Must(200).Root.GetProperty("items").EnumerateArray()
                .Single(key => key.GetProperty("name").GetString() == "first operator").GetProperty("id").GetString();
            (await new ApiClient(first.Urls.First(), other).Delete($"/api-keys/{id}")).Must(204);
            (await given.Get("/me")).Status.ShouldBe(401);
        }

        await using var again = await Open(0, GivenKey);
        await again.Start();
        again.KeyRefusal.ShouldNotBeNull().ShouldContain("was revoked");
        (await new ApiClient(again.Urls.First(), GivenKey).Get("/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_last_operator_key_cannot_be_revoked()
    {
        await using var host = await Open(0, GivenKey);
        await host.Start();
        var caller = new ApiClient(host.Urls.First(), GivenKey);
        var id = (await caller.Get("/api-keys")).Must(200).Root.GetProperty("items")[0].GetProperty("id").GetString();
        (await caller.Delete($"/api-keys/{id}")).MustRefuse(409, "last_operator_key");
        (await caller.Get("/me")).Must(200);
        await caller.Post("/api-keys", """{"role":"operator","name":"other"}""");
        (await caller.Delete($"/api-keys/{id}")).Must(204);
    }

    [Fact]
    public async Task A_signal_while_the_silo_starts_ends_the_start_without_a_fault()
    {
        var plan = Plan(0);
        plan.Builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, StopAtStart>();
        var host = await ServeHost.Open(plan);
        await Should.ThrowAsync<OperationCanceledException>(host.Start);
        await host.DisposeAsync();
        await using var again = await Open(0);
        await again.Start();
    }

    [Theory]
    [InlineData("file", "a file is where a folder should be")]
    [InlineData("file/below", "there is no such folder")]
    [InlineData("name", "the path is too long")]
    [InlineData("folder", "the database file there cannot be opened")]
    [InlineData("text", "the database file is damaged, or no database")]
    public async Task A_data_folder_that_cannot_be_used_is_one_sentence_and_69(string kind, string why)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "This is text and no database.", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_folder, "folder", "ledger.db"));
        File.Copy(file, Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "text")).FullName, "ledger.db"));
        var place = kind == "name" ? Path.Combine(_folder, new string('a', 300)) : Path.Combine(_folder, kind);
        var (code, said) = await Refused($"--Scheduler:DataDirectory={place}");
        code.ShouldBe(69);
        said.ShouldBe($"The data folder '{place}' cannot be used: {said.Split(": ")[^1]}");
        said.ShouldContain(why);
        said.ShouldEndWith("Give another Scheduler__DataDirectory.");
    }

    [Theory]
    [InlineData("'Devel' is not an environment; the nearest one is 'Development'.", "--environment", "Devel")]
    [InlineData("is not an address to listen at", "--urls", "http://exams.example:5080")]
    [InlineData("is not an address to listen at", "--urls", "http://[::1")]
    [InlineData("is not an address to listen at", "--http_ports", "none")]
    [InlineData("must be a folder", "--Scheduler:DataDirectory= ")]
    public async Task A_setting_that_makes_no_sense_is_64(string sentence, params string[] args)
    {
        var (code, said) = await Refused(args);
        code.ShouldBe(64);
        said.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_port_alone_listens_at_every_address()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var faults = new List<string>();
        string[] settings = [$"--http_ports={port}", $"--Scheduler:DataDirectory={_folder}", "--Logging:LogLevel:Default=None"];
        await using var host = await ServeHost.Open(ServeHost.Prepare(settings, faults).ShouldNotBeNull(string.Join("; ", faults)));
        await host.Start();
        host.Urls.ShouldHaveSingleItem().ShouldEndWith($":{port}");
    }

    [Fact]
    public async Task A_key_that_is_set_and_was_not_revoked_is_taken_at_every_start()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var host = await Open(0, GivenKey);
            await host.Start();
            (host.KeyRefusal, host.DrawnKey).ShouldBe((null, null));
            (await new ApiClient(host.Urls.First(), GivenKey).Get("/me")).Must(200);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:0;http://[::1]:5081", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://127.0.0.1:5080;http://192.0.2.7:80", false)]
    public void The_demonstration_listens_on_loopback_only(string urls, bool allowed) => (ListenAddresses.DemoFault(urls) is null).ShouldBe(allowed);

    /// <summary>Bug: the console named an address that no browser opens.</summary>
    [Theory]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080")]
    [InlineData("https://*:443", "https://127.0.0.1:443")]
    [InlineData("http://[::]:5080", "http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://192.0.2.7:80", "http://192.0.2.7:80")]
    public void The_address_that_is_printed_can_be_opened(string listens, string opens) => ListenAddresses.ToOpen(listens).ShouldBe(opens);

    private static async Task<(int Code, string Said)> Refused(params string[] settings)
    {
        await using var said = new StringWriter();
        string[] urls = settings.Contains("--urls") || settings.Contains("--http_ports") ? [] : ["--urls", "http://127.0.0.1:0"];
        var code = await CommandLine.Run([.. urls, .. settings], said, said);
        return (code, said.ToString().Trim());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<ServeHost> Open(int port, string? key = null) => ServeHost.Open(Plan(port, key));

    private ServePlan Plan(int port, string? key = null)
    {
        var faults = new List<string>();
        string[] settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"--urls=http://127.0.0.1:{port}"), $"--Scheduler:DataDirectory={_folder}",
            $"--Scheduler:Bootstrap:OperatorKey={key}", "--Logging:LogLevel:Default=None",
        ];
        var plan = ServeHost.Prepare(settings, faults, new TestClock(Instant.FromUtc(2026, 3, 2, 12, 0)));
        return plan.ShouldNotBeNull(string.Join("; ", faults));
    }

    /// <summary>Stops the host while the silo starts, as a signal does.</summary>
    private sealed class StopAtStart(IHostApplicationLifetime host) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
            nameof(StopAtStart), ServiceLifecycleStage.RuntimeGrainServices - 1, _ =>
            {
                host.StopApplication();
                return Task.CompletedTask;
            });
    }
}
