using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// A body names a start by exactly one of two fields (a change may name none): an instant, or a local start in the institution's zone. A local start that the
/// zone's clock shows twice is refused, and both instants are named (R1). A local start that the clocks skip is no fault of the body: the domain refuses the
/// start in its own order.
/// </summary>
internal sealed class StartRule
{
    private readonly string _instant;
    private readonly string _local;
    private readonly bool _isOptional;

    private StartRule(string instant, string local, bool isOptional) => (_instant, _local, _isOptional) = (instant, local, isOptional);

    /// <summary>The rule of a body type; null for a body without a start.</summary>
    public static StartRule? Of(JsonTypeInfo type) => type.Properties.FirstOrDefault(property => property.Has<InPlaceOfAttribute>()) is { } local
        ? new(local.Find<InPlaceOfAttribute>()!.Instant, local.Name, local.Find<InPlaceOfAttribute>()!.IsOptional)
        : null;

    /// <summary>Adds the faults of the two fields together. The form of each field is checked elsewhere.</summary>
    public void Check(JsonElement owner, string path, FieldFaults faults)
    {
        var (instant, local) = (Value(owner, _instant), Value(owner, _local));
        var (instantPath, localPath) = (BodyShape.Join(path, _instant), BodyShape.Join(path, _local));
        if (instant is null && local is null)
        {
            if (_isOptional)
                return;
            var remedy = $"is required: send {_instant} or {_local}";
            faults.Add(instantPath, remedy);
            faults.Add(localPath, remedy);
            return;
        }

        if (instant is not null && local is not null)
        {
            var remedy = $"must not be sent together: send {_instant} or {_local}";
            faults.Add(instantPath, remedy);
            faults.Add(localPath, remedy);
        }

        if (local is not { } element || Read(element, TextForms.LocalTime) is not { } hour)
            return;
        var other = instant is { } given ? Read(given, TextForms.Instant) : null;
        faults.AddInZone(localPath, zone => Fault(zone, hour, other));
    }

    private string? Fault(DateTimeZone zone, LocalDateTime local, Instant? instant) => (LocalStart.In(zone, local), instant) switch
    {
        (LocalStart.Twice twice, _) =>
            $"{Text(local)} comes twice in {zone.Id}, at {Text(twice.Earlier)} and at {Text(twice.Later)}: send one of these instants as {_instant}",
        (LocalStart.Single single, { } other) => $"{Text(local)} in {zone.Id} is {Text(single.Start)}; {_instant} is {Text(other)}",
        _ => null,
    };

    /// <summary>The member's value; null when the member is left out or null. A member that is null has a fault of its own.</summary>
    private static JsonElement? Value(JsonElement owner, string name)
    {
        foreach (var member in owner.EnumerateObject())
        {
            if (member.NameOrNull() == name)
                return member.Value.ValueKind == JsonValueKind.Null ? null : member.Value;
        }

        return null;
    }

    private static T? Read<T>(JsonElement value, TextForm<T> form)
        where T : struct =>
        value.ValueKind == JsonValueKind.String && value.TextOrNull() is { } text && form.TryRead(text, out var read, out _) ? read : null;

    private static string Text(Instant instant) => TextForms.Instant.Write(instant);

    private static string Text(LocalDateTime local) => TextForms.LocalTime.Write(local);
}
