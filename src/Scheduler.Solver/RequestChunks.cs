using System.Runtime.ExceptionServices;

namespace Scheduler.Solver;

/// <summary>The requests of an instance in chunks of about equal work, cut by the instance alone: what is put together in the chunks' order is the same for any number of
/// threads. A season has millions of candidates, and whoever cancels waits for every pass over them.</summary>
internal sealed class RequestChunks
{
    // A fraction of a millisecond each: few enough to hand out, many enough to share evenly.
    private const int CandidatesPerChunk = 16_384;
    private const int RequestsPerChunk = 2_048;
    private readonly (int From, int To)[] _chunks;

    public RequestChunks(IReadOnlyList<Request> requests)
    {
        Requests = requests as Request[] ?? [.. requests];
        First = new int[Requests.Length + 1];
        var chunks = new List<(int, int)>();
        for (int r = 0, from = 0; r < Requests.Length; r++)
        {
            First[r + 1] = checked(First[r] + Requests[r].Candidates.Count);
            if (r + 1 < Requests.Length && First[r + 1] - First[from] < CandidatesPerChunk && r + 1 - from < RequestsPerChunk)
                continue;
            chunks.Add((from, r + 1));
            from = r + 1;
        }
        _chunks = [.. chunks];
    }

    public Request[] Requests { get; }

    /// <summary>Candidates of all requests before request r; of all at the end.</summary>
    public int[] First { get; }

    public int Count => _chunks.Length;

    /// <summary>The request behind the last of a chunk.</summary>
    public int End(int chunk) => _chunks[chunk].To;

    /// <summary>Does the work of every chunk: its number, its first request and the one behind its last.</summary>
    public void Each(int threads, Action<int, int, int> work) => Each(_chunks.Length, threads, chunk => work(chunk, _chunks[chunk].From, _chunks[chunk].To));

    /// <summary>Does work that is counted in small things, so many of them together: the part's number, its first and the one behind its last.</summary>
    public static void Each(int count, int together, int threads, Action<int, int, int> work) =>
        Each(Parts(count, together), threads, part => work(part, part * together, Math.Min(count, (part + 1) * together)));

    /// <summary>Into how many parts of so many together they go.</summary>
    public static int Parts(int count, int together) => (count + together - 1) / together;

    /// <summary>Does so many pieces of work side by side. What a piece throws comes out as it is, as with one thread.</summary>
    public static void Each(int count, int threads, Action<int> work)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var piece = 0; piece < count; piece++)
                work(piece);
            return;
        }
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
