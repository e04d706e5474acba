using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>The free room of every row. <see cref="Take"/> and <see cref="Return"/> are exact inverses.</summary>
internal sealed class Usage(OptionTable table, long[] free)
{
    public Usage(OptionTable table)
        : this(table, (long[])table.Capacity.Clone())
    {
    }

    /// <summary>Free seats per row; below 0 only where current assignments overfill the row.</summary>
    public long[] Free { get; } = free;

    /// <summary>Whether so many seats of the request fit by this option. An option that takes seats of an overfull row does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Fits(int request, int option, int seats)
    {
        var free = Free;
        var size = table.Size[request];
        foreach (var run in table.Runs(request, option))
        {
            if (run.FirstBelow(free, OptionTable.PartAmount(run.Amount, seats, size)) >= 0)
                return false;
        }
        return true;
    }

    /// <summary>The most seats, up to <paramref name="most"/>, that a part of the request can take by this option.</summary>
    public int Room(int request, int option, int most)
    {
        var size = table.Size[request];
        long room = most;
        foreach (var run in table.Runs(request, option))
        {
            if (room <= 0)
                break;
            var least = long.MaxValue;
            for (var row = run.First; row < run.End; row++)
                least = Math.Min(least, Free[row]);
            for (var row = run.Second; row < run.SecondEnd; row++)
                least = Math.Min(least, Free[row]);
            // ⌈s·a/size⌉ ≤ free exactly when s ≤ free·size/a.
            if (least < run.Amount)
                room = Math.Min(room, Math.Max(0, least) * size / run.Amount);
        }
        return (int)room;
    }

    public void Take(int request, int option, int seats) => Change(request, option, seats, -1);

    public void Return(int request, int option, int seats) => Change(request, option, seats, 1);

    private void Change(int request, int option, int seats, int sign)
    {
        var free = Free;
        var size = table.Size[request];
        foreach (var run in table.Runs(request, option))
        {
            var amount = sign * OptionTable.PartAmount(run.Amount, seats, size);
            for (var row = run.First; row < run.End; row++)
                free[row] += amount;
            for (var row = run.Second; row < run.SecondEnd; row++)
                free[row] += amount;
        }
    }
}
