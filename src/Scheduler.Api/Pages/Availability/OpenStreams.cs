namespace Scheduler.Api;

/// <summary>Counts the streams of free seats that pages and programs follow at this process: all of them, and those of each reader.</summary>
internal sealed class OpenStreams
{
    private readonly Lock _counting = new();
    private readonly Dictionary<(string Reader, string Network), int> _ofReader = [];
    private int _count;

    /// <summary>Counts the stream of a request until the request ends; false, and nothing is counted, when there are as many as may be.</summary>
    public bool TryFollow(HttpContext http, CallLimits limits)
    {
        // Readers of the demonstration share keys, so the place of the network is looked at too.
        var reader = (SignedInIdentity.Of(http.User)?.Principal.Id ?? "", CallerNetwork.Of(http));
        if (!TryAdd(reader, limits))
            return false;
        http.Response.OnCompleted(() =>
        {
            Remove(reader);
            return Task.CompletedTask;
        });
        return true;
    }

    /// <summary>Counts one stream more; false, and nothing is counted, when there are as many as may be.</summary>
    public bool TryAdd((string Reader, string Network) reader, CallLimits limits)
    {
        lock (_counting)
        {
            var own = _ofReader.GetValueOrDefault(reader);
            if (_count >= limits.LiveStreams || own >= limits.LiveStreamsOfReader)
                return false;
            _count++;
            _ofReader[reader] = own + 1;
            return true;
        }
    }

    /// <summary>Counts one stream less.</summary>
    public void Remove((string Reader, string Network) reader)
    {
        lock (_counting)
        {
            _count--;
            if (--_ofReader[reader] == 0)
                _ofReader.Remove(reader);
        }
    }
}
