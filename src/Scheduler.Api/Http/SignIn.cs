using System.Security.Cryptography;
using System.Text;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// Turns <c>Authorization: Bearer</c> into a principal. Keys are 256 random bits, so their plain SHA-256 is as good as a slow hash, and a look-up by it leaks nothing by its timing.
/// </summary>
internal sealed class SignIn(CatalogueCopy catalogue)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 1_024;

    /// <summary>The caller; null when nobody is signed in.</summary>
    public ValueTask<Principal?> Who(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header])
            return new((Principal?)null);
        if (header.Length is <= 7 or > LongestToken || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new((Principal?)null);
        var hash = Hash(header.AsSpan(Scheme.Length).Trim());
        var things = catalogue.Current;
        return things.KeysByHash.TryGetValue(hash, out var key) ? new(Principal(key)) : Unknown(things, hash);
    }

    /// <summary>SHA-256 of a key's text, in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<char> token)
    {
        Span<byte> text = stackalloc byte[LongestToken * 3];
        var length = Encoding.UTF8.GetBytes(token, text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>
    /// Another silo may have made the key a moment ago. Whoever sends unknown tokens shares one small reading with all who do, one at a time, so that guessing costs us nothing.
    /// </summary>
    private async ValueTask<Principal?> Unknown(Catalogue things, string hash) =>
        await catalogue.IsBehind(things) && catalogue.Current.KeysByHash.TryGetValue(hash, out var key) ? Principal(key) : null;

    private static Principal Principal(ApiKey key) => new(key.Id.ToString(), key.Role, key.Institution, key.Name);
}
