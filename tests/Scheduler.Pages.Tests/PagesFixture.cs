namespace Scheduler.Tests;

/// <summary>One real server, furnished with <see cref="Schools"/>, and one browser for a class of tests.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    public TestApi Api { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Api = await TestApi.Open();
        Browser = await Browser.Start();
    }

    /// <summary>A visitor to the server.</summary>
    public Task<Visitor> Visit(Look? look = null) => Browser.Visit(Api.Url, look);

    /// <summary>The key of a caller of <see cref="Schools"/>.</summary>
    public string Key(string caller) => caller == "operator" ? TestApi.OperatorKey : Api.Caller(caller).Key!;

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Api.DisposeAsync();
    }
}
