using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Request = Scheduler.Domain.Request;

namespace Scheduler.Tests;

/// <summary>A small random season of two pools and three schools, with the cut that the ledger would give, and the states of the schools.</summary>
internal sealed class PlanSeason
{
    public static readonly Instant Now = Instant.FromUtc(2027, 1, 4, 12, 0);

    public static readonly PlanScope Scope = new(
        [PoolId.Of("half"), PoolId.Of("office")], Instant.FromUtc(2027, 1, 18, 14, 0), Instant.FromUtc(2027, 1, 21, 20, 0), 30, MovesBookings: true);

    private static readonly LocalDate _monday = new(2027, 1, 18);
    private readonly Random _random;
    private readonly Dictionary<SlotHour, int> _capacity = [];
    private readonly Dictionary<SlotHour, int> _booked = [];
    private readonly Dictionary<SlotHour, int> _held = [];
    private readonly List<Request> _requests = [];
    private readonly List<Booking> _bookings = [];
    private readonly List<Hold> _holds = [];
    private readonly Dictionary<InstitutionId, List<Pack>> _packs = [];

    public PlanSeason(int seed, Catalogue? catalogue = null)
    {
        _random = new(seed);
        Catalogue = catalogue ?? MakeCatalogue();
    }

    public Catalogue Catalogue { get; private set; }

    public IReadOnlyList<Request> Requests => _requests;

    public static PlanSeason Random(int seed)
    {
        var season = new PlanSeason(seed);
        season.Fill();
        return season;
    }

    public SeasonCut Cut() => new()
    {
        Mark = new([]),
        Catalogue = Catalogue,
        Requests = [.. _requests.OrderBy(request => request.Sequence)],
        Bookings = _bookings.ToImmutableDictionary(booking => booking.Id),
        Seated =
        [
            .. _bookings.Select(booking => Block(booking.Id.Value, booking.Sitting))
                .Concat(_holds.Where(hold => hold.IsLive(Now)).Select(hold => Block(hold.Id.Value, hold.Sitting))).OrderBy(block => block.Id),
        ],
        Slots =
        [
            .. _capacity.OrderBy(slot => slot.Key)
                .Select(slot => new SlotTaken(slot.Key, slot.Value, _booked.GetValueOrDefault(slot.Key), _held.GetValueOrDefault(slot.Key))),
        ],
        Packs = _packs.ToImmutableDictionary(packs => packs.Key, packs => packs.Value.ToImmutableArray()),
    };

    /// <summary>The schools and slots as an application of the plan would find them.</summary>
    public PlanBasis Basis() => new(
        Catalogue,
        Catalogue.Institutions.Keys.ToDictionary(id => id, StateOf),
        _capacity.ToDictionary(
            slot => slot.Key,
            slot => new SlotFigures(slot.Value, slot.Value - _booked.GetValueOrDefault(slot.Key) - _held.GetValueOrDefault(slot.Key))),
        Now)
    {
        Requests = _requests.ToDictionary(request => request.Id),
    };

    public void Capacity(PoolId pool, Instant from, int hours, int seats)
    {
        for (var hour = 0; hour < hours; hour++)
            _capacity[new(pool, SlotMinutes.Of(from) + (60 * hour))] = seats;
    }

    public void Buy(InstitutionId school, int quantity, LocalDate day)
    {
        if (!_packs.TryGetValue(school, out var packs))
            _packs.Add(school, packs = []);
        packs.Add(new(PackId.New(), "MOS", quantity, day, 0));
    }

    public Request Ask(Request request)
    {
        request = request with { Sequence = _requests.Count + 1 };
        _requests.Add(request);
        return request;
    }

    /// <summary>Books without looking at limits; null when vouchers are short or a slot is full.</summary>
    public Booking? Book(
        InstitutionId school, ExamId exam, PoolId pool, Instant start, int seats, DeliveryMode mode, ImmutableArray<Accommodation> groups = default)
    {
        if (SittingOf(school, exam, pool, start, seats, mode, groups.IsDefault ? [] : groups) is not { } sitting)
            return null;
        var booking = new Booking { Id = BookingId.New(), Sitting = sitting };
        Take(sitting, _booked);
        _bookings.Add(booking);
        return booking;
    }

