using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>API keys. The secret is drawn here, shown once and never stored. Grains and the ledger get only its hash.</summary>
internal static class ApiKeysEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("/api-keys", Make).RequireAuthorization(Policies.Managers).WithSummary("Makes an API key. Only this answer shows the secret.")
            .Makes<ApiKeyView>().Refuses("not_found", "retired");
        api.MapMethods("/api-keys", RouteConventions.Reading, List).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists API keys, revoked keys included, without their secrets.").Lists<ApiKeyView>();
        api.MapDelete("/api-keys/{id}", Revoke).RequireAuthorization(Policies.Managers).WithSummary("Revokes an API key.")
            .Produces(StatusCodes.Status204NoContent).Refuses("last_operator_key");
    }

    private static async ValueTask<IResult> Make(Command<ApiKeyBody> command)
    {
        // One secret for all attempts of this call, because an attempt whose silo died may have made the key.
        var secret = (string)(command.Http.Items[typeof(ApiKeySecret)] ??= ApiKeySecret.Draw());
        var hash = ApiKeySecret.Hash(secret);
        return await command.Run(
            (body, _) => body.Institution is { } id && !command.IsInReach(id) ? ApiProblem.NotFound()
                : KeyList.Manages(command.Who, command.Catalogue, body.Role, body.Institution) ? null
                : ApiProblem.KeyNotManaged(),
            (catalogue, body) => catalogue.MakeKey(new(command.Caller, hash, body.Role, body.Institution?.Text, body.Name), command.Cancellation),
            made => Made(made, hash, secret));
    }

    private static IResult List(Query query) => CataloguePages.Of(
        query,
        KeyList.Of(query.Who, query.Catalogue),
        static key => key.Value.Id.ToString(),
        static key => ApiKeyView.Of(key.Value, key.Version));

    private static ValueTask<IResult> Revoke(string id, Command<NoBody> command)
    {
        var key = Guid.TryParseExact(id, "D", out var guid) ? command.Catalogue.ApiKeys.GetValueOrDefault(new(guid))?.Value : null;
        return command.Run<EntrySnapshot>(
            (_, _) => key is not null && KeyList.Manages(command.Who, command.Catalogue, key.Role, key.Institution) ? null : ApiProblem.NotFound(),
            async (catalogue, _) => await command.Http.RequestServices.GetRequiredService<PeopleCommands>().EndInvitationsOf(
                command.Caller, new(guid), await catalogue.RevokeKey(new(command.Caller, guid), command.Cancellation), command.Cancellation),
            static _ => ChangeAnswer.NoContent());
    }

    /// <summary>The secret is shown only when the key has the secret's hash. In a replay of an earlier call the key has another hash.</summary>
    private static ChangeAnswer Made(EntrySnapshot made, string hash, string secret)
    {
        var key = (ApiKey)made.Entry;
        return ChangeAnswer.Created(ApiKeyView.Of(key, made.Version) with { Key = key.Hash == hash ? secret : null }, made.Version, null);
    }
}
