using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The people who may sign in (R14). A coordinator manages people of the own reach, up to its own role; an operator manages everybody.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/people", RouteConventions.Reading, List).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists the people whom the caller manages.").Lists<PersonView>();
        api.MapMethods("/people/{id}", RouteConventions.Reading, Show).RequireAuthorization(Policies.Managers)
            .WithSummary("Shows a person.").Shows<PersonView>();
        api.MapPatch("/people/{id}", ChangeRole).RequireAuthorization(Policies.Managers)
            .WithSummary("Gives a person another role, and ends the person's sessions.").Shows<PersonView>().Refuses("own_account");
        api.MapDelete("/people/{id}", Remove).RequireAuthorization(Policies.Managers)
            .WithSummary("Removes a person: nothing signs the person in any more.").Produces(StatusCodes.Status204NoContent).Refuses("own_account");
        api.MapPost("/people/{id}/recovery", Recover).RequireAuthorization(Policies.Managers)
            .WithSummary("Makes a link by which a person who cannot sign in chooses a new password. Only this answer shows the link.")
            .Makes<InvitationView>().Refuses("own_account");
    }

    private static IResult List(Query query) => CataloguePages.Of(
        query, PeopleList.People(query.Who, query.Catalogue, query.Api.Accounts), static person => person.Id.ToString(), PersonView.Of);

    private static IResult Show(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return Find(query, id) is { } person ? query.Show(PersonView.Of(person), person.Version) : ApiProblem.NotFound();
    }

    private static ValueTask<IResult> ChangeRole(string id, Command<PersonBody> command)
    {
        var person = Find(command, id);
        return command.RunPeople(
            (body, faults) =>
            {
                if (person is null)
                    return ApiProblem.NotFound();
                if (!PeopleRules.Fits(body.Role, person.Institution))
                {
                    faults.Add(
                        "role",
                        person.Institution is null ? "must be operator for a person without an institution" : "must be viewer, instructor or coordinator");
                }

                return null;
            },
            (people, body) => people.ChangeRole(command.Caller, person!.Id, body.Role, command.Cancellation),
            changed => ChangeAnswer.Ok(PersonView.Of(command.Api.Accounts.Accounts[changed.Id]), changed.Version));
    }

    private static ValueTask<IResult> Remove(string id, Command<NoBody> command)
    {
        var person = Find(command, id, withRemoved: true);
        return command.RunPeople(
            (_, _) => person is null ? ApiProblem.NotFound() : null,
            (people, _) => people.Remove(command.Caller, person!.Id, command.Cancellation),
            static _ => ChangeAnswer.NoContent());
    }

    private static ValueTask<IResult> Recover(string id, Command<NoBody> command)
    {
        var person = Find(command, id);
        var (secret, hash) = InvitationsEndpoints.Secret(command.Http);
        return command.RunPeople(
            (_, _) => person is null ? ApiProblem.NotFound() : null,
            (people, _) => people.Recover(command.Caller, hash, person!.Id, command.Cancellation),
            made => InvitationsEndpoints.Made(command.Http, made, hash, secret));
    }

    /// <summary>The person, when the caller manages the person; otherwise null.</summary>
    private static Account? Find(Call call, string id, bool withRemoved = false) =>
        Call.TryId(id, out var key) && call.Api.Accounts.Accounts.GetValueOrDefault(new(key)) is { } account
        && (withRemoved || account.RemovedAt is null) && PeopleList.Manages(call.Who, call.Catalogue, account.Role, account.Institution)
            ? account
            : null;
}
