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
        (settings.DataDirectory, settings.ClusterId, settings.ConnectionString, settings.Demo, settings.Now).ShouldBe(("./data", "scheduler", null, false, null));
    }

    [Theory]
    [InlineData("Scheduler:Datadir", "x", "Scheduler__Datadir")]
    [InlineData("Scheduler:Clock:Now", "2026-12-01T00:00:00Z", "Development")]
    [InlineData("Scheduler:Demo", "perhaps", "Scheduler__Demo")]
    [InlineData("Scheduler:Bootstrap:OperatorKey", "two words", "Scheduler__Bootstrap__OperatorKey")]
    [InlineData("Scheduler:SiloPort", "70000", "Scheduler__SiloPort")]
    public void A_wrong_setting_is_named(string name, string value, string word)
    {
        var (settings, faults) = Read(false, (name, value));
        settings.ShouldBeNull();
        faults.ShouldHaveSingleItem().ShouldContain(word);
    }

    [Fact]
    public void The_clock_may_be_set_in_Development_only_and_must_be_an_instant()
    {
        Read(true, ("Scheduler:Clock:Now", "2026-12-01T00:00:00Z")).Settings.ShouldNotBeNull().Now.ShouldBe(NodaTime.Instant.FromUtc(2026, 12, 1, 0, 0));
        Read(true, ("Scheduler:Clock:Now", "tomorrow")).Faults.ShouldHaveSingleItem().ShouldContain("Scheduler__Clock__Now");
    }

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

    [Fact]
    public void A_moved_clock_goes_on_from_where_it_was_set()
    {
        var start = NodaTime.Instant.FromUtc(2031, 5, 5, 5, 5);
        var clock = SchedulerClock.From(start);
        var first = clock.GetCurrentInstant();
        first.ShouldBeGreaterThanOrEqualTo(start);
        clock.GetCurrentInstant().ShouldBeGreaterThanOrEqualTo(first);
    }

    private static (ServeSettings? Settings, List<string> Faults) Read(bool isDevelopment, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        var faults = new List<string>();
        return (ServeSettings.Read(configuration, isDevelopment, faults), faults);
    }
}
