namespace Scheduler.Solver;

/// <summary>Whether two requests ask for the same: the same value, limit and candidates, in the same order. Of such requests only the school differs.</summary>
internal sealed class SameAsk : IEqualityComparer<Request>
{
    public static readonly SameAsk One = new();

    public bool Equals(Request? x, Request? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Value.Equals(y.Value) && x.Limit == y.Limit && x.Candidates.Count == y.Candidates.Count
            && Enumerable.Range(0, x.Candidates.Count).All(k => IsSame(x.Candidates[k], y.Candidates[k])));

    public int GetHashCode(Request request)
    {
        var hash = new HashCode();
        hash.Add(request.Value);
        hash.Add(request.Limit);
        foreach (var candidate in request.Candidates)
        {
            hash.Add(candidate.Pool, StringComparer.Ordinal);
            hash.Add(candidate.Start);
            hash.Add(candidate.Cost);
        }

        return hash.ToHashCode();
    }

    private static bool IsSame(in Candidate one, in Candidate other) =>
        one.Start == other.Start && one.Cost.Equals(other.Cost) && one.Pool == other.Pool && one.Seats.SequenceEqual(other.Seats);
}
