using System.Runtime.ExceptionServices;

namespace Scheduler.Solver;

/// <summary>The requests of an instance in chunks of about equal work. The chunks depend on the instance alone, so results that are joined in their order are
/// the same for any number of threads. A season has millions of candidates, and a cancel waits for each pass over them.</summary>
internal sealed class RequestChunks
{
    // A chunk takes a fraction of a millisecond: long enough to be worth a thread, short enough to balance the load.
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

    /// <summary>The number of candidates of all requests before request r; the last entry is the total.</summary>
    public int[] First { get; }

    public int Count => _chunks.Length;

    /// <summary>The request after the last one of a chunk.</summary>
    public int End(int chunk) => _chunks[chunk].To;

    /// <summary>Runs the work on every chunk: its number, its first request, and the request after its last.</summary>
    public void Each(int threads, Action<int, int, int> work) => Each(_chunks.Length, threads, chunk => work(chunk, _chunks[chunk].From, _chunks[chunk].To));

    /// <summary>Runs the work on items in batches: the batch's number, its first item, and the item after its last.</summary>
    public static void Each(int count, int together, int threads, Action<int, int, int> work) =>
        Each(Parts(count, together), threads, part => work(part, part * together, Math.Min(count, (part + 1) * together)));

    /// <summary>The number of batches.</summary>
    public static int Parts(int count, int together) => (count + together - 1) / together;

    /// <summary>Runs so many pieces of work side by side. The exception of a piece is thrown unwrapped, as with one thread.</summary>
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
