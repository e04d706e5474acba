using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Makes accounts as pages make them: an invitation that is accepted.</summary>
public static class TestPeople
{
    public const string Password = "correct horse battery staple";

    private static readonly Caller _caller = new(new("tests", Role.Operator, null, "Tests"));
    private static int _count;

    /// <summary>A new account, by its id. With <paramref name="isReal"/> false, no password signs in, and no time is spent on a hash.</summary>
    public static async Task<string> Add(IServiceProvider services, string role, string? institution, string? email = null, bool isReal = false,
        string? name = null)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleCommands>();
        TextForms.Role.TryRead(role, out var read, out _).ShouldBeTrue();
        email ??= $"person-{Interlocked.Increment(ref _count)}@school.example";
        var made = await people.Invite(
            _caller, ApiKeySecret.Hash(InvitationSecret.Draw()), email, read, institution is null ? null : InstitutionId.Of(institution), default);
        var invitation = made.ShouldBeOfType<CommandResult<InvitationSnapshot>.Done>().Value.Invitation;
        var hash = isReal ? scope.ServiceProvider.GetRequiredService<IPasswordHasher<AccountDraft>>().HashPassword(null!, Password) : "none";
        var accepted = await people.Accept(
            invitation.Id, name ?? $"{role} {email[..email.IndexOf('@', StringComparison.Ordinal)]}", SignInMeans.Password(hash), default);
        return accepted.ShouldBeOfType<CommandResult<AccountSnapshot>.Done>().Value.Id.ToString();
    }

    /// <summary>The path of the link of an invitation that a person has made.</summary>
    public static async Task<string> Invite(IServiceProvider services, string maker, string role, string institution, string email)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<PeopleCommands>();
        TextForms.Role.TryRead(role, out var read, out _).ShouldBeTrue();
        var secret = InvitationSecret.Draw();
        var who = new Principal(maker, Role.Coordinator, InstitutionId.Of(institution), "Maker");
        var made = await people.Invite(new(who), ApiKeySecret.Hash(secret), email, read, InstitutionId.Of(institution), default);
        made.ShouldBeOfType<CommandResult<InvitationSnapshot>.Done>();
        return $"{SignInPaths.Join}?{SignInPaths.Secret}={secret}";
    }

    /// <summary>Removes an account as a process does that is killed before it revokes the person's invitations.</summary>
    public static async Task RemoveAlone(IServiceProvider services, string account)
    {
        await using var scope = services.CreateAsyncScope();
        var removed = await scope.ServiceProvider.GetRequiredService<AccountCommits>().Change(
            new(Guid.Parse(account)), ChangeKind.AccountRemoved, before => before with { RemovedAt = before.MadeAt, Sessions = [] }, default);
        removed.ShouldNotBeNull();
    }

    /// <summary>A process that sees an old account of the maker does not let the link through either.</summary>
    public static async Task MustNotJoin(IServiceProvider services, string link)
    {
        await using var scope = services.CreateAsyncScope();
        var invitation = services.GetRequiredService<AccountCopy>().BySecret(ApiKeySecret.Hash(link.Split('=')[1])).ShouldNotBeNull();
        (await scope.ServiceProvider.GetRequiredService<PeopleCommands>().Accept(invitation.Id, "Name", SignInMeans.Password("none"), default))
            .ShouldBeOfType<CommandResult<AccountSnapshot>.NotFound>();
    }
}
