using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// An account. A snapshot has only the members up to the version; the private row has all. The rules of <see cref="SnapshotForm"/> apply.
/// </summary>
internal sealed record AccountForm
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public string? Institution { get; init; }

    public string? RemovedAt { get; init; }

    public required int Version { get; init; }

    public string? MadeAt { get; init; }

    public string? PasswordHash { get; init; }

    public string? SecurityStamp { get; init; }

    public int? FailedSignIns { get; init; }

    public string? LockedUntil { get; init; }

    public string? AuthenticatorKey { get; init; }

    public long? LastCodeStep { get; init; }

    public bool? SecondFactor { get; init; }

    public string[]? RecoveryCodes { get; init; }

    public PasskeyForm[]? Passkeys { get; init; }

    public LoginForm[]? Logins { get; init; }

    public SessionForm[]? Sessions { get; init; }

    public ChoicesForm? Choices { get; init; }
}

/// <summary>A passkey of an account.</summary>
internal sealed record PasskeyForm
{
    public required string Id { get; init; }

    public required string PublicKey { get; init; }

    public required string Name { get; init; }

    public required string MadeAt { get; init; }

    public required long SignCount { get; init; }

    public string? Transports { get; init; }

    public required bool UserVerified { get; init; }

    public required bool BackupEligible { get; init; }

    public required bool BackedUp { get; init; }
}

/// <summary>An account at another provider.</summary>
internal sealed record LoginForm
{
    public required string Provider { get; init; }

    public required string Key { get; init; }
}

/// <summary>How a person wants to see the pages.</summary>
internal sealed record ChoicesForm
{
    public required string Language { get; init; }

    public string? Theme { get; init; }

    public required bool TwelveHours { get; init; }

    public required bool LetterKeys { get; init; }
}

/// <summary>A browser in which a person is signed in.</summary>
internal sealed record SessionForm
{
    public required Guid Id { get; init; }

    public required string StartedAt { get; init; }

    public required string Browser { get; init; }

    public required bool Strong { get; init; }
}

/// <summary>Converts accounts to storage forms and back.</summary>
public static class AccountForms
{
    /// <summary>The body of the private row of an account.</summary>
    public static string Write(Account account) => JsonSerializer.Serialize(Of(account), FormsJson.Default.AccountForm);

    /// <summary>The account of a private row's body.</summary>
    public static Account Read(string body) => Account(JsonSerializer.Deserialize(body, FormsJson.Default.AccountForm)!);

    internal static AccountForm Of(AccountSnapshot account) => new()
    {
        Id = account.Id.Value,
        Name = account.Name,
        Email = account.Email,
        Role = FormText.Of(account.Role),
        Institution = account.Institution?.Text,
        RemovedAt = FormText.OrNull(account.RemovedAt),
        Version = account.Version,
    };

    internal static AccountSnapshot Snapshot(AccountForm form) => new(
        new(form.Id), form.Name, form.Email, FormText.Role(form.Role), form.Institution is { } institution ? InstitutionId.Of(institution) : null,
        FormText.InstantOrNull(form.RemovedAt), form.Version);

    private static AccountForm Of(Account account) => Of(AccountSnapshot.Of(account)) with
    {
        MadeAt = FormText.Of(account.MadeAt),
        PasswordHash = account.PasswordHash,
        SecurityStamp = account.SecurityStamp,
        FailedSignIns = account.FailedSignIns,
        LockedUntil = FormText.OrNull(account.LockedUntil),
        AuthenticatorKey = account.AuthenticatorKey,
        LastCodeStep = account.LastCodeStep == 0 ? null : account.LastCodeStep,
        SecondFactor = account.HasSecondFactor,
        RecoveryCodes = [.. account.RecoveryCodes],
        Passkeys = [.. account.Passkeys.Select(Of)],
        Logins = [.. account.Logins.Select(login => new LoginForm { Provider = login.Provider, Key = login.Key })],
        Sessions = [.. account.Sessions.Select(session => new SessionForm
        {
            Id = session.Id, StartedAt = FormText.Of(session.StartedAt), Browser = session.Browser, Strong = session.IsStrong,
        })],
        Choices = account.Choices is { } choices
            ? new()
            {
                Language = choices.Language, Theme = choices.Theme, TwelveHours = choices.HasTwelveHours, LetterKeys = choices.HasLetterKeys,
            }
            : null,
    };

    private static Account Account(AccountForm form) => new()
    {
        Id = new(form.Id),
        Name = form.Name,
        Email = form.Email,
        Role = FormText.Role(form.Role),
        Institution = form.Institution is { } institution ? InstitutionId.Of(institution) : null,
        RemovedAt = FormText.InstantOrNull(form.RemovedAt),
        Version = form.Version,
        MadeAt = FormText.Instant(form.MadeAt!),
        PasswordHash = form.PasswordHash,
        SecurityStamp = form.SecurityStamp!,
        FailedSignIns = form.FailedSignIns ?? 0,
        LockedUntil = FormText.InstantOrNull(form.LockedUntil),
        AuthenticatorKey = form.AuthenticatorKey,
        LastCodeStep = form.LastCodeStep ?? 0,
        HasSecondFactor = form.SecondFactor ?? false,
        RecoveryCodes = [.. form.RecoveryCodes ?? []],
        Passkeys = [.. (form.Passkeys ?? []).Select(Passkey)],
        Logins = [.. (form.Logins ?? []).Select(login => new ExternalLogin(login.Provider, login.Key))],
        Sessions =
        [
            .. (form.Sessions ?? []).Select(session => new BrowserSession(session.Id, FormText.Instant(session.StartedAt), session.Browser, session.Strong)),
        ],
        Choices = form.Choices is { } choices
            ? new()
            {
                Language = choices.Language, Theme = choices.Theme, HasTwelveHours = choices.TwelveHours, HasLetterKeys = choices.LetterKeys,
            }
            : null,
    };

    private static PasskeyForm Of(Passkey passkey) => new()
    {
        Id = passkey.Id,
        PublicKey = passkey.PublicKey,
        Name = passkey.Name,
        MadeAt = FormText.Of(passkey.MadeAt),
        SignCount = passkey.SignCount,
        Transports = FormText.OrNull(passkey.Transports),
        UserVerified = passkey.IsUserVerified,
        BackupEligible = passkey.IsBackupEligible,
        BackedUp = passkey.IsBackedUp,
    };

    private static Passkey Passkey(PasskeyForm form) => new()
    {
        Id = form.Id,
        PublicKey = form.PublicKey,
        Name = form.Name,
        MadeAt = FormText.Instant(form.MadeAt),
        SignCount = form.SignCount,
        Transports = form.Transports ?? "",
        IsUserVerified = form.UserVerified,
        IsBackupEligible = form.BackupEligible,
        IsBackedUp = form.BackedUp,
    };
}