    public void Hold(InstitutionId school, ExamId exam, PoolId pool, Instant start, int seats, DeliveryMode mode, bool isLive)
    {
        if (SittingOf(school, exam, pool, start, seats, mode, []) is not { } sitting)
            return;
        // The ledger gives the vouchers of a lapsed hold back in the cut.
        var held = isLive ? sitting : sitting with { Vouchers = [] };
        _holds.Add(new() { Id = HoldId.New(), Sitting = held, ExpiresAt = Now + Duration.FromMinutes(isLive ? 5 : -5) });
        if (isLive)
            Take(sitting, _held);
    }

    public static Request Wish(InstitutionId school, int seats, Instant preferred, params ImmutableArray<RequestWindow> windows) => new()
    {
        Id = RequestId.New(),
        Institution = school,
        Exam = ExamId.Of("short"),
        Pool = PoolId.Of("office"),
        PreferredStart = preferred,
        Seats = seats,
        Profile = new([seats]),
        Mode = DeliveryMode.Lab,
        Windows = windows,
    };

    public static InstitutionId School(int number) => InstitutionId.Of($"school-{number}");

    private static SeatedBlock Block(Guid id, Sitting sitting) =>
        new(id, sitting.Institution, sitting.Pool, SlotMinutes.Of(sitting.Start), sitting.Profile, sitting.Mode);

    private InstitutionState StateOf(InstitutionId id) => InstitutionState.Restore(
        _bookings.Where(booking => booking.Sitting.Institution == id), _holds.Where(hold => hold.Sitting.Institution == id && hold.IsLive(Now)),
        _requests.Where(request => request.Institution == id && request.Status == RequestStatus.Queued), _packs.GetValueOrDefault(id, []), 0);

    private Catalogue MakeCatalogue()
    {
        var catalogue = Catalogue.Empty.With(new PolicyEntry(Policy.Default with { CandidatesPerProctor = 8 }), 1);
        foreach (var (id, zone) in new[] { ("office", "America/Toronto"), ("half", "America/St_Johns") })
            catalogue = catalogue.With(new Pool(PoolId.Of(id), id, DateTimeZoneProviders.Tzdb[zone], id), 1);
        foreach (var (id, minutes) in new[] { ("short", 50), ("long", 100) })
        {
            catalogue = catalogue.With(
                new Exam
                {
                    Id = ExamId.Of(id), Programme = "MOS", Name = id, Minutes = minutes, CheckInMinutes = 5, ResetMinutes = 5,
                    Pools = [PoolId.Of("office"), PoolId.Of("half")], Modes = [DeliveryMode.Lab, DeliveryMode.Online],
                }, 1);
        }

        for (var number = 1; number <= 3; number++)
        {
            var zone = DateTimeZoneProviders.Tzdb[_random.Next(2) == 0 ? "America/Toronto" : "America/St_Johns"];
            catalogue = catalogue.With(
                new InstitutionEntry(new()
                {
                    Id = School(number), Name = "s", Zone = zone, LabSeats = _random.Next(5, 21), Proctors = _random.Next(3),
                    Onboarding = Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab | Onboarding.ItOnline,
                }), 1);
        }

        return catalogue;
    }

    private void Fill()
    {
        var first = Instant.FromUtc(2027, 1, 17, 12, 0);
        foreach (var (pool, half) in new[] { ("office", 0), ("half", 30) })
        {
            for (var hour = 0; hour < 140; hour++)
                Capacity(PoolId.Of(pool), first + Duration.FromMinutes((60 * hour) + half), 1, _random.Next(4) == 0 ? 0 : _random.Next(1, 20));
        }

        foreach (var school in Catalogue.Institutions.Keys.OrderBy(id => id.Text))
        {
            // Small packs, of which some begin or end in the scope: so vouchers are often short, and it matters who takes which.
            for (var pack = _random.Next(1, 6); pack > 0; pack--)
                Buy(school, _random.Next(3, 25), AnyPurchase());
            for (var i = _random.Next(4); i > 0; i--)
                Book(school, AnyExam(), AnyPool(), AnyStart(), _random.Next(1, 12), AnyMode());
            for (var i = _random.Next(5); i > 0; i--)
                Hold(school, AnyExam(), AnyPool(), AnyStart(), _random.Next(1, 12), AnyMode(), _random.Next(2) == 0);
            for (var i = _random.Next(9); i > 0; i--)
                AskAny(school);
        }

        // Machines broke, and proctors left.
        foreach (var slot in _capacity.Keys.Where(_ => _random.Next(12) == 0).ToList())
            _capacity[slot] /= 2;
        if (_random.Next(4) == 0)
            Catalogue = Catalogue.With(new InstitutionEntry(Catalogue.Institutions[School(1)].Value with { LabSeats = 3 }), 2);
    }

