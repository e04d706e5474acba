using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Api;

/// <summary>
/// Reads the fields of a form as the body of the API's route: what the route refuses the form refuses, by the name of the field, and what the form saves a
/// program can send too.
/// </summary>
internal static class FormBody
{
    /// <summary>The body, or null with the names of the fields that have to change.</summary>
    /// <param name="members">The members of the body.</param>
    /// <param name="check">Checks the body against the catalogue.</param>
    public static (TBody? Body, HashSet<string> Faults) Read<TBody>(JsonObject members, Action<TBody, FieldFaults> check)
        where TBody : class
    {
        var faults = new FieldFaults();
        var body = BodyReader.Read<TBody>(JsonSerializer.SerializeToElement(members), new(faults, null));
        if (body is not null)
            check(body, faults);
        // A fault of a member of a member is one of the field that holds it.
        return (faults.Any ? null : body, [.. faults.ByField().Select(fault => fault.Key.Split('.', '[')[0])]);
    }

    /// <summary>A whole number, or the text itself, which the check of the body then refuses by name. Null for an empty field.</summary>
    public static JsonNode? Whole(string? text) => text?.Trim() is not { Length: > 0 } typed ? null
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : typed;

    /// <summary>A per cent as a share, with a point or a comma; or the text itself.</summary>
    public static JsonNode? Share(string? text) => text?.Trim() is not { Length: > 0 } typed ? null
        : decimal.TryParse(typed.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? JsonValue.Create(percent / 100)
            : typed;

    /// <summary>A text; null for an empty field.</summary>
    public static JsonNode? Text(string? text) => text?.Trim() is { Length: > 0 } typed ? typed : null;
}
