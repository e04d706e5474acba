using System.Runtime.InteropServices;

namespace Scheduler.Solver;

/// <summary>The candidates of a request without a call through an interface for each: a season has millions of them, and several passes go over all.</summary>
internal static class CandidateSpan
{
    public static ReadOnlySpan<Candidate> Of(Request request) => request.Candidates switch
    {
        Candidate[] array => array,
        List<Candidate> list => CollectionsMarshal.AsSpan(list),
        var other => other.ToArray(),
    };
}
