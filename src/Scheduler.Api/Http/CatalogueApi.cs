using System.Text.Json;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Pools, exams, seasons and the policy: put by operators, read by everybody.</summary>
internal static class CatalogueApi
{
    public static async ValueTask<Answer> PutPool(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        if (!PoolId.TryParse(call.Id, out var id))
            return await BadId(call, body);
        var pool = PoolBody.Parse(body.Fields, id);
        var known = call.Catalogue.Pools.GetValueOrDefault(id);
        var refused = known is not null && known.Value.Zone.Id != pool.Zone.Id && HasSlots(call, id) ? DoorProblems.PoolZoneFixed(known.Value.Zone.Id) : null;
        return await Put(call, body, pool, known is not null, refused);
    }

    public static async ValueTask<Answer> PutExam(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        return ExamId.TryParse(call.Id, out var id)
            ? await Put(call, body, ExamBody.Parse(body.Fields, id, call.Catalogue), call.Catalogue.Exams.ContainsKey(id))
            : await BadId(call, body);
    }

    public static async ValueTask<Answer> PutSeason(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        return SeasonId.TryParse(call.Id, out var id)
            ? await Put(call, body, new SeasonEntry(SeasonBody.Parse(body.Fields, id)), call.Catalogue.Seasons.ContainsKey(id))
            : await BadId(call, body);
    }

    public static async ValueTask<Answer> PutInstitution(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        return InstitutionId.TryParse(call.Id, out var id)
            ? await Put(call, body, new InstitutionEntry(InstitutionBody.Parse(body.Fields, id, call.Catalogue)), call.Catalogue.Institutions.ContainsKey(id))
            : await BadId(call, body);
    }

    public static async ValueTask<Answer> PutPolicy(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        return await Put(call, body, new PolicyEntry(PolicyBody.Parse(body.Fields)), isThere: true);
    }

    public static ValueTask<Answer> Pools(Call call) =>
        CataloguePage.Of(call, call.Catalogue.Pools.Values, pool => pool.Value.Id.Text, pool => Write(pool.Value, pool.Version));

    public static ValueTask<Answer> Exams(Call call) =>
        CataloguePage.Of(call, call.Catalogue.Exams.Values, exam => exam.Value.Id.Text, exam => Write(exam.Value, exam.Version));

    public static ValueTask<Answer> Seasons(Call call) =>
        CataloguePage.Of(call, call.Catalogue.Seasons.Values, season => season.Value.Id.Text, season => Write(new SeasonEntry(season.Value), season.Version));

    public static ValueTask<Answer> Institutions(Call call) =>
        CataloguePage.Of(call, call.Reach(), institution => institution.Value.Id.Text, institution => Write(new InstitutionEntry(institution.Value), institution.Version));

    public static ValueTask<Answer> Pool(Call call) =>
        One(call, PoolId.TryParse(call.Id, out var id) && call.Catalogue.Pools.TryGetValue(id, out var pool) ? (pool.Value, pool.Version) : null);

    public static ValueTask<Answer> Exam(Call call) =>
        One(call, ExamId.TryParse(call.Id, out var id) && call.Catalogue.Exams.TryGetValue(id, out var exam) ? (exam.Value, exam.Version) : null);

    public static ValueTask<Answer> Season(Call call) =>
        One(call, SeasonId.TryParse(call.Id, out var id) && call.Catalogue.Seasons.TryGetValue(id, out var season) ? (new SeasonEntry(season.Value), season.Version) : null);

    public static ValueTask<Answer> Institution(Call call) =>
        One(call, call.Institution() is { } id && call.Catalogue.Institutions[id] is var kept ? (new InstitutionEntry(kept.Value), kept.Version) : null);

    public static ValueTask<Answer> Policy(Call call) => One(call, (new PolicyEntry(call.Catalogue.Policy.Value), call.Catalogue.Policy.Version));

    private static async ValueTask<Answer> Put(Call call, CallBody body, CatalogueEntry entry, bool isThere, Answer? refused = null)
    {
        refused ??= body.MustExist && !isThere ? Problems.Stale() : null;
        return await Judge.Operator(call, body, refused) ?? await call.Door.Operator.Put(new(call.Caller(body), entry));
    }

    private static async ValueTask<Answer> BadId(Call call, CallBody body)
    {
        body.Faults.Add("id", "must be 1 to 64 of a-z 0-9 - _ in the path, starting with a letter or digit");
        return await Judge.Operator(call, body, null) ?? Problems.NotFound();
    }

    /// <summary>Whether any slot of the pool has ever been offered: its hours are those of its zone.</summary>
    private static bool HasSlots(Call call, PoolId id) => call.Door.Ledger.Picture.Pool(id) is not null || call.Catalogue.Capacities.ContainsKey(id);

    private static ValueTask<Answer> One(Call call, (CatalogueEntry Entry, int Version)? found)
    {
        if (new Query(call.Http.Request).Problem() is { } bad)
            return new(bad);
        return new(found is { } one ? call.Single(one.Version, Write(one.Entry, one.Version)) : Problems.NotFound());
    }

    private static Action<Utf8JsonWriter> Write(CatalogueEntry entry, int version) => writer => CatalogueView.Write(writer, entry, version);
}

/// <summary>A page of what the catalogue's copy has in memory, by id; the cursor is the last id of the page before.</summary>
internal static class CataloguePage
{
    public static ValueTask<Answer> Of<T>(Call call, IEnumerable<T> entries, Func<T, string> id, Func<T, Action<Utf8JsonWriter>> write)
    {
        var query = new Query(call.Http.Request);
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return new(bad);
        if (cursor is not null && !Slug.IsValid(cursor))
            return new(Query.BadCursor());
        var rest = entries
            .Where(entry => cursor is null || string.CompareOrdinal(id(entry), cursor) > 0)
            .OrderBy(id, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var next = rest.Count > limit ? id(rest[limit - 1]) : null;
        return new(new Answer { Status = 200, Body = JsonText.Page(rest.Take(limit), next, (writer, entry) => write(entry)(writer)) });
    }
}
