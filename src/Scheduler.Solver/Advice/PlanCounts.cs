namespace Scheduler.Solver;

/// <summary>What a plan serves, counted in seats.</summary>
/// <param name="ServedSeats">Seats served, current assignments included.</param>
/// <param name="RequestedSeats">Seats of all requests.</param>
/// <param name="ServedRequests">Requests served in full.</param>
/// <param name="Requests">All requests.</param>
/// <param name="DisplacedSeats">Seats served at another start than that of the cheapest candidate of their request.</param>
/// <param name="DisplacementHours">Σ seats × hours between the start of the cheapest candidate and the start given.</param>
/// <param name="Moves">Requests that leave their current assignment.</param>
/// <param name="WorstRatio">The smallest served ratio of an institution with demand that could be served; 1 when there is none.</param>
public sealed record PlanCounts(
    long ServedSeats, long RequestedSeats, int ServedRequests, int Requests, long DisplacedSeats, double DisplacementHours, int Moves, double WorstRatio);
