using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Reads a changing call's body within its bounds, with the headers that belong to the change.</summary>
internal static class BodyReading
{
    private static readonly JsonDocumentOptions _json = new() { MaxDepth = Limits.JsonDepth };

    public static async ValueTask<CallBody> Read(Call call, BodyUse use)
    {
        var request = call.Http.Request;
        var body = new CallBody(new());
        if (!EntityTag.TryIfMatch(request, out var version, out var exists))
            body.Faults.Add("If-Match", "must be one entity tag as an ETag header gave it, such as \"3\", or *");
        body.IfMatch = version;
        body.MustExist = exists;
        var key = IdempotencyKey.Read(request, body.Faults);
        if ((call.Text ??= await Read(request)) is { } text)
        {
            Parse(text, request, use, body);
            call.HasKey = key is not null;
            if (key is not null)
                body.Stamp = new(call.Who.Id, key, IdempotencyKey.Hash(request, text, body.Fields));
        }
        else
        {
            body.Refuse(DoorProblems.TooLarge());
            call.IsSettled = true;
        }

        return body;
    }

    /// <summary>The whole body, a copy of its own: the pipe takes its buffer back before grains have been asked. Null when it is too large.</summary>
    private static async ValueTask<byte[]?> Read(HttpRequest request)
    {
        var reader = request.BodyReader;
        if (request.ContentLength > Limits.BodyBytes)
        {
            await Discard(reader);
            return null;
        }

        var read = await reader.ReadAsync();
        while (!read.IsCompleted && read.Buffer.Length <= Limits.BodyBytes)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync();
        }

        var text = read.Buffer.Length > Limits.BodyBytes ? null : read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        if (text is null)
            await Discard(reader);
        return text;
    }

    /// <summary>Reads away what is too large: a caller that sends before it listens hears the answer so, instead of a connection that was cut. The server's own limit ends it.</summary>
    private static async ValueTask Discard(PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static void Parse(byte[] text, HttpRequest request, BodyUse use, CallBody body)
    {
        if (text.Length == 0)
        {
            if (use == BodyUse.Required)
                body.Fault("must be a JSON object; nothing came");
            return;
        }

        if (!IsJson(request.ContentType))
        {
            body.Refuse(DoorProblems.WrongMediaType());
            return;
        }

        if (!Utf8.IsValid(text))
        {
            body.Fault("must be UTF-8");
            return;
        }

        try
        {
            var document = JsonDocument.Parse(text, _json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                body.Take(document);
            else
                body.Fault("must be a JSON object");
        }
        catch (JsonException broken)
        {
            body.Fault($"must be JSON of at most {Limits.JsonDepth} levels; it breaks in line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}");
        }
    }

    private static bool IsJson(string? type)
    {
        if (type is null)
            return true;
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var media = (end < 0 ? type : type[..end]).Trim();
        return media.Equals(AnswerWriter.Json, StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase) && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
    }
}
