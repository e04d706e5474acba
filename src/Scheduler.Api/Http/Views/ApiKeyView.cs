using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An API key.</summary>
internal sealed record ApiKeyView
{
    public required Guid Id { get; init; }

    public required Role Role { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required string Name { get; init; }

    public required Instant CreatedAt { get; init; }

    [Description("When the key was revoked; null while the key signs its caller in.")]
    public required Instant? Revoked { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The secret. Only the answer to the call that made the key has it; a replay of that answer does not.")]
    public string? Key { get; init; }

    public static ApiKeyView Of(ApiKey key, int version) => new()
    {
        Id = key.Id.Value,
        Role = key.Role,
        Institution = key.Institution,
        Name = key.Name,
        CreatedAt = key.CreatedAt,
        Revoked = key.RevokedAt,
        Version = version,
    };
}
