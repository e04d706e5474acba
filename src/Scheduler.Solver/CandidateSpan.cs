using System.Runtime.InteropServices;

namespace Scheduler.Solver;

/// <summary>The candidates of a request as a span, without an interface call for each: a season has millions of them, and several stages read all.</summary>
internal static class CandidateSpan
{
    public static ReadOnlySpan<Candidate> Of(Request request) => request.Candidates switch
    {
        Candidate[] array => array,
        List<Candidate> list => CollectionsMarshal.AsSpan(list),
        var other => other.ToArray(),
    };
}
