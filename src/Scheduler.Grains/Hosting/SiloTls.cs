using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Grains;

/// <summary>
/// Mutual TLS between silos: each silo shows a certificate, and accepts certificates that the authority has issued. Every certificate of the authority makes
/// its holder a member, and names in certificates are not compared. So the authority should issue certificates only for this cluster.
/// </summary>
public sealed class SiloTls
{
    private readonly X509Certificate2Collection _authority;

    private SiloTls(X509Certificate2 certificate, X509Certificate2Collection authority)
    {
        Certificate = certificate;
        _authority = authority;
    }

    /// <summary>The certificate that this silo shows, with its private key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Reads a certificate, its private key and the authority's certificates from PEM files.</summary>
    /// <exception cref="CryptographicException">A file is not PEM, the key is not that of the certificate, or the authority has not issued the
    /// certificate.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to read a file.</exception>
    public static SiloTls Load(string certificateFile, string keyFile, string authorityFile)
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(authorityFile);
        if (authority.Count == 0)
            throw new CryptographicException($"{authorityFile} holds no certificate.");
        var tls = new SiloTls(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), authority);
        return tls.IsMember(tls.Certificate)
            ? tls
            : throw new CryptographicException($"The certificate in {certificateFile} has ended, or was not issued by the authority in {authorityFile}.");
    }

    /// <summary>Whether the authority has issued this certificate, and the certificate is valid now.</summary>
    internal bool IsMember(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // No certificate is downloaded from an address that an unknown certificate names.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }
}
