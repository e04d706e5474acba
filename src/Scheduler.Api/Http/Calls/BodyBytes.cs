using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads a body's bytes within the limit.</summary>
internal static class BodyBytes
{
    /// <summary>A copy of the whole body, because the pipe uses its buffer again before a grain has answered. Null when the body is too large.</summary>
    /// <exception cref="BadHttpRequestException">The body is malformed or too slow, or the caller has left.</exception>
    public static async ValueTask<byte[]?> Read(HttpRequest request, int maxBytes)
    {
        var reader = request.BodyReader;
        var cancellation = request.HttpContext.RequestAborted;
        // When a read is cancelled by its own token, the pipe stays in the state of reading, and the server cannot read the rest of the body. So the read has
        // no token, and this callback cancels it.
        using var deadline = cancellation.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        if (request.ContentLength > maxBytes)
        {
            await Discard(reader, cancellation);
            return null;
        }

        // Nearly every body arrives in one part.
        var read = await Next(reader, cancellation);
        if (read.IsCompleted && read.Buffer.Length <= maxBytes)
        {
            var whole = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return whole;
        }

        var parts = new ArrayBufferWriter<byte>();
        while (parts.WrittenCount + read.Buffer.Length <= maxBytes)
        {
            foreach (var part in read.Buffer)
                parts.Write(part.Span);
            // Every byte is taken from the pipe at once. With bytes that were only looked at, the web server could not end its own reading when the caller
            // leaves.
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return parts.WrittenSpan.ToArray();
            read = await Next(reader, cancellation);
        }

        reader.AdvanceTo(read.Buffer.End);
        await Discard(reader, cancellation);
        return null;
    }

    /// <summary>
    /// Reads a body that is too large and throws the bytes away. Otherwise a client that sends the whole body before it reads would see a broken connection and
    /// not the answer. The web server's own limit on bodies ends the reading.
    /// </summary>
    private static async ValueTask Discard(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await Next(reader, cancellation);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static async ValueTask<ReadResult> Next(PipeReader reader, CancellationToken cancellation)
    {
        var read = await Read(reader);
        if (!read.IsCanceled)
            return read;
        reader.AdvanceTo(read.Buffer.Start);
        throw new OperationCanceledException(cancellation);
    }

    private static async ValueTask<ReadResult> Read(PipeReader reader)
    {
        try
        {
            return await reader.ReadAsync(CancellationToken.None);
        }
        catch (ConnectionResetException left)
        {
            // Not a fault of a dependency: the caller broke the connection before the body was complete.
            throw new BadHttpRequestException("The caller left before the body was complete.", left);
        }
    }
}
