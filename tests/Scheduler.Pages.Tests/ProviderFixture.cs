namespace Scheduler.Tests;

/// <summary>
/// A server with two providers of OpenID Connect at one place: <c>school</c> for one institution and one domain, <c>any</c> for everybody; and a browser.
/// </summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    public TestProvider Provider { get; private set; } = null!;

    public TestApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.Start();
        Api = await TestApi.Open(settings:
        [
            .. Settings("school", "Own School"), "--Scheduler:OpenIdConnect:school:Institutions", Schools.Own,
            "--Scheduler:OpenIdConnect:school:Domains", "own.example, staff.own.example", .. Settings("any", "Anybody"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>The settings of a provider.</summary>
    public string[] Settings(string id, string name) =>
    [
        $"--Scheduler:OpenIdConnect:{id}:Name", name, $"--Scheduler:OpenIdConnect:{id}:Authority", Provider.Authority,
        $"--Scheduler:OpenIdConnect:{id}:ClientId", TestProvider.ClientId, $"--Scheduler:OpenIdConnect:{id}:ClientSecret", TestProvider.ClientSecret,
    ];
}
