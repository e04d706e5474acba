using Microsoft.Extensions.Configuration;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>Settings are checked at start: a wrong one stops it with what to do about it.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Defaults_are_those_of_the_contract()
    {
        var settings = Read(false).Settings.ShouldNotBeNull();
        (settings.Options.DataDirectory, settings.Options.ClusterId, settings.ConnectionString, settings.Options.Demo, settings.Now)
            .ShouldBe(("./data", "scheduler", null, false, null));
        settings.Silo.Solver!.MemoryMegabytes.ShouldBe(2_048);
    }

    [Fact]
    public void The_memory_of_a_solver_can_be_set() =>
        Read(false, ("Scheduler:Solver:MemoryMegabytes", "300")).Settings.ShouldNotBeNull().Silo.Solver!.MemoryMegabytes.ShouldBe(300);

    [Theory]
    [InlineData("Scheduler:Datadir", "x", "Scheduler__Datadir")]
    [InlineData("Scheduler:Clock:Now", "2026-12-01T00:00:00Z", "Development")]
    [InlineData("Scheduler:Demo", "perhaps", "Scheduler__Demo")]
    [InlineData("Scheduler:Bootstrap:OperatorKey", "two words of enough length", "Scheduler__Bootstrap__OperatorKey")]
    [InlineData("Scheduler:Bootstrap:OperatorKey", "fifteen_letters", "Scheduler__Bootstrap__OperatorKey")]
    [InlineData("Scheduler:SiloPort", "70000", "Scheduler__SiloPort")]
    [InlineData("Scheduler:Solver:MemoryMegabytes", "255", "Scheduler__Solver__MemoryMegabytes")]
    [InlineData("Scheduler:Solver:MemoryMegabytes", "2 GB", "Scheduler__Solver__MemoryMegabytes")]
    [InlineData("Scheduler:Cluster:AllowPlain", "true", "Scheduler__Cluster__AllowPlaintext")]
    public void A_wrong_setting_is_named(string name, string value, string word)
    {
        var (settings, faults) = Read(false, (name, value));
        settings.ShouldBeNull();
        faults.ShouldHaveSingleItem().ShouldContain(word);
    }

    [Theory]
    [InlineData("Name", "", "Scheduler__OpenIdConnect__oak__Name must be what the button is called")]
    [InlineData("Authority", "http://login.example", "Scheduler__OpenIdConnect__oak__Authority must be an address that begins with https://")]
    [InlineData("Authority", "login.example", "Scheduler__OpenIdConnect__oak__Authority")]
    [InlineData("ClientId", "", "Scheduler__OpenIdConnect__oak__ClientId")]
    [InlineData("ClientSecret", "", "Scheduler__OpenIdConnect__oak__ClientSecret")]
    [InlineData("Institutions", "oak, Not An Id", "'Not An Id' is none")]
    [InlineData("Domains", "a@oak.example", "'a@oak.example' is none")]
    [InlineData("Clientid2", "x", "the nearest one is Scheduler__OpenIdConnect__ID__ClientId")]
    public void A_wrong_provider_is_named(string name, string value, string sentence)
    {
        List<(string, string)> settings =
        [
            ("Scheduler:OpenIdConnect:oak:Name", "Oak"), ("Scheduler:OpenIdConnect:oak:Authority", "https://login.example"),
            ("Scheduler:OpenIdConnect:oak:ClientId", "scheduler"), ("Scheduler:OpenIdConnect:oak:ClientSecret", "secret"),
        ];
        var good = Read(false, [.. settings]).Settings.ShouldNotBeNull().Options.OpenIdConnect["oak"];
        (good.Name, good.VerifiedField, good.Institutions).ShouldBe(("Oak", "email_verified", null));
        settings.RemoveAll(one => one.Item1.EndsWith(":" + name, StringComparison.Ordinal));
        Read(false, [.. settings, ($"Scheduler:OpenIdConnect:oak:{name}", value)]).Faults.ShouldHaveSingleItem().ShouldContain(sentence);
        Read(false, [.. settings, ($"Scheduler:OpenIdConnect:Oak School:{name}", value)]).Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_clock_may_be_set_in_Development_only_and_must_be_an_instant()
    {
        Read(true, ("Scheduler:Clock:Now", "2026-12-01T00:00:00Z")).Settings.ShouldNotBeNull().Now.ShouldBe(NodaTime.Instant.FromUtc(2026, 12, 1, 0, 0));
        Read(true, ("Scheduler:Clock:Now", "tomorrow")).Faults.ShouldHaveSingleItem().ShouldContain("Scheduler__Clock__Now");
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var (settings, faults) = Read(
            false, ("Scheduler:Demmo", "true"), ("Scheduler:Demo", "perhaps"), ("Scheduler:SiloPort", "x"),
            ("Scheduler:Bootstrap:OperatorKey", "short"), ("Scheduler:Clock:Now", "now"));
        settings.ShouldBeNull();
        faults.Count.ShouldBe(6, "the clock has two faults");
        faults.ShouldContain("Scheduler__Demmo is not a setting; the nearest one is Scheduler__Demo. docs/operations.md lists all settings.");
    }

    [Fact]
    public void An_empty_text_counts_as_not_set() =>
        Read(false, ("Scheduler:Demo", ""), ("Scheduler:SiloPort", ""), ("Scheduler:Bootstrap:OperatorKey", "")).Settings.ShouldNotBeNull()
            .Options.Demo.ShouldBeFalse();

    [Theory]
    [InlineData("Scheduler__Cluster__AllowPlaintext")]
    [InlineData("Scheduler__Cluster__Key and Scheduler__Cluster__Authority", "Certificate", "cert.pem")]
    [InlineData("cannot be set together", "Certificate", "c", "Key", "k", "Authority", "a", "AllowPlaintext", "true")]
    [InlineData("cannot be used", "Certificate", "none.pem", "Key", "none.pem", "Authority", "none.pem")]
    [InlineData("Scheduler__Cluster__AdvertisedAddress", "AdvertisedAddress", "my-host", "AllowPlaintext", "true")]
    [InlineData("Scheduler__Cluster__AdvertisedAddress", "AdvertisedAddress", "0.0.0.0", "AllowPlaintext", "true")]
    public void Several_processes_need_TLS_or_a_setting_that_does_without(string word, params string[] cluster)
    {
        var settings = cluster.Chunk(2).Select(pair => ($"Scheduler:Cluster:{pair[0]}", pair[1])).Append(("ConnectionStrings:Ledger", "Host=db")).ToArray();
        Read(false, settings).Faults.ShouldHaveSingleItem().ShouldContain(word);
    }

    [Fact]
    public void Without_TLS_it_is_enough_to_say_so() =>
        Read(false, ("ConnectionStrings:Ledger", "Host=db"), ("Scheduler:Cluster:AllowPlaintext", "true")).Settings.ShouldNotBeNull();

    [Fact]
    public async Task A_wrong_setting_ends_the_process_with_64_and_says_which()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-settings-").FullName;
        var (code, said) = await ServerProcess.Run(["--urls", "http://127.0.0.1:0"], ("Scheduler__DataDirectory", folder), ("Scheduler__Demmo", "true"));
        code.ShouldBe(64);
        said.ShouldContain("Scheduler__Demmo");
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        Directory.Delete(folder);
    }

    [Theory]
    [InlineData("Loud", "Logging__LogLevel__Default", "Loud")]
    [InlineData("not-a-url", "Kestrel__Endpoints__Web__Url", "not-a-url")]
    [InlineData("ConnectionStrings__Ledger", "ConnectionStrings__Ledger", "no connection string")]
    public async Task A_wrong_setting_of_the_framework_is_no_bug_and_ends_the_process_with_64(string word, string name, string value)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-settings-").FullName;
        var (code, said) = await ServerProcess.Run(
            ["--urls", "http://127.0.0.1:0"], ("Scheduler__DataDirectory", folder), ("Scheduler__Cluster__AllowPlaintext", "true"), (name, value));
        code.ShouldBe(64, said);
        said.ShouldContain(word);
        said.ShouldNotContain("this is a bug");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_moved_clock_goes_on_from_where_it_was_set()
    {
        var start = NodaTime.Instant.FromUtc(2031, 5, 5, 5, 5);
        var clock = SchedulerClock.From(start);
        var first = clock.GetCurrentInstant();
        first.ShouldBeGreaterThanOrEqualTo(start);
        clock.GetCurrentInstant().ShouldBeGreaterThanOrEqualTo(first);
    }

    private static (SchedulerSettings? Settings, List<string> Faults) Read(bool isDevelopment, params (string Name, string Value)[] settings)
    {
        var pairs = settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        var faults = new List<string>();
        return (SchedulerSettings.ForServing(configuration, isDevelopment, faults), faults);
    }
}
