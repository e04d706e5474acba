namespace Scheduler.Tests;

/// <summary>One server for a class of tests, furnished with <see cref="SmallPool"/>.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private TestApi _api = null!;

    public TestClock Clock => _api.Clock;

    public ApiClient Operator => _api.Operator;

    public string Url => _api.Url;

    public IServiceProvider Services => _api.Services;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.Open(furnish: false);
        await SmallPool.Everything(Operator);
    }

    /// <summary>A caller with this key; null for nobody.</summary>
    public ApiClient As(string? key) => _api.As(key);

    /// <summary>A caller with a fresh key of this role.</summary>
    public Task<ApiClient> NewCaller(string role, string? institution) => _api.NewCaller(role, institution);

    public ValueTask DisposeAsync() => _api.DisposeAsync();
}
