using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Scheduler.Tests;

/// <summary>The month of the demonstration comes from memory: no grain is called for a page with all pools and days.</summary>
public sealed class SeasonReadsTests
{
    [Fact]
    public async Task The_month_of_all_pools_calls_no_grain()
    {
        var calls = new ConcurrentQueue<string>();
        await using var api = await TestApi.Open(furnish: false, settings: ["--Scheduler:Demo", "true"],
            configure: services => services.AddSingleton<IIncomingGrainCallFilter>(new CallFilter(call =>
            {
                if (call.InterfaceName.StartsWith("Scheduler.", StringComparison.Ordinal))
                    calls.Enqueue($"{call.InterfaceName}.{call.MethodName}");
                return false;
            })));
        await using var browser = await Browser.Start();
        await using var visitor = await browser.Visit(api.Url);
        await visitor.Open("/");
        await visitor.Page.Locator("form[action='/sign-in/demo/instructor'] button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/availability**");
        calls.ShouldNotBeEmpty("loading the demonstration calls grains, so the filter sees calls");
        calls.Clear();
        (await visitor.Open("/availability/season?from=2026-03-15")).ShouldBe(200);
        // Two tables of half a month each.
        (await visitor.Page.Locator("table.season tbody .cell").CountAsync()).ShouldBeGreaterThanOrEqualTo(6 * 31);
        calls.ShouldBeEmpty();
    }
}
