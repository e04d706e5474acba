using System.Collections;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>A value with all its properties, as text. Tests compare texts, because records with arrays in them are not equal by value.</summary>
public static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        Exception fault => $"{fault.GetType().Name}({fault.Message})",
        string or DateTimeZone or LocalDate or LocalTime => $"'{value}'",
        Instant instant => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant),
        _ when value.GetType().Name.EndsWith("Id", StringComparison.Ordinal) => value.ToString()!,
        IEnumerable many => $"[{string.Join(',', many.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Namespace!.StartsWith("Scheduler", StringComparison.Ordinal) && !value.GetType().IsEnum =>
            $"{value.GetType().Name}({string.Join(',', Properties(value))})",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static IEnumerable<string> Properties(object value) => value.GetType().GetProperties()
        .Where(property => property is { CanWrite: true } || value is Accommodation)
        .Select(property => Of(property.GetValue(value)));
}
