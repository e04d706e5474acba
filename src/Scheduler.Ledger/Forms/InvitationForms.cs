using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>An invitation, in a snapshot and in its private row. A snapshot has no hash of the secret. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record InvitationForm
{
    public required Guid Id { get; init; }

    public string? SecretHash { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public string? Institution { get; init; }

    public Guid? Recovers { get; init; }

    public required string MadeBy { get; init; }

    public Guid? Maker { get; init; }

    public Guid? MakerKey { get; init; }

    public required string MadeAt { get; init; }

    public required string ExpiresAt { get; init; }

    public string? AcceptedAt { get; init; }

    public string? RevokedAt { get; init; }

    public required int Version { get; init; }
}

/// <summary>Converts invitations to storage forms and back.</summary>
public static class InvitationForms
{
    /// <summary>The body of the private row of an invitation.</summary>
    public static string Write(Invitation invitation) =>
        JsonSerializer.Serialize(Of(invitation) with { SecretHash = invitation.SecretHash }, FormsJson.Default.InvitationForm);

    /// <summary>The invitation of a private row's body.</summary>
    public static Invitation Read(string body) => Invitation(JsonSerializer.Deserialize(body, FormsJson.Default.InvitationForm)!);

    internal static InvitationForm Of(Invitation invitation) => new()
    {
        Id = invitation.Id.Value,
        Email = invitation.Email,
        Role = FormText.Of(invitation.Role),
        Institution = invitation.Institution?.Text,
        Recovers = invitation.Recovers?.Value,
        MadeBy = invitation.MadeBy,
        Maker = invitation.Maker?.Value,
        MakerKey = invitation.MakerKey?.Value,
        MadeAt = FormText.Of(invitation.MadeAt),
        ExpiresAt = FormText.Of(invitation.ExpiresAt),
        AcceptedAt = FormText.OrNull(invitation.AcceptedAt),
        RevokedAt = FormText.OrNull(invitation.RevokedAt),
        Version = invitation.Version,
    };

    internal static Invitation Invitation(InvitationForm form) => new()
    {
        Id = new(form.Id),
        SecretHash = form.SecretHash ?? "",
        Email = form.Email,
        Role = FormText.Role(form.Role),
        Institution = form.Institution is { } institution ? InstitutionId.Of(institution) : null,
        Recovers = form.Recovers is { } account ? new(account) : null,
        MadeBy = form.MadeBy,
        Maker = form.Maker is { } maker ? new(maker) : null,
        MakerKey = form.MakerKey is { } key ? new(key) : null,
        MadeAt = FormText.Instant(form.MadeAt),
        ExpiresAt = FormText.Instant(form.ExpiresAt),
        AcceptedAt = FormText.InstantOrNull(form.AcceptedAt),
        RevokedAt = FormText.InstantOrNull(form.RevokedAt),
        Version = form.Version,
    };
}
