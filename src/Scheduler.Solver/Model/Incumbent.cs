namespace Scheduler.Solver;

/// <summary>The best plan so far: the option of each unit. A whole request is one unit; a split request has a unit for each part it may have. The plan is
/// always feasible, except for current assignments in overfull rows.</summary>
internal sealed class Incumbent
{
    /// <summary>The most parts of a request.</summary>
    public const int MostParts = 1_000;
    private readonly int[] _firstInRow;
    private readonly int[] _nextInRow;
    private readonly int[] _previousInRow;

    public Incumbent(OptionTable table)
    {
        Table = table;
        Usage = new Usage(table);
        FirstUnit = new int[table.Requests + 1];
        for (var r = 0; r < table.Requests; r++)
            FirstUnit[r + 1] = FirstUnit[r] + Units(table, r);
        var units = FirstUnit[^1];
        UnitRequest = new int[units];
        for (var r = 0; r < table.Requests; r++)
            Array.Fill(UnitRequest, r, FirstUnit[r], FirstUnit[r + 1] - FirstUnit[r]);
        Option = new int[units];
        Array.Fill(Option, -1);
        Seats = new int[units];
        UnservedSeats = (int[])table.Size.Clone();
        (_firstInRow, _nextInRow, _previousInRow) = (new int[table.FirstRows], new int[units], new int[units]);
        Array.Fill(_firstInRow, -1);
    }

    private Incumbent(Incumbent other, Usage usage)
    {
        (Table, Usage, FirstUnit, UnitRequest, Option, Seats, UnservedSeats) =
            (other.Table, usage, other.FirstUnit, other.UnitRequest, other.Option, other.Seats, other.UnservedSeats);
        (_firstInRow, _nextInRow, _previousInRow, Previous) = (other._firstInRow, other._nextInRow, other._previousInRow, other.Previous);
    }

    public OptionTable Table { get; }

    public Usage Usage { get; private set; }

    /// <summary>Units of request r are FirstUnit[r] up to FirstUnit[r + 1].</summary>
    public int[] FirstUnit { get; }

    public int[] UnitRequest { get; }

    /// <summary>Option of each unit, −1 for none.</summary>
    public int[] Option { get; }

    public int[] Seats { get; }

    /// <summary>Seats of each request that are not served.</summary>
    public int[] UnservedSeats { get; }

    /// <summary>The assignment of an earlier plan; null in a cold start.</summary>
    public PreviousAssignment? Previous { get; set; }

    /// <summary>The same plan with a usage of its own, for work on one component beside others. Only units of that component may be changed through
    /// it.</summary>
    public Incumbent View(Usage usage) => new(this, usage);

    /// <summary>Computes the usage again after work through views.</summary>
    public void RecomputeUsage()
    {
        Array.Copy(Table.Capacity, Usage.Free, Table.Rows);
        for (var unit = 0; unit < Option.Length; unit++)
        {
            if (Option[unit] >= 0)
                Usage.Take(UnitRequest[unit], Option[unit], Seats[unit]);
        }
    }

    public void Place(int unit, int option, int seats)
    {
        var request = UnitRequest[unit];
        Usage.Take(request, option, seats);
        (Option[unit], Seats[unit]) = (option, seats);
        UnservedSeats[request] -= seats;
        if (TakesNothing(option))
            return;
        var row = Table.Row[option];
        var next = _firstInRow[row];
        (_nextInRow[unit], _previousInRow[unit], _firstInRow[row]) = (next, -1, unit);
        if (next >= 0)
            _previousInRow[next] = unit;
    }

    public void Remove(int unit)
    {
        var (request, option, seats) = (UnitRequest[unit], Option[unit], Seats[unit]);
        Usage.Return(request, option, seats);
        UnservedSeats[request] += seats;
        Option[unit] = -1;
        if (TakesNothing(option))
            return;
        var (next, previous) = (_nextInRow[unit], _previousInRow[unit]);
        if (previous >= 0)
            _nextInRow[previous] = next;
        else
            _firstInRow[Table.Row[option]] = next;
        if (next >= 0)
            _previousInRow[next] = previous;
    }

    /// <summary>The first placed unit that begins in a row, −1 for none; <see cref="Next"/> gives the others.</summary>
    public int FirstIn(int row) => _firstInRow[row];

    public int Next(int unit) => _nextInRow[unit];

    /// <summary>Whether the request could have more parts than there are units for.</summary>
    public bool IsPartCountCapped(int request) => Table.IsSplit(request) && Parts(Table, request) > MostParts;

    /// <summary>A unit of the request that has no option, −1 when all have.</summary>
    public int FreeUnit(int request)
    {
        for (var unit = FirstUnit[request]; unit < FirstUnit[request + 1]; unit++)
        {
            if (Option[unit] < 0)
                return unit;
        }
        return -1;
    }

    public double NetValue(int unit)
    {
        var request = UnitRequest[unit];
        return Seats[unit] == Table.Size[request] ? Table.NetValue[Option[unit]] : Table.NetValue[Option[unit]] * Seats[unit] / Table.Size[request];
    }

    /// <summary>Net value of all placed units, added in the order of the requests.</summary>
    public double Value()
    {
        var sum = 0.0;
        for (var unit = 0; unit < Option.Length; unit++)
        {
            if (Option[unit] >= 0)
                sum += NetValue(unit);
        }
        return sum;
    }

    /// <summary>Sum of the values of served mandatory requests; parts count in proportion.</summary>
    public double MandatoryValue()
    {
        var sum = 0.0;
        for (var r = 0; r < Table.Requests; r++)
        {
            if (Table.Service[r] == ServiceClass.Mandatory)
                sum += Table.Size[r] == UnservedSeats[r] && Table.Size[r] > 0 ? 0 : ServedShare(r) * Table.Value[r];
        }
        return sum;
    }

    /// <summary>Share of a request that is served, 0 to 1.</summary>
    public double ServedShare(int request)
    {
        if (Table.Size[request] > 0)
            return (Table.Size[request] - UnservedSeats[request]) / (double)Table.Size[request];
        return IsServed(request) ? 1 : 0;
    }

    public bool IsServed(int request) =>
        Table.Size[request] > 0 ? UnservedSeats[request] == 0 : FirstUnit[request + 1] > FirstUnit[request] && Option[FirstUnit[request]] >= 0;

    public (int[] Option, int[] Seats) Snapshot() => ((int[])Option.Clone(), (int[])Seats.Clone());

    public void Restore((int[] Option, int[] Seats) snapshot)
    {
        for (var unit = 0; unit < Option.Length; unit++)
        {
            if (Option[unit] >= 0 && (Option[unit] != snapshot.Option[unit] || Seats[unit] != snapshot.Seats[unit]))
                Remove(unit);
        }
        for (var unit = 0; unit < Option.Length; unit++)
        {
            if (snapshot.Option[unit] >= 0 && Option[unit] < 0)
                Place(unit, snapshot.Option[unit], snapshot.Seats[unit]);
        }
    }

    private static int Units(OptionTable table, int r)
    {
        var options = table.FirstOption[r + 1] - table.FirstOption[r];
        return options == 0 ? 0 : table.MinPart[r] == 0 ? 1 : Math.Min(MostParts, Parts(table, r));
    }

    private static int Parts(OptionTable table, int r) => Math.Min(table.FirstOption[r + 1] - table.FirstOption[r], table.Size[r] / table.MinPart[r]);

    // An option that takes nothing is in no row's list: several components would change one list at once.
    private bool TakesNothing(int option) => Table.Profiles.Span[Table.Profile[option]] == 0;
}
