using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>API keys. The secret is drawn here, told once and never kept: grains and ledger see its hash only.</summary>
internal static class ApiKeysApi
{
    public static async ValueTask<Answer> Post(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (role, institution, name) = ApiKeyBody.Parse(body.Fields);
        var refused = institution is { } id && !call.Reaches(id) ? Problems.NotFound()
            : IsManaged(call, role) ? null
            : Problems.Forbidden("A coordinator makes keys of instructors and viewers.");
        if (await Judge.Operator(call, body, refused) is { } answer)
            return answer;
        var secret = Draw();
        var made = await call.Door.Operator.MakeKey(new(call.Caller(body), SignIn.Hash(secret), role, institution?.Text, name));
        return made.IsProblem || made.IsReplayed ? made : made with { Body = WithKey(made.Body!, secret) };
    }

    public static ValueTask<Answer> List(Call call)
    {
        var keys = call.Catalogue.ApiKeys.Values.Where(key => Manages(call, key.Value));
        return CataloguePage.Of(call, keys, key => key.Value.Id.ToString(), key => writer => CatalogueView.Write(writer, key.Value, key.Version));
    }

    public static async ValueTask<Answer> Revoke(Call call)
    {
        using var body = await call.ReadBody(BodyUse.None);
        var key = Guid.TryParseExact(call.Id, "D", out var id) ? call.Catalogue.ApiKeys.GetValueOrDefault(new(id))?.Value : null;
        var refused = key is not null && Manages(call, key) ? null : Problems.NotFound();
        return await Judge.Operator(call, body, refused) ?? await call.Door.Operator.RevokeKey(new(call.Caller(body), id));
    }

    /// <summary>A fresh key: a mark by which leaked ones are found, and 256 random bits.</summary>
    public static string Draw() => "sk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool IsManaged(Call call, Role role) => call.IsOperator || role is Role.Instructor or Role.Viewer;

    private static bool Manages(Call call, ApiKey key) =>
        call.IsOperator || (IsManaged(call, key.Role) && key.Institution is { } institution && call.Reaches(institution));

    private static byte[] WithKey(byte[] body, string secret)
    {
        var shown = JsonNode.Parse(body)!.AsObject();
        shown["key"] = secret;
        return JsonSerializer.SerializeToUtf8Bytes(shown, JsonNodeContext.Default.JsonObject);
    }
}
