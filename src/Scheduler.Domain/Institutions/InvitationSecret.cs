using System.Buffers.Text;
using System.Security.Cryptography;

namespace Scheduler.Domain;

/// <summary>The secret of an invitation's link. The secret is shown once and never stored; <see cref="ApiKeySecret.Hash"/> makes its hash.</summary>
public static class InvitationSecret
{
    /// <summary>A new secret of 256 random bits.</summary>
    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
