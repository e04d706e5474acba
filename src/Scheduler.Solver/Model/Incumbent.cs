namespace Scheduler.Solver;

/// <summary>The plan in the making: which option each unit has. A request that stays whole is one unit; one that may be split has a unit for each part it may
/// have. Always feasible, but for what already sat in overfull rows.</summary>
internal sealed class Incumbent
{
    /// <summary>Parts a request may be split into at most.</summary>
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
        Left = (int[])table.Size.Clone();
        (_firstInRow, _nextInRow, _previousInRow) = (new int[table.FirstRows], new int[units], new int[units]);
        Array.Fill(_firstInRow, -1);
    }

    private Incumbent(Incumbent other, Usage usage)
    {
        (Table, Usage, FirstUnit, UnitRequest, Option, Seats, Left) =
            (other.Table, usage, other.FirstUnit, other.UnitRequest, other.Option, other.Seats, other.Left);
        (_firstInRow, _nextInRow, _previousInRow, Homes) = (other._firstInRow, other._nextInRow, other._previousInRow, other.Homes);
    }

    public OptionTable Table { get; }

    public Usage Usage { get; private set; }

    /// <summary>Units of request r are FirstUnit[r] up to FirstUnit[r + 1].</summary>
    public int[] FirstUnit { get; }

    public int[] UnitRequest { get; }

    /// <summary>Option of each unit, −1 for none.</summary>
    public int[] Option { get; }

    public int[] Seats { get; }

    /// <summary>Seats of each request that no unit has.</summary>
    public int[] Left { get; }

    /// <summary>Where an earlier plan had things; null when there is none.</summary>
    public Homes? Homes { get; set; }

    /// <summary>The same plan, with a room of its own: for one block's work beside others'. Only rows of that block may be touched through it.</summary>
    public Incumbent View(Usage usage) => new(this, usage);

    /// <summary>Adds the room up anew after views have worked.</summary>
    public void Recount()
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
        Left[request] -= seats;
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
        Left[request] += seats;
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

    /// <summary>First placed unit that begins in a row, −1 for none; <see cref="Next"/> goes on.</summary>
    public int FirstIn(int row) => _firstInRow[row];

    public int Next(int unit) => _nextInRow[unit];

    /// <summary>Whether the request could have more parts than there are units for.</summary>
    public bool IsCapped(int request) => Table.IsSplit(request) && Parts(Table, request) > MostParts;

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

    public double Worth(int unit)
    {
        var request = UnitRequest[unit];
        return Seats[unit] == Table.Size[request] ? Table.Worth[Option[unit]] : Table.Worth[Option[unit]] * Seats[unit] / Table.Size[request];
    }

    /// <summary>Net value of all that is placed, added in the order of the requests.</summary>
    public double Value()
    {
        var sum = 0.0;
        for (var unit = 0; unit < Option.Length; unit++)
        {
            if (Option[unit] >= 0)
                sum += Worth(unit);
        }
        return sum;
    }

    /// <summary>Σ value of what is mandatory and served, in part for parts.</summary>
    public double MandatoryValue()
    {
        var sum = 0.0;
        for (var r = 0; r < Table.Requests; r++)
        {
            if (Table.Duty[r] == Duty.Mandatory)
                sum += Table.Size[r] == Left[r] && Table.Size[r] > 0 ? 0 : ServedShare(r) * Table.Value[r];
        }
        return sum;
    }

    /// <summary>Share of a request that is served, 0 to 1.</summary>
    public double ServedShare(int request)
    {
        if (Table.Size[request] > 0)
            return (Table.Size[request] - Left[request]) / (double)Table.Size[request];
        return IsServed(request) ? 1 : 0;
    }

    public bool IsServed(int request) =>
        Table.Size[request] > 0 ? Left[request] == 0 : FirstUnit[request + 1] > FirstUnit[request] && Option[FirstUnit[request]] >= 0;

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

    // What takes nothing has no row, so it is in no list: one list for all of it would be written by several blocks at once.
    private bool TakesNothing(int option) => Table.Profiles.Span[Table.Profile[option]] == 0;
}
