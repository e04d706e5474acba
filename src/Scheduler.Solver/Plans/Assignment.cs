using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats of a request in one of its candidates.</summary>
/// <param name="Request">Id of the request.</param>
/// <param name="Candidate">Index into its candidates.</param>
/// <param name="Seats">The request's size, or a part of it.</param>
/// <param name="Pool">Pool of the candidate. A warm start matches by pool and start, because indices change when candidates are cut; null in a plan of
/// another program.</param>
/// <param name="Start">Start of the candidate; null in a plan of another program.</param>
public readonly record struct Assignment(
    string Request, int Candidate, int Seats,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pool = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? Start = null)
{
    /// <summary>The assignment of a candidate, with its pool and start.</summary>
    internal static Assignment Of(Request request, int candidate, int seats) =>
        new(request.Id, candidate, seats, request.Candidates[candidate].Pool, request.Candidates[candidate].Start);

    /// <summary>Whether pool and start, where they are given, are those of the candidate.</summary>
    internal bool IsAt(in Candidate candidate) => (Pool is null || Pool == candidate.Pool) && (Start is null || Start == candidate.Start);
}
