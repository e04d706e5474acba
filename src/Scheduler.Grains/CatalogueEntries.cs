using System.Text;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Catalogue entries as the catalogue knows them now, and as the record shows them.</summary>
internal static class CatalogueEntries
{
    /// <summary>Kind and id of an entry, with what stands under that id now and its version; null and 0 for nothing.</summary>
    public static (string Kind, string Id, CatalogueEntry? Before, int Version) Known(Catalogue things, CatalogueEntry entry) => entry switch
    {
        Pool pool => ("pool", pool.Id.Text, things.Pools.GetValueOrDefault(pool.Id)?.Value, things.Pools.GetValueOrDefault(pool.Id)?.Version ?? 0),
        Exam exam => ("exam", exam.Id.Text, things.Exams.GetValueOrDefault(exam.Id)?.Value, things.Exams.GetValueOrDefault(exam.Id)?.Version ?? 0),
        SeasonEntry season => Of("season", season.Season.Id.Text, things.Seasons.GetValueOrDefault(season.Season.Id), known => new SeasonEntry(known)),
        InstitutionEntry one => Of(
            "institution", one.Institution.Id.Text, things.Institutions.GetValueOrDefault(one.Institution.Id), known => new InstitutionEntry(known)),
        PolicyEntry => ("policy", "policy", new PolicyEntry(things.Policy.Value), things.Policy.Version),
        _ => throw new ArgumentException($"{entry.GetType().Name} is not put by this command.", nameof(entry)),
    };

    /// <summary>The version under which something stands under the entry's id; 0 for nothing.</summary>
    public static int VersionOf(Catalogue things, CatalogueEntry entry) => entry switch
    {
        CapacityEntry capacity => things.Capacities.GetValueOrDefault(capacity.Pool)?.Version ?? 0,
        ApiKey key => things.ApiKeys.GetValueOrDefault(key.Id)?.Version ?? 0,
        _ => Known(things, entry).Version,
    };

    /// <summary>An entry's JSON.</summary>
    public static string View(CatalogueEntry entry, int version) => Encoding.UTF8.GetString(JsonText.Object(writer => CatalogueView.Write(writer, entry, version)));

    /// <summary>A template's dates and rows.</summary>
    public static void Write(Utf8JsonWriter writer, WeeklyTemplate template)
    {
        writer.Write("from", template.From);
        writer.Write("to", template.To);
        writer.WriteStartArray("weekly");
        foreach (var row in template.Rows)
        {
            writer.WriteStartObject();
            CatalogueView.Write(writer, row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>An exception's range and seats.</summary>
    public static void Write(Utf8JsonWriter writer, Instant from, Instant to, int? seats)
    {
        writer.Write("from", from);
        writer.Write("to", to);
        writer.WriteOrNull("seats", seats);
    }

    private static (string Kind, string Id, CatalogueEntry? Before, int Version) Of<T>(string kind, string id, Versioned<T>? known, Func<T, CatalogueEntry> entry) =>
        known is null ? (kind, id, null, 0) : (kind, id, entry(known.Value), known.Version);
}
