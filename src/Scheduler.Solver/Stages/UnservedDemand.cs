namespace Scheduler.Solver;

/// <summary>The seats that a candidate would have to serve beside the part of the request that it has already.</summary>
/// <param name="Size">Seats of the whole request.</param>
/// <param name="Part">Seats of the part that the candidate has, 0 for none.</param>
/// <param name="Seats">Further seats to serve.</param>
/// <param name="LeastSeats">The fewest seats that would be of use.</param>
internal readonly record struct UnservedDemand(int Size, int Part, int Seats, int LeastSeats)
{
    /// <summary>Further seats in a slot where the whole request takes <paramref name="amount"/>.</summary>
    public long More(int amount) =>
        OptionTable.PartAmount(amount, Part + Seats, Size) - (Part == 0 ? 0 : OptionTable.PartAmount(amount, Part, Size));

    /// <summary>The fewest seats that would be of use in a slot where the whole request takes <paramref name="amount"/>.</summary>
    public long Least(int amount) => OptionTable.PartAmount(amount, LeastSeats, Size);
}
