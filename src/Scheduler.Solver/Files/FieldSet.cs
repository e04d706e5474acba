using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>The fields of an object. <see cref="Required"/> has a bit for each field that must be given.</summary>
internal sealed class FieldSet(uint required, params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(System.Text.Encoding.UTF8.GetBytes)];

    public string[] Names { get; } = names;

    public uint Required { get; } = required;

    public int Find(in Utf8JsonReader reader)
    {
        for (var index = 0; index < _utf8.Length; index++)
        {
            if (reader.ValueTextEquals(_utf8[index]))
                return index;
        }
        return -1;
    }

    public void RequireAll(uint seen, JsonPull pull)
    {
        for (var index = 0; index < Names.Length; index++)
        {
            if ((Required & ~seen & (1u << index)) != 0)
                throw pull.Fault($"the field \"{Names[index]}\" is missing");
        }
    }
}
