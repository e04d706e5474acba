using Scheduler.Demo;
using Scheduler.Tests;

[assembly: AssemblyFixture(typeof(LoadedDemo))]

namespace Scheduler.Tests;

/// <summary>One loaded demonstration season for the tests that only read.</summary>
public sealed class LoadedDemo : IAsyncLifetime
{
    public DemoSilo Silo { get; private set; } = null!;

    internal DemoReport Report { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Silo = await DemoSilo.Open();
        Report = await Silo.Load();
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
