using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Converts the framework's passkeys to those of the ledger and back.</summary>
internal static class PasskeyRows
{
    public static Passkey Of(UserPasskeyInfo passkey) => new()
    {
        Id = Base64Url.EncodeToString(passkey.CredentialId),
        PublicKey = Convert.ToBase64String(passkey.PublicKey),
        Name = passkey.Name ?? "",
        MadeAt = Instant.FromDateTimeOffset(passkey.CreatedAt),
        SignCount = passkey.SignCount,
        Transports = string.Join(' ', passkey.Transports ?? []),
        IsUserVerified = passkey.IsUserVerified,
        IsBackupEligible = passkey.IsBackupEligible,
        IsBackedUp = passkey.IsBackedUp,
    };

    /// <summary>What the browser said when the passkey was made is checked once and not kept.</summary>
    public static UserPasskeyInfo Read(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.Id), Convert.FromBase64String(passkey.PublicKey), passkey.MadeAt.ToDateTimeOffset(), (uint)passkey.SignCount,
        passkey.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
        attestationObject: [], clientDataJson: [])
    {
        Name = passkey.Name,
    };
}
