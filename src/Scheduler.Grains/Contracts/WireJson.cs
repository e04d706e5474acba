using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Orleans.Serialization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Sends values of Domain, Ledger and NodaTime between silos as JSON, by Orleans' own codec for System.Text.Json. So the domain needs no serializer attributes.
/// Within a silo nothing is serialized, since commands and results are immutable.
/// </summary>
public static class WireJson
{
    private static readonly Assembly[] _assemblies = [typeof(Booking).Assembly, typeof(Snapshot).Assembly, typeof(Instant).Assembly];

    private static readonly Type[] _closedLists =
        [typeof(CatalogueEntry), typeof(Refusal), typeof(Snapshot), typeof(CapacitySnapshot), typeof(PlanEntry)];

    /// <summary>Adds the codec.</summary>
    public static ISerializerBuilder AddDomainJson(this ISerializerBuilder builder)
    {
        // A message names the type of a result's value. Orleans resolves such a name only when the type is allowed.
        builder.Configure(options =>
        {
            foreach (var type in typeof(Snapshot).Assembly.GetTypes().Where(typeof(Snapshot).IsAssignableFrom))
                options.AddAllowedType(type);
        });
        return builder.AddJsonSerializer(IsCarried, Options());
    }

    private static bool IsCarried(Type type) => _assemblies.Contains(type.Assembly);

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions
        {
            IgnoreReadOnlyProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Polymorphic } },
        };
        options.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
        options.Converters.Add(new TextConverter<PoolId>(id => id.Text, PoolId.Of));
        options.Converters.Add(new TextConverter<ExamId>(id => id.Text, ExamId.Of));
        options.Converters.Add(new TextConverter<InstitutionId>(id => id.Text, InstitutionId.Of));
        options.Converters.Add(new TextConverter<SeasonId>(id => id.Text, SeasonId.Of));
        options.Converters.Add(new TextConverter<SeatProfile>(profile => profile.ToString(), text => text.Length == 0 ? default : SeatProfile.Parse(text)));
        return options;
    }

    /// <summary>Adds the name of the case to the JSON of a value whose type is the root of a closed list.</summary>
    private static void Polymorphic(JsonTypeInfo info)
    {
        if (!_closedLists.Contains(info.Type))
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "$case" };
        foreach (var type in info.Type.Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(info.Type)))
            info.PolymorphismOptions.DerivedTypes.Add(new(type, type.Name));
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(write(value));
    }
}
