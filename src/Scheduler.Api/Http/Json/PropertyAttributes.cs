using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>
/// Attributes of a property, found through its JSON metadata. The lookup uses reflection, so it is used only while shapes and schemas are made.
/// </summary>
internal static class PropertyAttributes
{
    public static T? Find<T>(this JsonPropertyInfo property)
        where T : Attribute => property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();

    public static bool Has<T>(this JsonPropertyInfo property)
        where T : Attribute => property.Find<T>() is not null;
}
