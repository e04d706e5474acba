using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Reads a JSON body into its record. The record is the only declaration of the body. The check, which finds all faults at once by their paths, uses the
/// metadata and attributes of the record. System.Text.Json reads a body without faults into the record. The OpenAPI schema is made from the record.
/// </summary>
internal static class BodyReader
{
    private static readonly JsonDocumentOptions _json = new() { MaxDepth = Limits.JsonDepth };

    /// <summary>Whether a call with this type of body may leave the body out.</summary>
    public static bool MayBeLeftOut<TBody>()
        where TBody : class => Declaration<TBody>.MayBeLeftOut;

    /// <summary>Reads the whole body and adds its faults to those of the headers.</summary>
    public static async ValueTask<BodyReading<TBody>> Read<TBody>(HttpContext http, FieldFaults faults, bool isHashed)
        where TBody : class
    {
        if (await BodyBytes.Read(http.Request, Declaration<TBody>.MaxBytes) is not { } bytes)
            return new(null, ApiProblem.BodyTooLarge());
        using var document = Parse(bytes, http.Request, Declaration<TBody>.MayBeLeftOut, faults, out var problem);
        var element = document?.RootElement;
        var hash = isHashed ? IdempotencyKey.Hash(http.Request, bytes, element) : null;
        if (problem is not null)
            return new(null, problem, hash);
        if (typeof(TBody) == typeof(MergePatch) && element is { } members)
            return new(faults.Any ? null : MergePatch.Read(members, faults) as TBody, null, hash);
        return new(Read<TBody>(element, new(faults, PathId(http.Request))), null, hash);
    }

    /// <summary>
    /// Checks an object and reads it. A null element stands for a body that was left out. Returns null when there are faults, from this check or from an
    /// earlier one.
    /// </summary>
    public static TBody? Read<TBody>(JsonElement? element, in BodyCheck check)
        where TBody : class
    {
        if (element is { } given)
            Declaration<TBody>.Shape.Check(given, "", check);
        if (check.Faults.Any)
            return null;
        var body = element is { } root ? root.Deserialize(ApiJson.Info<TBody>())! : Declaration<TBody>.Empty;
        (body as ICheckedBody)?.Check(check.Faults);
        return check.Faults.Any ? null : body;
    }

    /// <summary>The body's object. Null when there is no body, and when the body cannot be read; then a fault or a problem is reported.</summary>
    private static JsonDocument? Parse(byte[] bytes, HttpRequest request, bool mayBeLeftOut, FieldFaults faults, out ApiProblem? problem)
    {
        problem = null;
        if (bytes.Length == 0)
        {
            if (!mayBeLeftOut)
                faults.Add("body", "must be a JSON object; the body is empty");
        }
        else if (!IsJson(request.ContentType) || IsCoded(request))
        {
            problem = ApiProblem.UnsupportedMediaType();
        }
        else if (!Utf8.IsValid(bytes))
        {
            faults.Add("body", "must be UTF-8");
        }
        else
        {
            return Parse(bytes, faults);
        }

        return null;
    }

    private static JsonDocument? Parse(byte[] bytes, FieldFaults faults)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, _json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            faults.Add("body", "must be a JSON object");
        }
        catch (JsonException broken)
        {
            var place = $"line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}";
            faults.Add("body", $"must be JSON of at most {Limits.JsonDepth} levels; the fault is in {place}");
        }

        return null;
    }

    /// <summary>The id in the path, which the body may repeat; null when this id is malformed, which is a fault of the path and not of the body.</summary>
    private static string? PathId(HttpRequest request) => (string?)request.RouteValues["id"] is { } id && Slug.IsValid(id) ? id : null;

    /// <summary>Whether the body is compressed, or coded in another way.</summary>
    private static bool IsCoded(HttpRequest request)
    {
        var coding = request.Headers.ContentEncoding;
        return coding.Count > 0 && !string.Equals(coding.ToString(), "identity", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsJson(string? type)
    {
        if (type is null)
            return true;
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var media = (end < 0 ? type.AsSpan() : type.AsSpan(0, end)).Trim();
        return media.Equals(JsonBytes.MediaType, StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The declarations of a body type, computed once.</summary>
    private static class Declaration<TBody>
        where TBody : class
    {
        public static bool MayBeLeftOut { get; } = typeof(TBody).IsDefined(typeof(BodyMayBeLeftOutAttribute));

        /// <summary>The most bytes of the body.</summary>
        public static int MaxBytes { get; } = typeof(TBody).GetCustomAttribute<MaxBytesAttribute>()?.Bytes ?? Limits.BodyBytes;

        public static BodyShape Shape { get; } = BodyShape.Of(ApiJson.Info<TBody>());

        /// <summary>The body without any field, for a call that left the body out.</summary>
        public static TBody Empty => _empty.Value;

        private static readonly Lazy<TBody> _empty = new(() => JsonSerializer.Deserialize("{}", ApiJson.Info<TBody>())!);
    }
}
