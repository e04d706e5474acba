using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>
/// The members of one body type and a rule for each member, made once from the type's JSON metadata and attributes. Checks a JSON object against the rules and
/// collects every fault by its path. System.Text.Json would stop at the first fault.
/// </summary>
internal sealed class BodyShape
{
    private readonly BodyField[] _fields;
    private readonly StartRule? _start;

    private BodyShape(BodyField[] fields, StartRule? start) => (_fields, _start) = (fields, start);

    public static BodyShape Of(JsonTypeInfo type) => new([.. type.Properties.Select(BodyField.Of)], StartRule.Of(type));

    /// <summary>Adds every fault of an object: unknown members, members given twice, missing members, and members with a bad value.</summary>
    public void Check(JsonElement element, string path, in BodyCheck check)
    {
        Span<bool> isSeen = stackalloc bool[_fields.Length];
        HashSet<string>? unknown = null;
        foreach (var member in element.EnumerateObject())
        {
            if (member.NameOrNull() is not { } name)
            {
                check.Faults.Add(path.Length == 0 ? "body" : path, "has a member whose name is not Unicode text");
                continue;
            }

            var index = IndexOf(name);
            if (index >= 0 ? isSeen[index] : !(unknown ??= new(StringComparer.Ordinal)).Add(name))
                check.Faults.Add(Join(path, name), "is given twice; give it once");
            else if (index < 0)
                check.Faults.Add(Join(path, name), "is not known here; leave it out or correct its name");
            else
                _fields[index].Check(member.Value, element, path, check);
            if (index >= 0)
                isSeen[index] = true;
        }

        for (var index = 0; index < _fields.Length; index++)
        {
            if (_fields[index].IsRequired && !isSeen[index])
                check.Faults.Add(Join(path, _fields[index].Name), "is required");
        }

        _start?.Check(element, path, check.Faults);
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private int IndexOf(string name)
    {
        for (var index = 0; index < _fields.Length; index++)
        {
            if (_fields[index].Name == name)
                return index;
        }

        return -1;
    }
}