    private void AskAny(InstitutionId school)
    {
        var seats = _random.Next(1, 16);
        var extra = Math.Min(seats, _random.Next(4));
        var request = Wish(school, seats, AnyStart(), AnyWindow(), AnyWindow()) with
        {
            Exam = AnyExam(),
            Pool = AnyPool(),
            Mode = AnyMode(),
            Weight = _random.Next(1, 4),
            MinGroup = _random.Next(2) == 0 ? null : _random.Next(1, 6),
            Accommodations = extra == 0 ? [] : [new(extra, _random.Next(2) == 0 ? 25 : 100)],
        };
        if (_random.Next(3) == 0)
        {
            var institution = Catalogue.Institutions[school].Value;
            var starts = RequestCandidates.Of(request, institution, Catalogue, Now);
            if (starts.IsEmpty || Book(school, request.Exam, request.Pool, starts[_random.Next(starts.Length)], seats, request.Mode, request.Accommodations)
                is not { } booking)
                return;
            request = request with { Status = RequestStatus.Placed, PlacedSeats = seats, Booking = booking.Id, Bookings = [booking.Id] };
        }

        Ask(request);
    }

    /// <summary>Of three packs, one ends in the scope, one begins in the scope, and one is valid in all of it.</summary>
    private LocalDate AnyPurchase() => _random.Next(3) switch
    {
        0 => _monday.PlusYears(-1).PlusDays(_random.Next(-1, 4)),
        1 => _monday.PlusDays(_random.Next(-1, 4)),
        _ => new(2026, 9, 1),
    };

    private RequestWindow AnyWindow()
    {
        var (day, minute) = (_random.Next(-3, 4), _random.Next(0, 1200));
        return new(_monday.PlusDays(day), _monday.PlusDays(day + _random.Next(4)), [], minute, Math.Min(1440, minute + _random.Next(60, 700)));
    }

    private ExamId AnyExam() => ExamId.Of(_random.Next(2) == 0 ? "short" : "long");

    private PoolId AnyPool() => PoolId.Of(_random.Next(3) == 0 ? "half" : "office");

    private DeliveryMode AnyMode() => _random.Next(2) == 0 ? DeliveryMode.Lab : DeliveryMode.Online;

    private Instant AnyStart() => Instant.FromUtc(2027, 1, 18, 0, 0) + Duration.FromHours(_random.Next(100));

    private Sitting? SittingOf(
        InstitutionId school, ExamId exam, PoolId pool, Instant start, int seats, DeliveryMode mode, ImmutableArray<Accommodation> groups)
    {
        var grid = Catalogue.Pools[pool].Value.Grid;
        start = grid.FirstAtOrAfter(start);
        var terms = ExamTerms.Of(Catalogue.Exams[exam].Value);
        var day = LeadTime.Day(start, Catalogue.Institutions[school].Value.Zone);
        var profile = BlockLength.Profile(terms, seats, groups);
        if (Vouchers.Draw(_packs.GetValueOrDefault(school, []), "MOS", day, seats) is not { } draws)
            return null;
        for (var k = 0; k < profile.Slots; k++)
        {
            var slot = new SlotHour(pool, SlotMinutes.Of(start) + (60 * k));
            if (_booked.GetValueOrDefault(slot) + _held.GetValueOrDefault(slot) + profile[k] > _capacity.GetValueOrDefault(slot))
                return null;
        }

        return new()
        {
            Institution = school, Exam = exam, Pool = pool, Start = start, Seats = seats, Mode = mode, Terms = terms, Profile = profile, Vouchers = draws,
            Accommodations = groups,
        };
    }

    private void Take(Sitting sitting, Dictionary<SlotHour, int> seats)
    {
        for (var k = 0; k < sitting.Profile.Slots; k++)
            seats[sitting.Slot(k)] = seats.GetValueOrDefault(sitting.Slot(k)) + sitting.Profile[k];
        var packs = _packs[sitting.Institution];
        foreach (var draw in sitting.Vouchers)
        {
            var index = packs.FindIndex(pack => pack.Id == draw.Pack);
            packs[index] = packs[index] with { Taken = packs[index].Taken + draw.Vouchers };
        }
    }
}
