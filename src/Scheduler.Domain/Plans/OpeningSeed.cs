using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Domain;

/// <summary>
/// The seed of an opening (R16): 256 random bits in hex. Its hash is shown before the lots are drawn, the seed itself when the opening's plan is applied. All
/// figures are SHA-256 of a text, in lower-case hex, so that anybody can compute them with common tools.
/// </summary>
public static class OpeningSeed
{
    /// <summary>A new seed.</summary>
    public static string Draw() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash that is shown before.</summary>
    public static string Hash(string seed) => Convert.ToHexStringLower(Digest(seed));

    /// <summary>The lot of a request: the hash of the seed, a colon and the id of the request.</summary>
    public static string Lot(string seed, RequestId request) => Convert.ToHexStringLower(Digest($"{seed}:{request}"));

    /// <summary>The requests in the order of their lots, the first lot first.</summary>
    public static ImmutableArray<RequestId> Order(string seed, IEnumerable<RequestId> requests) =>
        [.. requests.OrderBy(request => Lot(seed, request), StringComparer.Ordinal)];

    /// <summary>The seed of the solver's random numbers. It tells nothing of the opening's seed, so the files of a plan may show it.</summary>
    public static long Solver(string seed) => BinaryPrimitives.ReadInt64BigEndian(Digest($"{seed}:solver")) & int.MaxValue;

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
