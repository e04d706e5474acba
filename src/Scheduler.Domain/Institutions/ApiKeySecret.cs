using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Domain;

/// <summary>
/// The text of an API key. The text is shown once and never stored. A key has 256 random bits, so a plain SHA-256 hash is as safe as a slow hash. The duration
/// of a look-up by hash reveals nothing about a key.
/// </summary>
public static class ApiKeySecret
{
    /// <summary>Longest text of a key, in characters.</summary>
    public const int MaxLength = 1_024;

    /// <summary>A new key: a prefix, which makes leaked keys easy to find, and 256 random bits.</summary>
    public static string Draw() => "sk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 of a key's text of at most <see cref="MaxLength"/> characters, in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return Convert.ToHexStringLower(hash);
    }
}
