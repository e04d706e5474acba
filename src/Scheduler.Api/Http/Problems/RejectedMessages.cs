using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Scheduler.Api;

/// <summary>
/// Gives a problem document to a message that the web server rejects: one that the server cannot parse, that is too large, or that arrives too slowly.
/// </summary>
/// <remarks>
/// No middleware sees such a message. The web server reports the message by a diagnostic event, on the thread of the connection and before the server writes
/// its own answer, which has no body. This observer starts the answer, with the headers and the length of the document, and writes the document to the
/// connection. The web server sees that the answer has started, writes nothing more, and closes the connection.
/// </remarks>
internal sealed class RejectedMessages : IObserver<KeyValuePair<string, object?>>
{
    private const string Rejected = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private RejectedMessages()
    {
    }

    /// <summary>Answers the messages that are rejected from now on, as long as the listener lives.</summary>
    public static void Answer(DiagnosticListener listener) => listener.Subscribe(new RejectedMessages(), static name => name == Rejected);

    /// <inheritdoc />
    public void OnNext(KeyValuePair<string, object?> value)
    {
        // A message that a middleware has answered is rejected a second time, when the web server skips the rest of its body. Within HTTP/2 the web server
        // resets the stream. A message of another version of HTTP is left to the web server, which tells a client of HTTP/2 by a frame to use HTTP/1.1.
        if (value.Value is IFeatureCollection message
            && message.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException rejected
            && rejected.StatusCode != StatusCodes.Status505HttpVersionNotsupported
            && message.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && message.Get<IHttp2StreamIdFeature>() is null)
        {
            Write(message, response, ApiProblem.OfStatus(rejected.StatusCode));
        }
    }

    /// <inheritdoc />
    public void OnError(Exception error)
    {
        // The listener reports no errors.
    }

    /// <inheritdoc />
    public void OnCompleted()
    {
        // The server has stopped; there is nothing to release.
    }

    private static void Write(IFeatureCollection message, IHttpResponseFeature response, ApiProblem problem)
    {
        var document = ProblemWriter.Text(problem);
        ResponseHeaders.Api.Apply(response.Headers);
        response.Headers.ContentType = ProblemWriter.MediaType;
        response.Headers.ContentLength = document.WrittenCount;
        response.Headers.Connection = "close";
        // Headers go into a buffer, and nobody has registered work for the start of this answer. So the answer starts at once.
        if (message.GetRequiredFeature<IHttpResponseBodyFeature>().StartAsync() is not { IsCompletedSuccessfully: true })
            throw new UnreachableException();
        var connection = message.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        if (!HttpMethods.IsHead(message.GetRequiredFeature<IHttpRequestFeature>().Method))
            connection.Write(document.WrittenSpan);
        // The flush wakes the sender of the connection. Nobody waits for a slow reader here: the sender sends the rest while the connection ends.
        connection.FlushAsync().AsTask().Ignore();
    }
}
