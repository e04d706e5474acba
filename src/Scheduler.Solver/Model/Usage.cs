using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Room left in every row. <see cref="Take"/> and <see cref="Return"/> are exact inverses.</summary>
internal sealed class Usage(OptionTable table, long[] free)
{
    private readonly ProfileTable _profiles = table.Profiles;

    public Usage(OptionTable table)
        : this(table, (long[])table.Capacity.Clone())
    {
    }

    /// <summary>Room per row; below 0 only where what sits there overfills it.</summary>
    public long[] Free { get; } = free;

    /// <summary>Whether so many seats of the request fit by this option; where a row is overfull only what takes nothing of it does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Fits(int request, int option, int seats)
    {
        var free = Free;
        var size = table.Size[request];
        var profile = table.Profile[option];
        var (row, second, scale) = (table.Row[option], table.SecondRow[option], table.SecondScale[request]);
        for (var run = _profiles.FirstRun[profile]; run < _profiles.FirstRun[profile + 1]; run++)
        {
            var amount = OptionTable.PartAmount(_profiles.Amount[run], seats, size);
            var at = row + _profiles.Offset[run];
            var end = at + _profiles.Length[run];
            for (; at < end; at++)
            {
                if (free[at] < amount)
                    return false;
            }
            if (second < 0)
                continue;
            at = second + (_profiles.Offset[run] * scale);
            end = at + (_profiles.Length[run] * scale);
            for (; at < end; at++)
            {
                if (free[at] < amount)
                    return false;
            }
        }
        return true;
    }

    /// <summary>The most seats, up to <paramref name="most"/>, that a part of the request can have by this option.</summary>
    public int Room(int request, int option, int most)
    {
        var size = table.Size[request];
        long room = most;
        var profile = table.Profile[option];
        var (row, second, scale) = (table.Row[option], table.SecondRow[option], table.SecondScale[request]);
        for (var run = _profiles.FirstRun[profile]; run < _profiles.FirstRun[profile + 1] && room > 0; run++)
        {
            var least = long.MaxValue;
            var at = row + _profiles.Offset[run];
            for (var end = at + _profiles.Length[run]; at < end; at++)
                least = Math.Min(least, Free[at]);
            if (second >= 0)
            {
                at = second + (_profiles.Offset[run] * scale);
                for (var end = at + (_profiles.Length[run] * scale); at < end; at++)
                    least = Math.Min(least, Free[at]);
            }
            // ⌈s·a/size⌉ ≤ free exactly when s ≤ free·size/a.
            if (least < _profiles.Amount[run])
                room = Math.Min(room, Math.Max(0, least) * size / _profiles.Amount[run]);
        }
        return (int)room;
    }

    public void Take(int request, int option, int seats) => Change(request, option, seats, -1);

    public void Return(int request, int option, int seats) => Change(request, option, seats, 1);

    private void Change(int request, int option, int seats, int sign)
    {
        var free = Free;
        var size = table.Size[request];
        var profile = table.Profile[option];
        var (row, second, scale) = (table.Row[option], table.SecondRow[option], table.SecondScale[request]);
        for (var run = _profiles.FirstRun[profile]; run < _profiles.FirstRun[profile + 1]; run++)
        {
            var amount = sign * OptionTable.PartAmount(_profiles.Amount[run], seats, size);
            var at = row + _profiles.Offset[run];
            for (var end = at + _profiles.Length[run]; at < end; at++)
                free[at] += amount;
            if (second < 0)
                continue;
            at = second + (_profiles.Offset[run] * scale);
            for (var end = at + (_profiles.Length[run] * scale); at < end; at++)
                free[at] += amount;
        }
    }
}
