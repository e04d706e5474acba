using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Catalogue entries as kind, id and JSON: the form in which they stand in the ledger, and travel between silos.</summary>
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
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The same of an API key.</summary>
    public static (string Kind, string Id) Key(ApiKeyId key) => ("key", key.ToString());

    /// <summary>The entry as JSON.</summary>
    public static string Body(CatalogueEntry entry) => JsonSerializer.Serialize(entry, entry.GetType(), CatalogueJson.Default);

    /// <summary>The entry of such JSON. Throws <see cref="InvalidDataException"/> for a kind that this version does not know.</summary>
    public static CatalogueEntry Entry(string kind, string body) => (CatalogueEntry)JsonSerializer.Deserialize(body, TypeOf(kind), CatalogueJson.Default)!;

    private static Type TypeOf(string kind) => kind switch
    {
        "pool" => typeof(Pool),
        "capacity" => typeof(CapacityEntry),
        "exam" => typeof(Exam),
        "institution" => typeof(InstitutionEntry),
        "season" => typeof(SeasonEntry),
        "policy" => typeof(PolicyEntry),
        "key" => typeof(ApiKey),
        _ => throw new InvalidDataException($"The catalogue has an entry of the kind '{kind}', which this version does not know."),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(PoolIdText), typeof(ExamIdText), typeof(InstitutionIdText), typeof(SeasonIdText), typeof(ApiKeyIdText),
        typeof(ZoneText), typeof(DateText), typeof(TimeText), typeof(InstantText),
    ])]
[JsonSerializable(typeof(Pool))]
[JsonSerializable(typeof(CapacityEntry))]
[JsonSerializable(typeof(Exam))]
[JsonSerializable(typeof(InstitutionEntry))]
[JsonSerializable(typeof(SeasonEntry))]
[JsonSerializable(typeof(PolicyEntry))]
[JsonSerializable(typeof(ApiKey))]
internal sealed partial class CatalogueJson : JsonSerializerContext;

/// <summary>A value that stands as one text in stored JSON.</summary>
internal abstract class OneText<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
}

internal sealed class PoolIdText() : OneText<PoolId>(id => id.Text, PoolId.Of);

internal sealed class ExamIdText() : OneText<ExamId>(id => id.Text, ExamId.Of);

internal sealed class InstitutionIdText() : OneText<InstitutionId>(id => id.Text, InstitutionId.Of);

internal sealed class SeasonIdText() : OneText<SeasonId>(id => id.Text, SeasonId.Of);

internal sealed class ApiKeyIdText() : OneText<ApiKeyId>(id => id.ToString(), text => new(Guid.Parse(text)));

internal sealed class ZoneText() : OneText<DateTimeZone>(zone => zone.Id, id => DateTimeZoneProviders.Tzdb[id])
{
    public override bool CanConvert(Type typeToConvert) => typeof(DateTimeZone).IsAssignableFrom(typeToConvert);
}

internal sealed class DateText() : OneText<LocalDate>(RowText.Date, RowText.Date);

internal sealed class TimeText() : OneText<LocalTime>(LocalTimePattern.ExtendedIso.Format, text => LocalTimePattern.ExtendedIso.Parse(text).GetValueOrThrow());

internal sealed class InstantText() : OneText<Instant>(InstantPattern.ExtendedIso.Format, text => InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow());
