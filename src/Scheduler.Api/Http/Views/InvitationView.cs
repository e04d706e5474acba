using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An invitation.</summary>
internal sealed record InvitationView
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required InstitutionId? Institution { get; init; }

    [Description("The id of the account that chooses anew how to sign in; null when the link makes an account.")]
    public required Guid? Recovers { get; init; }

    [Description("The name of the person or of the API key that invites.")]
    public required string MadeBy { get; init; }

    public required Instant MadeAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    [Description("When the link was used; null before.")]
    public required Instant? Accepted { get; init; }

    [Description("When the invitation was revoked; null when it was not.")]
    public required Instant? Revoked { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The link for the person. Only the answer to the call that made the invitation has it; a replay of that answer does not.")]
    public string? Link { get; init; }

    public static InvitationView Of(Invitation invitation) => new()
    {
        Id = invitation.Id.Value,
        Email = invitation.Email,
        Role = invitation.Role,
        Institution = invitation.Institution,
        Recovers = invitation.Recovers?.Value,
        MadeBy = invitation.MadeBy,
        MadeAt = invitation.MadeAt,
        ExpiresAt = invitation.ExpiresAt,
        Accepted = invitation.AcceptedAt,
        Revoked = invitation.RevokedAt,
        Version = invitation.Version,
    };
}
