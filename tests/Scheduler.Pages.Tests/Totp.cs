using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Scheduler.Tests;

/// <summary>An authenticator app: RFC 6238 with SHA-1, 30 seconds and six digits.</summary>
internal static class Totp
{
    /// <summary>The code that the app shows now, or some time steps later. The server's check uses the machine's clock too.</summary>
    public static string Code(string key, int steps = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30 + steps);
        var bits = string.Concat(key.Where(char.IsLetterOrDigit).Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. bits.Chunk(8).Where(part => part.Length == 8).Select(part => Convert.ToByte(new string(part), 2))];
#pragma warning disable CA5350 // RFC 6238 is defined with SHA-1.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
