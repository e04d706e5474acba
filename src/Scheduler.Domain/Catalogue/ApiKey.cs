using NodaTime;

namespace Scheduler.Domain;

/// <summary>A key that signs a caller in. Only the SHA-256 hash of its secret is kept.</summary>
/// <param name="Id">The id. Records name this id as the author of a change.</param>
/// <param name="Hash">SHA-256 of the key's text, in lower-case hex.</param>
/// <param name="Role">The role of a caller with this key.</param>
/// <param name="Institution">The key's institution; null for an operator's key.</param>
/// <param name="Name">A name for people to read.</param>
/// <param name="CreatedAt">When the key was made.</param>
public sealed record ApiKey(ApiKeyId Id, string Hash, Role Role, InstitutionId? Institution, string Name, Instant CreatedAt) : CatalogueEntry
{
    /// <summary>
    /// When the key was revoked; null while the key signs its caller in. A revoked key stays in the catalogue, and never signs anybody in again.
    /// </summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>
    /// The account, or the API key, of the reader for whose calendar the key was made; null for any other key. The key ends with its owner.
    /// </summary>
    public Guid? Owner { get; init; }
}
