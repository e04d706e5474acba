using System.Collections.Immutable;
using System.Text.Json;

namespace Scheduler.Api;

/// <summary>What it means when a field is missing, or null.</summary>
internal enum Absent
{
    /// <summary>Both are faults.</summary>
    IsFault,

    /// <summary>It may be left out; null is a fault.</summary>
    MayBeLeftOut,

    /// <summary>It may be left out, and null counts as left out.</summary>
    MayBeNull,
}

/// <summary>
/// The members of one JSON object, taken by name. Every fault goes to the same list with the member's path, and what nobody took is refused by name: a typing error never passes in
/// silence. What a faulty member gives is of no meaning; ask the faults before using anything.
/// </summary>
internal sealed partial class Fields
{
    private readonly List<Member> _members = [];
    private readonly Faults _faults;
    private readonly string _path;
    private bool _closed;
    private bool _isUnread;

    private Fields(JsonElement? element, string path, Faults faults)
    {
        Element = element;
        _path = path;
        _faults = faults;
        if (element is { } there)
            Collect(there);
    }

    /// <summary>The object itself; null for none.</summary>
    public JsonElement? Element { get; }

    public Faults Faults => _faults;

    public static Fields Nothing(Faults faults) => new(null, "", faults);

    /// <summary>The members of a body that could not be read: that is its fault, and none of them can be told to be missing.</summary>
    public static Fields Unread(Faults faults) => new(null, "", faults) { _isUnread = true };

    public static Fields Root(JsonElement element, Faults faults) => new(element, "", faults);

    /// <summary>A member's path from the root.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public void Fault(string name, string remedy) => _faults.Add(PathOf(name), remedy);

    /// <summary>Names members that nobody took. To be called last; a second time does nothing.</summary>
    public void RefuseUnknown()
    {
        if (_closed)
            return;
        _closed = true;
        foreach (var member in _members)
        {
            if (!member.IsTaken)
                Fault(member.Name, "is not known here; leave it out or mend its name");
        }
    }

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) => Look(name) is { Value.ValueKind: not JsonValueKind.Null };

    /// <summary>Takes a member that a reader gives back to us as we showed it, and that means nothing when written.</summary>
    public void Ignore(string name) => Look(name)?.Take();

    /// <summary>A nested object; null when it is left out or faulty.</summary>
    public Fields? Object(string name, Absent absent)
    {
        if (!Take(name, absent, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new(value, PathOf(name), _faults);
        Fault(name, "must be an object");
        return null;
    }

    /// <summary>An array of objects, each read by <paramref name="read"/>; empty when left out or faulty.</summary>
    public ImmutableArray<T> Objects<T>(string name, Absent absent, int most, Func<Fields, T> read) => List(name, absent, most, (value, path) =>
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _faults.Add(path, "must be an object");
            return default!;
        }

        var fields = new Fields(value, path, _faults);
        var one = read(fields);
        fields.RefuseUnknown();
        return one;
    });

    /// <summary>An array of texts, each read by <paramref name="read"/>, which gives a remedy for a bad one.</summary>
    public ImmutableArray<T> Texts<T>(string name, int most, Parse<T> read) => List(name, Absent.IsFault, most, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.String && value.TextOrNull() is { } text)
        {
            if (read(text, out var one, out var remedy))
                return one;
            _faults.Add(path, remedy);
            return default!;
        }

        _faults.Add(path, "must be a text");
        return default!;
    });

    private ImmutableArray<T> List<T>(string name, Absent absent, int most, Func<JsonElement, string, T> read)
    {
        if (!Take(name, absent, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault(name, "must be an array");
            return [];
        }

        var length = value.GetArrayLength();
        if (length > most)
        {
            Fault(name, $"must have at most {most} entries; it has {length}");
            return [];
        }

        var entries = ImmutableArray.CreateBuilder<T>(length);
        foreach (var entry in value.EnumerateArray())
            entries.Add(read(entry, $"{PathOf(name)}[{entries.Count}]"));
        return entries.ToImmutable();
    }

    private bool Take(string name, Absent absent, out JsonElement value)
    {
        value = default;
        var member = Look(name);
        if (member is null)
        {
            if (absent == Absent.IsFault && !_isUnread)
                Fault(name, "is required");
            return false;
        }

        member.Take();
        value = member.Value;
        if (value.ValueKind != JsonValueKind.Null)
            return true;
        if (absent != Absent.MayBeNull)
            Fault(name, absent == Absent.IsFault ? "is required and must not be null" : "must not be null; leave it out instead");
        return false;
    }

    private Member? Look(string name)
    {
        foreach (var member in _members)
        {
            if (member.Name == name)
                return member;
        }

        return null;
    }

    private void Collect(JsonElement element)
    {
        var seen = element.GetPropertyCount() > 32 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var property in element.EnumerateObject())
        {
            var name = property.NameOrNull();
            if (name is null)
                _faults.Add(_path.Length == 0 ? "body" : _path, "has a member whose name is not Unicode text");
            else if (seen is null ? Look(name) is not null : !seen.Add(name))
                Fault(name, "is given twice; give it once");
            else
                _members.Add(new(name, property.Value));
        }
    }

    private sealed class Member(string name, JsonElement value)
    {
        public string Name { get; } = name;

        public JsonElement Value { get; } = value;

        public bool IsTaken { get; private set; }

        public void Take() => IsTaken = true;
    }
}

/// <summary>Reads a text; false with the remedy when it cannot be read.</summary>
internal delegate bool Parse<T>(string text, out T value, out string remedy);
