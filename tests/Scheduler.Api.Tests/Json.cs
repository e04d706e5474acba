using System.Text.Json;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>JSON objects in one line.</summary>
public static class Json
{
    public static string Of(params (string Name, object? Value)[] members) =>
        JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value));

    public static string Text(Instant instant) => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant);
}
