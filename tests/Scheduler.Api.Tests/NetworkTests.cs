using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Tests;

/// <summary>Who can reach a silo: nobody where it is alone, and only members with a certificate of the authority in a cluster.</summary>
public sealed class NetworkTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-network-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_the_embedded_database_no_port_is_open_but_HTTP()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the ports of a process are read from /proc");
        using var server = await ServerProcess.Start(("Scheduler__DataDirectory", Path.Combine(_folder, "data")));
        ListeningSockets.Of(server.Id).ShouldBe([new Uri(server.Url).Port]);
    }

    [Fact]
    public async Task R03_two_processes_book_together_over_mutual_TLS_and_a_stranger_hears_nothing()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the ports of a process are read from /proc");
        var database = await postgres.Database();
        using var authority = Certificates.Authority("ours");
        using var one = await Start(database, authority, "one");
        using var two = await Start(database, authority, "two");
        var callers = new[] { one.As(TestApi.OperatorKey), two.As(TestApi.OperatorKey) };
        await SmallPool.Everything(callers[0]);
        // Each process takes bookings of every school, so many of them are decided by grains in the other process.
        string[] schools = ["a", "b", "x", "m"];
        for (var i = 0; i < 16; i++)
            (await callers[i % 2].Post($"/institutions/{schools[i / 2 % 4]}/bookings", SmallPool.Booking(SmallPool.Slot(40 + i, 9), 1))).Must(201);

        var silo = ListeningSockets.Of(one.Id).Except([new Uri(one.Url).Port]).ShouldHaveSingleItem();
        (await Talk(silo, null)).ShouldBeFalse("no certificate");
        using var others = Certificates.Authority("others");
        using var stranger = Certificates.Member(others, "stranger");
        (await Talk(silo, stranger)).ShouldBeFalse("a certificate of somebody else");
        using var member = Certificates.Member(authority, "member");
        (await Talk(silo, member)).ShouldBeTrue("a member is let in, else nothing was tested");
    }

    private Task<ServerProcess> Start(string database, X509Certificate2 authority, string name)
    {
        Certificates.Write(_folder, authority, name);
        return ServerProcess.Start(
            ("ConnectionStrings__Ledger", database), ("Scheduler__DataDirectory", Path.Combine(_folder, name)), ("Scheduler__Cluster__AllowPlaintext", "false"),
            ("Scheduler__Cluster__Certificate", Path.Combine(_folder, $"{name}.pem")), ("Scheduler__Cluster__Key", Path.Combine(_folder, $"{name}.key")),
            ("Scheduler__Cluster__Authority", Path.Combine(_folder, $"{name}.ca")));
    }

    /// <summary>Whether the silo goes on talking after the handshake: it closes the connection of whoever is no member.</summary>
    private static async Task<bool> Talk(int port, X509Certificate2? certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(
                new()
                {
                    TargetHost = "scheduler",
                    ClientCertificates = certificate is null ? [] : [certificate],
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                },
                TestContext.Current.CancellationToken);
            // A silo begins with its own preamble once it believes the other.
            return await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken) > 0;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }
}
