namespace Scheduler.Solver;

/// <summary>Seats served and seats asked for, by institution. An institution with a request that may be split has no figure that is certain.</summary>
internal sealed class ServedSeats
{
    private readonly Dictionary<string, (long Served, long Asked)> _seats = [];
    private readonly HashSet<string> _uncertain = [];

    public ServedSeats(Instance instance, Plan plan)
    {
        var institutionOf = new Dictionary<string, string>();
        foreach (var request in instance.Requests)
        {
            institutionOf.Add(request.Id, request.Institution);
            if (request.Candidates.Count == 0)
                continue;
            var (served, asked) = _seats.GetValueOrDefault(request.Institution);
            _seats[request.Institution] = (served, asked + PlanRoom.SizeOf(request));
            if (request.MinGroup is not null)
                _uncertain.Add(request.Institution);
        }

        foreach (var row in plan.Assignments)
        {
            var (served, asked) = _seats[institutionOf[row.Request]];
            _seats[institutionOf[row.Request]] = (served + row.Seats, asked);
        }
    }

    /// <summary>Whether the two ratios only change places when seats go from one institution to another. Then the list of all ratios stays as it is.</summary>
    public bool MayChange(string to, string from, int seats)
    {
        if (_uncertain.Contains(to) || _uncertain.Contains(from))
            return false;
        var ((servedTo, askedTo), (servedFrom, askedFrom)) = (_seats[to], _seats[from]);
        return (servedTo + seats) * askedFrom == servedFrom * askedTo && (servedFrom - seats) * askedTo == servedTo * askedFrom;
    }

    public void Change(string to, string from, int seats)
    {
        _seats[to] = (_seats[to].Served + seats, _seats[to].Asked);
        _seats[from] = (_seats[from].Served - seats, _seats[from].Asked);
    }
}
