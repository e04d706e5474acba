namespace Scheduler.Solver;

/// <summary>Stage 8: ejects optional requests where they alone keep an unserved mandatory request out. Runs also after a cancel, so that every plan keeps the
/// order of the aims. Runs once more after sharing, which may have freed room.</summary>
internal static class EjectOptional
{
    /// <summary>Returns whether a mandatory request was placed.</summary>
    public static bool Run(SolveRun run)
    {
        var (table, incumbent, changed) = (run.Table, run.Incumbent, false);
        if (!table.Service.Contains(ServiceClass.Mandatory))
            return false;
        // The room beside current assignments and mandatory requests alone.
        var firm = new Usage(table);
        for (var unit = 0; unit < incumbent.Option.Length; unit++)
        {
            if (incumbent.Option[unit] >= 0 && table.Service[incumbent.UnitRequest[unit]] != ServiceClass.Optional)
                firm.Take(incumbent.UnitRequest[unit], incumbent.Option[unit], incumbent.Seats[unit]);
        }
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Service[r] == ServiceClass.Mandatory && !incumbent.IsServed(r))
                changed |= Serve(incumbent, firm, r);
        }
        if (changed)
            Construct.Fill(run);
        return changed;
    }

    /// <summary>Places one more unit of the request in the first option that optional requests alone keep closed.</summary>
    private static bool Serve(Incumbent incumbent, Usage firm, int r)
    {
        var table = incumbent.Table;
        if (incumbent.FreeUnit(r) is not (>= 0 and var free))
            return false;
        var least = table.IsSplit(r) ? table.MinPart[r] : table.Size[r];
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1] && incumbent.UnservedSeats[r] >= least; option++)
        {
            if (incumbent.Option.AsSpan(incumbent.FirstUnit[r]..(incumbent.FirstUnit[r + 1])).Contains(option))
                continue;
            var seats = table.IsSplit(r) ? firm.Room(r, option, incumbent.UnservedSeats[r]) : table.Size[r];
            if (seats < least || !firm.Fits(r, option, seats))
                continue;
            Eject(incumbent, r, option, seats);
            incumbent.Place(free, option, seats);
            firm.Take(r, option, seats);
            return true;
        }
        return false;
    }

    /// <summary>Removes optional requests that stand in the way of the option, the least valuable first, until it fits.</summary>
    private static void Eject(Incumbent incumbent, int r, int option, int seats)
    {
        var table = incumbent.Table;
        var inWay = Enumerable.Range(0, incumbent.Option.Length)
            .Where(unit => incumbent.Option[unit] >= 0 && table.Service[incumbent.UnitRequest[unit]] == ServiceClass.Optional
                && (Overlaps(table, incumbent.Option[unit], option) || (table.Group[r] >= 0 && table.Group[incumbent.UnitRequest[unit]] == table.Group[r])))
            .OrderBy(incumbent.NetValue).ThenBy(unit => unit).ToList();
        foreach (var unit in inWay.TakeWhile(_ => !incumbent.Usage.Fits(r, option, seats)))
            incumbent.Remove(unit);
    }

    private static bool Overlaps(OptionTable table, int one, int two) =>
        table.Row[one] < table.Row[two] + table.Profiles.Span[table.Profile[two]] && table.Row[two] < table.Row[one] + table.Profiles.Span[table.Profile[one]];
}
