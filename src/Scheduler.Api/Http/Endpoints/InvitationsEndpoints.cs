using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Invitations: links that work once. The secret of a link is drawn here, shown once and never stored.</summary>
internal static class InvitationsEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/invitations", Make).RequireAuthorization(Policies.Managers).WithSummary("Invites a person. Only this answer shows the link.")
            .Makes<InvitationView>().Refuses("not_found", "retired", "email_taken", "too_many_invitations");
        api.MapMethods("/invitations", RouteConventions.Reading, List).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists the invitations that the caller manages, used and revoked ones included, without their links.").Lists<InvitationView>();
        api.MapDelete("/invitations/{id}", Revoke).RequireAuthorization(Policies.Managers)
            .WithSummary("Revokes an invitation: its link works no more. An invitation that was used stays as it is.")
            .Produces(StatusCodes.Status204NoContent).Refuses();
    }

    /// <summary>One secret for all attempts of a call, and its hash.</summary>
    public static (string Secret, string Hash) Secret(HttpContext http)
    {
        var secret = (string)(http.Items[typeof(InvitationSecret)] ??= InvitationSecret.Draw());
        return (secret, ApiKeySecret.Hash(secret));
    }

    /// <summary>The link is shown only when the invitation has the secret's hash. A replay of an earlier call has another secret.</summary>
    public static ChangeAnswer Made(HttpContext http, InvitationSnapshot made, string hash, string secret) => ChangeAnswer.Created(
        InvitationView.Of(made.Invitation) with { Link = made.Invitation.SecretHash == hash ? PeopleList.Link(http.Request, secret) : null },
        made.Invitation.Version, null);

    private static ValueTask<IResult> Make(Command<InvitationBody> command)
    {
        var (secret, hash) = Secret(command.Http);
        return command.RunPeople(
            (body, _) => body.Institution is { } id && !command.IsInReach(id) ? ApiProblem.NotFound()
                : PeopleList.Manages(command.Who, command.Catalogue, body.Role, body.Institution) ? null
                : ApiProblem.Forbidden(),
            (people, body) => people.Invite(command.Caller, hash, body.Email, body.Role, body.Institution, command.Cancellation),
            made => Made(command.Http, made, hash, secret));
    }

    private static IResult List(Query query) => CataloguePages.Of(
        query, PeopleList.Invitations(query.Who, query.Catalogue, query.Api.Accounts), static one => one.Id.ToString(), InvitationView.Of);

    private static ValueTask<IResult> Revoke(string id, Command<NoBody> command)
    {
        var invitation = Call.TryId(id, out var key) ? command.Api.Accounts.Invitations.GetValueOrDefault(new(key)) : null;
        return command.RunPeople(
            (_, _) => invitation is not null && PeopleList.Manages(command.Who, command.Catalogue, invitation.Role, invitation.Institution)
                ? null
                : ApiProblem.NotFound(),
            (people, _) => people.Revoke(command.Caller, invitation!.Id, command.Cancellation),
            static _ => ChangeAnswer.NoContent());
    }
}
