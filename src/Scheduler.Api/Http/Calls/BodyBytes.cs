using System.Buffers;
using System.IO.Pipelines;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads a body's bytes within the limit.</summary>
internal static class BodyBytes
{
    /// <summary>A copy of the whole body, because the pipe uses its buffer again before a grain has answered. Null when the body is too large.</summary>
    public static async ValueTask<byte[]?> Read(HttpRequest request)
    {
        var reader = request.BodyReader;
        var cancellation = request.HttpContext.RequestAborted;
        // When a read is cancelled by its own token, the pipe stays in the state of reading, and the server cannot read the rest of the body. So the read has
        // no token, and this callback cancels it.
        using var deadline = cancellation.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), reader);
        if (request.ContentLength > Limits.BodyBytes)
        {
            await Discard(reader, cancellation);
            return null;
        }

        var read = await Next(reader, cancellation);
        while (!read.IsCompleted && read.Buffer.Length <= Limits.BodyBytes)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await Next(reader, cancellation);
        }

        var bytes = read.Buffer.Length > Limits.BodyBytes ? null : read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        if (bytes is null)
            await Discard(reader, cancellation);
        return bytes;
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
        var read = await reader.ReadAsync(CancellationToken.None);
        if (!read.IsCanceled)
            return read;
        reader.AdvanceTo(read.Buffer.Start);
        throw new OperationCanceledException(cancellation);
    }
}
