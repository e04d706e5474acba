using System.Globalization;
using System.Reflection;

namespace Scheduler.Api;

/// <summary>
/// The names of all settings, taken from <see cref="SchedulerOptions"/>. Also checks the names and the forms of given settings, before the settings are bound.
/// </summary>
internal static class SettingNames
{
    /// <summary>Stands in a name for an id that the operator chooses.</summary>
    private const string AnyId = "ID";

    private static readonly Dictionary<string, Type> _types = new(Leaves(typeof(SchedulerOptions), ""), StringComparer.OrdinalIgnoreCase);

    /// <summary>All settings of the section, as names of environment variables.</summary>
    public static IEnumerable<string> All => _types.Keys.Select(Name);

    /// <summary>A key of the section as the name of an environment variable.</summary>
    public static string Name(string key) => $"{SchedulerOptions.Section}__{key.Replace(":", "__", StringComparison.Ordinal)}";

    /// <summary>What is wrong with this key and its text; null when the key is known and the text has the form of its type.</summary>
    public static string? Fault(string key, string text)
    {
        if (!_types.TryGetValue(WithoutId(key), out var type))
            return $"{Name(key)} is not a setting; the nearest one is {NearestWord.Of(Name(key), All)}. docs/operations.md lists all settings.";
        if (text.Length == 0)
            return null;
        if (type == typeof(bool) && !bool.TryParse(text, out _))
            return $"{Name(key)} must be true or false; it is '{text}'.";
        if (type == typeof(int) && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65_535))
            return $"{Name(key)} must be a whole number, 0 to 65535; it is '{text}'.";
        return null;
    }

    /// <summary>A key with <see cref="AnyId"/> in the place of an id.</summary>
    private static string WithoutId(string key) => key.Split(':') is [var section, _, var name] ? ReplacedId(key, $"{section}:{AnyId}:{name}") : key;

    private static string ReplacedId(string key, string replaced) => _types.ContainsKey(replaced) ? replaced : key;

    private static IEnumerable<KeyValuePair<string, Type>> Leaves(Type options, string prefix)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            KeyValuePair<string, Type> own = new(prefix + property.Name, property.PropertyType);
            if (own.Value.IsGenericType && own.Value.GetGenericTypeDefinition() == typeof(Dictionary<,>))
                own = new($"{own.Key}:{AnyId}", own.Value.GetGenericArguments()[1]);
            var isSection = own.Value.Name.EndsWith("Options", StringComparison.Ordinal);
            foreach (var leaf in isSection ? Leaves(own.Value, $"{own.Key}:") : [own])
                yield return leaf;
        }
    }
}
