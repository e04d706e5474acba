using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// One kind of operator's things (pools, exams, seasons, institutions, the policy): how a body becomes an entry of the catalogue, how an entry is shown, and
/// the changes that are the same for every kind.
/// </summary>
internal sealed class CatalogueKind<TBody, TEntry, TView>
    where TBody : class, IEntryBody
    where TEntry : CatalogueEntry
{
    // Each repeat means that another call changed the entry in between.
    private const int MostMerges = 8;

    /// <summary>Whether the id of the path is well formed.</summary>
    public required Func<string, bool> IsId { get; init; }

    /// <summary>The present entry and its version; null and 0 when there is none.</summary>
    public required Func<Catalogue, string, (TEntry? Entry, int Version)> Find { get; init; }

    /// <summary>Makes the entry from a valid body and the id of the path.</summary>
    public required Func<TBody, string, TEntry> Entry { get; init; }

    /// <summary>Makes the view of an entry.</summary>
    public required Func<TEntry, int, TView> View { get; init; }

    /// <summary>Checks a body against the catalogue; null when there is nothing to check.</summary>
    public Action<TBody, string, Call, FieldFaults>? Check { get; init; }

    /// <summary>
    /// Removes or changes members of the present body that follow from a member in the patch, so that the two do not contradict; null when there are none.
    /// </summary>
    public Action<JsonObject, JsonElement, FieldFaults>? Follow { get; init; }

    /// <summary>Whether a caller who may call the route reaches the entry (R14). An entry out of reach looks like one that is not there.</summary>
    public Func<TEntry, Call, bool> IsInReach { get; init; } = static (_, _) => true;

    /// <summary>Whether the caller may make this change of an entry within its reach; the two entries are those before and after.</summary>
    public Func<TEntry, TEntry, Principal, bool> MayChange { get; init; } = static (_, _, _) => true;

    /// <summary>Makes or replaces an entry.</summary>
    public ValueTask<IResult> Put(string id, Command<TBody> command)
    {
        if (!IsId(id))
            command.AddFault("id", "must be 1 to 64 of a-z 0-9 - _ in the path, starting with a letter or digit");
        return command.Run(
            (body, faults) =>
            {
                Check?.Invoke(body, id, command, faults);
                var isThere = Find(command.Catalogue, id).Entry is not null;
                return (command.MustExist && !isThere) || (command.MustBeNew && isThere) ? ApiProblem.Stale() : null;
            },
            (catalogue, body) => catalogue.Put(new(command.CallerOf(body.Version), Entry(body, id), body.Reason), command.Cancellation),
            Show);
    }

    /// <summary>
    /// Merges a patch into the present entry. The entry is written only when it still has the version that was merged, so no other change is lost. When the
    /// caller named no version, the patch is merged again into the newer entry.
    /// </summary>
    public async ValueTask<IResult> Patch(string id, Command<MergePatch> command)
    {
        for (var merges = 1; ; merges++)
        {
            var namesVersion = false;
            var answer = await TryPatch(id, command, () => namesVersion = true);
            if (namesVersion || answer is not ApiProblem { Code: "stale" })
                return answer;
            if (merges == MostMerges || !await command.Api.Catalogue.IsBehind(command.Catalogue, command.Cancellation))
                return ApiProblem.Busy();
            command.TakeNewestCatalogue();
        }
    }

    /// <summary>Retires an entry. An entry that is retired already stays as it is.</summary>
    public ValueTask<IResult> Retire(string id, Command<NoBody> command)
    {
        var (present, _) = Find(command.Catalogue, id);
        var values = command.ReadQuery();
        var reason = values.Text(QueryParameters.Reason);
        return command.Run(
            (_, _) => values.Problem() ?? (present is null ? ApiProblem.NotFound() : null),
            (catalogue, _) => catalogue.Retire(new(command.Caller, present!, reason), command.Cancellation),
            static (EntrySnapshot _) => ChangeAnswer.NoContent());
    }

    private ValueTask<IResult> TryPatch(string id, Command<MergePatch> command, Action namesVersion)
    {
        var (present, version) = Find(command.Catalogue, id);
        TEntry? merged = null;
        string? reason = null;
        return command.Run(
            (patch, faults) =>
            {
                if (present is null || !IsInReach(present, command))
                    return ApiProblem.NotFound();
                if (Merge(patch, present, version, new(faults, id)) is not { } body)
                    return null;
                Check?.Invoke(body, id, command, faults);
                reason = body.Reason;
                // A patch changes a retired entry and leaves it retired; a PUT brings it back.
                merged = Retirement.Of(present) is { } since ? (TEntry)Retirement.With(Entry(body, id), since) : Entry(body, id);
                if (!MayChange(present, merged, command.Who))
                    return ApiProblem.OperatorsOnly();
                if (command.CallerOf(body.Version).SeenVersion is not { } seen)
                    return null;
                namesVersion();
                return seen == version && !command.MustBeNew ? null : ApiProblem.Stale();
            },
            (catalogue, _) => catalogue.Put(new(command.CallerOf(version), merged!, reason, KeepsSame: true), command.Cancellation),
            Show);
    }

    /// <summary>The body that the patch makes of the present one; null when the result has faults.</summary>
    private TBody? Merge(MergePatch patch, TEntry present, int version, in BodyCheck check)
    {
        var before = JsonSerializer.SerializeToNode(View(present, version), ApiJson.Info<TView>())!.AsObject();
        // A version in the merged body is the version that the caller has named.
        before.Remove("version");
        before.Remove("retired");
        if (patch.Members.TryGetProperty("version", out var named) && named.ValueKind == JsonValueKind.Null)
            check.Faults.Add("version", "must not be null; leave it out instead");
        Follow?.Invoke(before, patch.Members, check.Faults);
        return BodyReader.Read<TBody>(patch.ApplyTo(JsonSerializer.SerializeToElement(before)), check);
    }

    private ChangeAnswer Show(EntrySnapshot changed) => ChangeAnswer.Ok(View((TEntry)changed.Entry, changed.Version), changed.Version);
}
