using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>One member of a body: its name, whether it may be left out or null, and the rule for its value.</summary>
internal sealed class BodyField
{
    private readonly ValueRule _rule;
    private readonly bool _isNullLeftOut;
    private readonly bool _isWithinSeats;

    private BodyField(JsonPropertyInfo property)
    {
        Name = property.Name;
        IsRequired = property.IsRequired;
        _isNullLeftOut = property.Has<NullAsLeftOutAttribute>() || property.Has<IgnoredAttribute>();
        _isWithinSeats = property.Has<WithinSeatsAttribute>();
        _rule = ValueRule.Of(property);
    }

    public string Name { get; }

    public bool IsRequired { get; }

    public static BodyField Of(JsonPropertyInfo property) => new(property);

    /// <summary>Adds the faults of the member's value. <paramref name="owner"/> is the object that has the member.</summary>
    public void Check(JsonElement value, JsonElement owner, string path, in BodyCheck check)
    {
        var place = BodyShape.Join(path, Name);
        if (value.ValueKind != JsonValueKind.Null)
        {
            _rule.Check(value, place, check);
            if (_isWithinSeats)
                SeatsRule.Check(value, owner, place, check.Faults);
        }
        else if (!_isNullLeftOut)
        {
            check.Faults.Add(place, IsRequired ? "is required and must not be null" : "must not be null; leave it out instead");
        }
    }
}
