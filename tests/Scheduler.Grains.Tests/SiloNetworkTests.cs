using System.Net;
using System.Security.Cryptography;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>The certificates that a silo accepts, and the address at which other silos reach it.</summary>
public sealed class SiloNetworkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-silo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_member_has_a_certificate_of_the_authority_that_has_not_expired()
    {
        using var authority = Certificates.Authority("ours");
        using var others = Certificates.Authority("others");
        Certificates.Write(_folder, authority, "node");
        var tls = Load();
        using (var member = Certificates.Member(authority, "member"))
            tls.IsMember(member).ShouldBeTrue();
        using (var stranger = Certificates.Member(others, "stranger"))
            tls.IsMember(stranger).ShouldBeFalse();
        using (var expired = Certificates.Member(authority, "expired", daysLeft: -1))
            tls.IsMember(expired).ShouldBeFalse();

        File.WriteAllText(Path.Combine(_folder, "node.ca"), others.ExportCertificatePem());
        Should.Throw<CryptographicException>(Load).Message.ShouldContain("was not issued by the authority");
    }

    [Theory]
    [InlineData("Host=/var/run/postgresql", null, "127.0.0.1")]
    [InlineData("Host=127.0.0.1", "10.1.2.3", "10.1.2.3")]
    [InlineData("Host=127.0.0.1", "127.0.0.1", "127.0.0.1")]
    public void The_advertised_address_is_the_one_that_is_set_or_that_follows_from_the_database(string database, string? set, string expected) =>
        AdvertisedAddress.Of(new() { AdvertisedAddress = set is null ? null : IPAddress.Parse(set) }, database).ShouldBe(IPAddress.Parse(expected));

    [Theory]
    [InlineData("Host=127.0.0.1;Port=6432")]
    [InlineData("Host=localhost")]
    [InlineData("Host=::1")]
    public void A_database_behind_a_loopback_address_gives_no_address_to_advertise(string database) =>
        Should.Throw<AdvertisedAddressUnknownException>(() => AdvertisedAddress.Of(new(), database));

    [Fact]
    public void A_silo_listens_at_all_addresses_if_the_advertised_one_is_not_of_this_machine()
    {
        AdvertisedAddress.ListenAt(IPAddress.Loopback, 1234).ShouldBe(new(IPAddress.Loopback, 1234));
        AdvertisedAddress.ListenAt(IPAddress.Parse("192.0.2.7"), 1234).ShouldBe(new(IPAddress.Any, 1234));
    }

    private SiloTls Load() => SiloTls.Load(Path.Combine(_folder, "node.pem"), Path.Combine(_folder, "node.key"), Path.Combine(_folder, "node.ca"));
}
