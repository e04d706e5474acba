using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>One key for each kind of person.</summary>
internal static class DemoKeys
{
    public static async Task<ImmutableArray<DemoKey>> Make(ICatalogueGrain catalogue, Institution school, string boardName) =>
    [
        await Make(catalogue, Role.Operator, null, "operator"),
        await Make(catalogue, Role.Coordinator, school.Board, $"coordinator, {boardName}"),
        await Make(catalogue, Role.Instructor, school.Id, $"instructor, {school.Name}"),
        await Make(catalogue, Role.Viewer, school.Id, $"viewer, {school.Name}"),
    ];

    private static async Task<DemoKey> Make(ICatalogueGrain catalogue, Role role, InstitutionId? institution, string person)
    {
        var secret = "sk_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        DemoSeason.Must(await catalogue.MakeKey(new(DemoStage.Operator, hash, role, institution?.Text, $"demo {person}")));
        return new(person, secret);
    }
}
