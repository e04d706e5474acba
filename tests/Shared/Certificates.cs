using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Tests;

/// <summary>Certificates of a private authority, as an operator makes them for the processes of a cluster.</summary>
public static class Certificates
{
    /// <summary>An authority that issues certificates.</summary>
    public static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(Day(-10), Day(10));
    }

    /// <summary>A certificate of this authority, with its private key.</summary>
    public static X509Certificate2 Member(X509Certificate2 authority, string name, int daysLeft = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        using var bare = request.Create(authority, Day(-5), Day(daysLeft), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>Writes a new member's certificate, its key and the authority's certificate to NAME.pem, NAME.key and NAME.ca.</summary>
    public static void Write(string folder, X509Certificate2 authority, string name)
    {
        using var member = Member(authority, name);
        using var key = member.GetECDsaPrivateKey()!;
        File.WriteAllText(Path.Combine(folder, $"{name}.pem"), member.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, $"{name}.ca"), authority.ExportCertificatePem());
    }

    private static DateTimeOffset Day(int days) => TimeProvider.System.GetUtcNow().AddDays(days);
}
