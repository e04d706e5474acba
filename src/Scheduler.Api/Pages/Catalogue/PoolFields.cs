using System.Text.Json.Nodes;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the form of a pool says, in an address or in a form that is sent.</summary>
public sealed record PoolFields(string? Id, bool IsNew, string? Name, string? Zone, string? Image)
{
    /// <summary>The form of a pool that there is.</summary>
    internal static PoolFields Of(Pool pool) => new(pool.Id.Text, false, pool.Name, pool.Zone.Id, pool.Image);

    internal static PoolFields Read(Func<string, string?> fields) =>
        new(fields("id"), fields(SetupPaths.MakeField) == "on", fields("name"), fields("zone"), fields("image"));

    /// <summary>The settings that differ; all of them for a new pool.</summary>
    internal static IReadOnlyList<SettingLine> Changed(Pool? before, Pool after) =>
    [
        .. new SettingLine[]
        {
            new("pool.name", before?.Name, after.Name), new("pool.zone", before?.Zone.Id, after.Zone.Id), new("pool.image", before?.Image, after.Image),
        }.Where(line => line.Before != line.After),
    ];

    /// <summary>The pool, or null with the names of the fields that have to change.</summary>
    internal (Pool? Pool, HashSet<string> Faults) Pool(PageContext page)
    {
        var id = IsNew && Id is not { Length: > 0 } ? SlugText.Of(Name) : Id;
        if (!PoolId.TryParse(id ?? "", out var key) || (IsNew && page.Catalogue.Pools.ContainsKey(key)))
            return (null, ["id"]);
        var members = new JsonObject { ["name"] = FormBody.Text(Name), ["zone"] = FormBody.Text(Zone), ["image"] = FormBody.Text(Image) };
        var (body, faults) = FormBody.Read<PoolBody>(members, (_, _) => { });
        return (body?.ToPool(key), faults);
    }

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        [("id", Id), (SetupPaths.MakeField, IsNew ? "on" : null), ("name", Name), ("zone", Zone), ("image", Image)];

    /// <summary>The page with the preview.</summary>
    public override string ToString() => SetupPaths.With(SetupPaths.Pool, [.. Fields(), (SetupPaths.ShowField, "1")]);
}
