using System.Diagnostics;
using System.Text.Json;
using NodaTime.TimeZones;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts catalogue entries to kind, id and JSON, the form in which the ledger stores the entries, and back.</summary>
public static class CatalogueText
{
    /// <summary>The kind of an entry, and its id within the kind.</summary>
    public static (string Kind, string Id) Key(CatalogueEntry entry) => entry switch
    {
        Pool pool => ("pool", pool.Id.Text),
        CapacityEntry capacity => ("capacity", capacity.Pool.Text),
        Exam exam => ("exam", exam.Id.Text),
        InstitutionEntry institution => ("institution", institution.Institution.Id.Text),
        SeasonEntry season => ("season", season.Season.Id.Text),
        PolicyEntry => ("policy", ""),
        ApiKey key => Key(key.Id),
        _ => throw new UnreachableException(),
    };

    /// <summary>The kind and the id of an API key.</summary>
    public static (string Kind, string Id) Key(ApiKeyId key) => ("key", key.ToString());

    /// <summary>The entry as JSON.</summary>
    public static string Body(CatalogueEntry entry) => JsonSerializer.Serialize(EntryForms.Of(entry), FormsJson.Default.CatalogueForm);

    /// <summary>The entry of a JSON text; null for a kind or a form that a later version wrote.</summary>
    public static CatalogueEntry? TryRead(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FormsJson.Default.CatalogueForm) is { } form ? EntryForms.Entry(form) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or DateTimeZoneNotFoundException)
        {
            // The text has members, words or zones of a later version. The row stays in the database, and the caller skips the entry.
            return null;
        }
    }

    /// <summary>The entry of a JSON text. Throws <see cref="InvalidDataException"/> for a kind or a form that this version does not know.</summary>
    public static CatalogueEntry Entry(string body) =>
        TryRead(body) ?? throw new InvalidDataException("A later version wrote this entry of the catalogue; this version cannot read it.");
}
