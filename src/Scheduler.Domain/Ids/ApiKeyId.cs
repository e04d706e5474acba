namespace Scheduler.Domain;

/// <summary>An API key's id (UUID version 7); the key itself is never stored.</summary>
public readonly record struct ApiKeyId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static ApiKeyId New() => new(Guid.CreateVersion7());

    /// <summary>
    /// The id that is computed from a text: a UUID of version 8 (RFC 9562) from the text's SHA-256 hash. Processes that make a key for the same text at the
    /// same time get the same id, so only one key is made.
    /// </summary>
    public static ApiKeyId From(string text)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new(new Guid(hash, bigEndian: true));
    }

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
