namespace Scheduler.Solver;

/// <summary>The part of a season that must be served: the mandatory requests, as optional ones that are worth their value in every option, and the current
/// assignments. So the stages price, place, improve and refine it like a whole season, and its bound says how much mandatory value can be served at all.
/// Requests keep their positions, options their order.</summary>
internal static class MandatoryPart
{
    public static Season Of(Season season)
    {
        var table = season.Table;
        var first = new int[table.Requests + 1];
        for (var r = 0; r < table.Requests; r++)
            first[r + 1] = first[r] + (table.Service[r] == ServiceClass.Optional ? 0 : table.FirstOption[r + 1] - table.FirstOption[r]);
        T[] Kept<T>(T[] all)
        {
            var kept = new T[first[^1]];
            for (var r = 0; r < table.Requests; r++)
                all.AsSpan(table.FirstOption[r], first[r + 1] - first[r]).CopyTo(kept.AsSpan(first[r]));
            return kept;
        }
        var value = new double[first[^1]];
        for (var r = 0; r < table.Requests; r++)
            value.AsSpan(first[r]..first[r + 1]).Fill(table.Service[r] == ServiceClass.Mandatory ? table.Value[r] : 0);
        return new Season
        {
            Instance = season.Instance, Pools = season.Pools, Limits = season.Limits, Fixed = season.Fixed, FixedValue = 0, FullCapacity = season.FullCapacity,
            FixedSeats = season.FixedSeats,
            Table = new OptionTable
            {
                FirstOption = first, NetValue = value, Row = Kept(table.Row), SecondRow = Kept(table.SecondRow), Profile = Kept(table.Profile),
                Candidate = Kept(table.Candidate), Size = table.Size, MinPart = table.MinPart, Value = table.Value,
                Service = [.. table.Service.Select(service => service == ServiceClass.Mandatory ? ServiceClass.Optional : service)],
                CurrentOption = [.. table.CurrentOption.Select((option, r) => option < 0 ? -1 : first[r] + option - table.FirstOption[r])],
                Owner = table.Owner, SecondScale = table.SecondScale, Capacity = table.Capacity, FirstRows = table.FirstRows, ReachFrom = table.ReachFrom,
                Component = table.Component, Components = table.Components, Group = table.Group, Groups = table.Groups, Profiles = table.Profiles,
            },
        };
    }

    /// <summary>Copies the assignments of the requests with options in both tables from one incumbent to the other.</summary>
    public static void Copy(Incumbent from, Incumbent to)
    {
        for (var r = 0; r < from.Table.Requests; r++)
        {
            if (Shared(from, to, r) == 0)
                continue;
            for (var unit = to.FirstUnit[r]; unit < to.FirstUnit[r + 1]; unit++)
            {
                if (to.Option[unit] >= 0)
                    to.Remove(unit);
            }
        }
        for (var r = 0; r < from.Table.Requests; r++)
        {
            for (var part = 0; part < Shared(from, to, r); part++)
            {
                var unit = from.FirstUnit[r] + part;
                if (from.Option[unit] >= 0)
                    to.Place(to.FirstUnit[r] + part, from.Option[unit] - from.Table.FirstOption[r] + to.Table.FirstOption[r], from.Seats[unit]);
            }
        }
    }

    private static int Shared(Incumbent from, Incumbent to, int r) =>
        Math.Min(from.FirstUnit[r + 1] - from.FirstUnit[r], to.FirstUnit[r + 1] - to.FirstUnit[r]);
}
