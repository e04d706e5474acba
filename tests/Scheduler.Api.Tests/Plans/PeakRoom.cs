using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// The room of the peak, added up by the test alone: seats of slots, workstations and proctors of schools at every instant, and vouchers. The test shares no
/// code with the server here.
/// </summary>
public sealed class PeakRoom
{
    private static readonly Duration _hour = Duration.FromHours(1);
    private readonly Dictionary<(string Pool, Instant Start), int> _free = [];
    private readonly Dictionary<(string School, string Mode), List<(Instant Start, int[] Profile)>> _sat = [];
    private readonly Dictionary<string, int> _vouchers = [];
    private readonly Dictionary<string, PeakSchool> _schools;

    public PeakRoom(IEnumerable<PeakSchool> schools)
    {
        _schools = schools.ToDictionary(school => school.Id);
        foreach (var school in _schools.Values)
            _vouchers[school.Id] = school.Vouchers;
    }

    /// <summary>The free seats of the slots.</summary>
    public IReadOnlyDictionary<(string Pool, Instant Start), int> Free => _free;

    public void Open(string pool, Instant start, int capacity) => _free[(pool, start)] = capacity;

    public int FreeAt(string pool, Instant start) => _free.GetValueOrDefault((pool, start));

    /// <summary>What keeps the seats from fitting; null when they fit.</summary>
    public string? Fault(string school, string pool, string mode, Instant start, int[] profile, int seats)
    {
        for (var k = 0; k < profile.Length; k++)
        {
            if (profile[k] > FreeAt(pool, start + (_hour * k)))
                return $"{pool} {start + (_hour * k)} has {FreeAt(pool, start + (_hour * k))} free of {profile[k]}";
        }

        var most = Most(school, mode);
        var instants = Sat(school, mode).SelectMany(block => block.Profile.Select((_, k) => block.Start + (_hour * k)))
            .Concat(profile.Select((_, k) => start + (_hour * k))).Distinct();
        foreach (var at in instants)
        {
            if (SeatsAt(Sat(school, mode), at) + SeatsAt([(start, profile)], at) > most)
                return $"{school} has {most} {mode} seats at {at}";
        }

        return seats > _vouchers[school] ? $"{school} has {_vouchers[school]} vouchers" : null;
    }

    /// <summary>The seats of a mode that a school could still take in an hour. The other pool's hours begin half an hour later.</summary>
    public int LimitFreeAt(string school, string mode, Instant hour) => Most(school, mode)
        - new[] { hour, hour + Duration.FromMinutes(30) }.Max(at => SeatsAt(Sat(school, mode), at));

    /// <summary>The vouchers that a school has left.</summary>
    public int Vouchers(string school) => _vouchers[school];

    public void Take(string school, string pool, string mode, Instant start, int[] profile, int seats)
    {
        for (var k = 0; k < profile.Length; k++)
            _free[(pool, start + (_hour * k))] = FreeAt(pool, start + (_hour * k)) - profile[k];
        Sat(school, mode).Add((start, profile));
        _vouchers[school] -= seats;
    }

    private int Most(string school, string mode) => mode == "lab" ? _schools[school].LabSeats : _schools[school].Proctors * 20;

    private List<(Instant Start, int[] Profile)> Sat(string school, string mode)
    {
        if (!_sat.TryGetValue((school, mode), out var sat))
            _sat.Add((school, mode), sat = []);
        return sat;
    }

    /// <summary>The seats of blocks at an instant. A block's k-th hour runs from its start + k hours.</summary>
    private static int SeatsAt(IEnumerable<(Instant Start, int[] Profile)> blocks, Instant at) => blocks.Sum(block =>
    {
        var hour = (int)Math.Floor((at - block.Start).TotalHours);
        return hour >= 0 && hour < block.Profile.Length ? block.Profile[hour] : 0;
    });
}
