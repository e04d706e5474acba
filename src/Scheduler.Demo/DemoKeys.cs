using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Demo;

/// <summary>Makes one API key for each role.</summary>
internal static class DemoKeys
{
    public static async Task<ImmutableArray<DemoKey>> Make(ICatalogueGrain catalogue, Institution school, string boardName) =>
    [
        await Make(catalogue, Role.Operator, null, "Dana Whitefeather", "operator"),
        await Make(catalogue, Role.Coordinator, school.Board, "Noor Haddad", $"coordinator, {boardName}"),
        await Make(catalogue, Role.Instructor, school.Id, "Amélie Roy", $"instructor, {school.Name}"),
        await Make(catalogue, Role.Viewer, school.Id, "Sam Lindqvist", $"viewer, {school.Name}"),
    ];

    private static async Task<DemoKey> Make(ICatalogueGrain catalogue, Role role, InstitutionId? institution, string name, string person)
    {
        var secret = ApiKeySecret.Draw();
        DemoResults.Value(await catalogue.MakeKey(new(DemoStage.Operator, ApiKeySecret.Hash(secret), role, institution?.Text, name)));
        return new(role, person, secret);
    }
}
