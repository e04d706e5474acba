using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Pages of entries in the copy of the catalogue in memory, sorted by id. The cursor is the last id of the page before.</summary>
internal static class CataloguePages
{
    public static IResult Of<T, TView>(Query query, IEnumerable<T> entries, Func<T, string> id, Func<T, TView> view, Func<T, bool>? isRetired = null)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        var retired = isRetired is null ? null : values.Value(QueryParameters.Retired);
        if (values.Problem() is { } bad)
            return bad;
        if (cursor is not null && !Slug.IsValid(cursor))
            return Query.BadCursor();
        var rest = entries
            .Where(entry => (retired is not { } wanted || isRetired!(entry) == wanted) && (cursor is null || string.CompareOrdinal(id(entry), cursor) > 0))
            .OrderBy(id, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var next = rest.Count > limit ? id(rest[limit - 1]) : null;
        return new JsonAnswer<PageView<TView>>(new() { Items = [.. rest.Take(limit).Select(view)], Next = next });
    }
}
