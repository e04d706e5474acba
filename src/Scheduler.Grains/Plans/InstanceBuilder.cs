using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Builds the instance of a cut: see <see cref="PlanInstance"/>.</summary>
internal sealed class InstanceBuilder(SeasonCut cut, PlanScope scope, Instant now)
{
    private readonly InstancePools _names = new(cut.Slots);
    private readonly Policy _policy = cut.Catalogue.Policy.Value;
    private readonly Dictionary<InstitutionId, VoucherDealing> _vouchers = [];
    private readonly List<PlanInstanceRow> _open = [];
    private readonly List<PlanInstanceRow> _booked = [];
    private readonly Dictionary<string, Solver.Request> _requests = [];
    private readonly Dictionary<SlotHour, int> _own = [];
    private long _candidates;
    private readonly ImmutableArray<PlanLeftOut>.Builder _leftOut = ImmutableArray.CreateBuilder<PlanLeftOut>();
    private readonly ImmutableArray<(Request, Booking)>.Builder _elsewhere = ImmutableArray.CreateBuilder<(Request, Booking)>();

    /// <summary>The most candidates of an instance.</summary>
    public int MostCandidates { get; init; } = Domain.Limits.PlanCandidates;

    /// <summary>The limit against which a mode counts.</summary>
    public static Solver.LimitKind KindOf(DeliveryMode mode) => mode == DeliveryMode.Lab ? Solver.LimitKind.Lab : Solver.LimitKind.Proctors;

    public PlanInstance Build()
    {
        foreach (var request in cut.Requests)
        {
            if (cut.Catalogue.Institutions.TryGetValue(request.Institution, out var institution)
                && cut.Catalogue.Exams.TryGetValue(request.Exam, out var exam))
                Add(request, institution.Value, ExamTerms.Of(exam.Value));
        }

        PlanInstanceRow[] rows = [.. _open, .. _booked.OrderBy(row => row.Id, StringComparer.Ordinal)];
        List<Solver.Request> requests = [.. rows.Select(row => _requests[row.Id])];
        var pools = Pools(requests);
        var institutions = requests.Select(request => request.Institution).Distinct().Order(StringComparer.Ordinal)
            .Select(id => cut.Catalogue.Institutions[InstitutionId.Of(id)].Value).ToList();
        var limits = Limits(institutions);
        var standing = cut.Seated.Where(block => !_requests.ContainsKey(block.Id.ToString("D")));
        StandingSeats.Add(standing, limits, requests, pools);
        return new()
        {
            Instance = new()
            {
                Name = $"{string.Join(", ", scope.Pools)} {scope.From}/{scope.To}",
                SlotMinutes = SlotHour.LengthMinutes,
                Pools = pools,
                Institutions = [.. institutions.Select(institution => Of(institution, limits))],
                Requests = requests,
            },
            Rows = rows.Select((row, index) => row with { Index = index }).ToImmutableDictionary(row => row.Id),
            IsTooLarge = _candidates > MostCandidates,
            LeftOut = _leftOut.ToImmutable(),
            Elsewhere = _elsewhere.ToImmutable(),
            Days = PlanDays.Of(cut, scope),
            Scope = scope,
            Cut = cut,
        };
    }

    private static Solver.Institution Of(Institution institution, Dictionary<(string, Solver.LimitKind), int> limits) => new(
        institution.Id.Text,
        [
            new(Solver.LimitKind.Lab, limits[(institution.Id.Text, Solver.LimitKind.Lab)]),
            new(Solver.LimitKind.Proctors, limits[(institution.Id.Text, Solver.LimitKind.Proctors)]),
        ]);

    private static bool IsInScope(PlanScope scope, Instant start) => scope.From <= start && start < scope.To;

    private Dictionary<(string, Solver.LimitKind), int> Limits(List<Institution> institutions)
    {
        var limits = new Dictionary<(string, Solver.LimitKind), int>();
        foreach (var institution in institutions)
        {
            foreach (var mode in Enum.GetValues<DeliveryMode>())
            {
                var limit = Supervision.Limit(institution, mode, _policy);
                limits[(institution.Id.Text, KindOf(mode))] = Math.Clamp(limit, 0, Solver.SizeLimits.Seats);
            }
        }

        return limits;
    }

    private void Add(Request request, Institution institution, ExamTerms terms)
    {
        var starts = Starts(request, institution);
        var bookings = request.Bookings.Select(id => cut.Bookings.GetValueOrDefault(id)).OfType<Booking>().ToList();
        var confirmed = bookings.FindAll(booking => booking.Status == BookingStatus.Confirmed);
        var open = request.Status == RequestStatus.Queued ? request.Seats - request.PlacedSeats : 0;
        if (starts.IsEmpty && !confirmed.Exists(IsIn))
        {
            if (open > 0 && IsHeldUpByReadiness(request, institution))
                _leftOut.Add(new(request, open, "not_ready"));
            return;
        }

        foreach (var booking in confirmed)
        {
            if (IsIn(booking))
                AddBooking(request, booking, institution, terms);
            else
                _elsewhere.Add((request, booking));
        }

        if (open == 0 || starts.IsEmpty)
            return;
        // No part may be smaller than the smallest group. So a smaller rest can only join a part that sits, and a plan makes no part larger.
        if (request.PlacedSeats > 0 && open < request.MinGroup)
            _leftOut.Add(new(request, open, "below_min_group"));
        else
            AddOpen(request, institution, terms, open, PartAccommodations.Rest(request, bookings, open), starts);
    }

    private bool IsIn(Booking booking) => IsInScope(scope, booking.Sitting.Start) && scope.Pools.Contains(booking.Sitting.Pool);

    private ImmutableArray<Instant> Starts(Request request, Institution institution)
    {
        // Only the scope's days are worked out.
        var (first, last) = (LeadTime.Day(scope.From, institution.Zone), LeadTime.Day(scope.To, institution.Zone));
        var windows = request.Windows.Where(window => window.From <= last && window.To >= first)
            .Select(window => window with { From = LocalDate.Max(window.From, first), To = LocalDate.Min(window.To, last) });
        return
        [
            .. RequestCandidates.Of(request with { Windows = [.. windows] }, institution, cut.Catalogue, now).Where(start => IsInScope(scope, start)),
        ];
    }

    private bool IsHeldUpByReadiness(Request request, Institution institution)
    {
        const Onboarding all = Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab | Onboarding.ItOnline;
        return !institution.Open(request.Mode).IsEmpty
            && !Starts(request, institution with { Onboarding = all, Proctors = Math.Max(1, institution.Proctors) }).IsEmpty;
    }

    private void AddOpen(
        Request request, Institution institution, ExamTerms terms, int open, ImmutableArray<Accommodation> groups, ImmutableArray<Instant> starts)
    {
        if (!_vouchers.TryGetValue(institution.Id, out var dealing))
            _vouchers.Add(institution.Id, dealing = new(cut.Packs.GetValueOrDefault(institution.Id, [])));
        LocalDate[] dayOf = [.. starts.Select(start => LeadTime.Day(start, institution.Zone))];
        var days = dayOf.ToImmutableSortedSet();
        var all = days.Count;
        var seats = dealing.Deal(terms.Programme, open, request.MinGroup, ref days, out var missing);
        if (seats < open)
            _leftOut.Add(new(request, open - seats, "vouchers_short") { VouchersShort = missing });
        if (seats == 0)
            return;
        var row = new PlanInstanceRow
        {
            Request = request,
            Index = -1,
            Seats = seats,
            Accommodations = seats == open ? groups : PartAccommodations.Of(terms, open, groups, [seats])[0],
            Terms = terms,
        };
        var profile = BlockLength.Profile(terms, seats, row.Accommodations);
        _open.Add(row);
        _requests.Add(row.Id, new()
        {
            Id = row.Id,
            Institution = institution.Id.Text,
            Value = (double)request.Weight * seats,
            Limit = KindOf(request.Mode),
            MinGroup = request.MinGroup,
            Candidates = Candidates(row, request.Pool, profile, days.Count == all ? starts : [.. starts.Where((_, i) => days.Contains(dayOf[i]))]),
        });
    }

    private void AddBooking(Request request, Booking booking, Institution institution, ExamTerms terms)
    {
        var sitting = booking.Sitting;
        var row = new PlanInstanceRow
        {
            Request = request, Booking = booking, Index = -1, Seats = sitting.Seats, Accommodations = sitting.Accommodations, Terms = sitting.Terms,
        };
        for (var k = 0; k < sitting.Profile.Slots; k++)
            _own[sitting.Slot(k)] = _own.GetValueOrDefault(sitting.Slot(k)) + sitting.Profile[k];
        var starts = scope.MovesBookings && sitting.Terms == terms ? StartsOf(request, booking, institution) : [];
        var isMovable = starts.Contains(sitting.Start) && LeadTime.DaysGiven(sitting.Start, now, institution.Zone) >= _policy.CancelCutoffDays;
        _booked.Add(row);
        _requests.Add(row.Id, new()
        {
            Id = row.Id,
            Institution = institution.Id.Text,
            // A booking that may not move carries no aim.
            Value = isMovable ? (double)request.Weight * sitting.Seats : 0,
            Limit = KindOf(sitting.Mode),
            Current = new(isMovable ? starts.IndexOf(sitting.Start) : 0, isMovable, isMovable ? MoveCost(request, sitting.Seats) : 0),
            Candidates = isMovable
                ? Candidates(row, sitting.Pool, sitting.Profile, starts)
                : [new(_names.NameOf(sitting.Pool, SlotMinutes.Of(sitting.Start)), sitting.Start, [.. sitting.Profile.Seats], 0)],
        });
    }

    /// <summary>The starts to which a booking may move. It keeps its vouchers, so all of them must be valid on the exam day.</summary>
    private ImmutableArray<Instant> StartsOf(Request request, Booking booking, Institution institution)
    {
        var sitting = booking.Sitting;
        var packs = cut.Packs.GetValueOrDefault(institution.Id, []).Where(pack => sitting.Vouchers.Any(draw => draw.Pack == pack.Id)).ToList();
        return
        [
            .. Starts(request with { Seats = sitting.Seats, Accommodations = sitting.Accommodations, Pool = sitting.Pool }, institution)
                .Where(start => packs.TrueForAll(pack => pack.IsValidOn(LeadTime.Day(start, institution.Zone)))),
        ];
    }

    private List<Solver.Candidate> Candidates(PlanInstanceRow row, PoolId pool, SeatProfile profile, IReadOnlyCollection<Instant> starts)
    {
        // An instance that is too large is not solved, so its further candidates are not made.
        _candidates += starts.Count;
        if (_candidates > MostCandidates)
            return [];
        int[] seats = [.. profile.Seats];
        return [.. starts.Select(start => new Solver.Candidate(_names.NameOf(pool, SlotMinutes.Of(start)), start, seats, Cost(row, start)))];
    }

    /// <summary>R11: the loss by displacement, at most half of the value.</summary>
    private double Cost(PlanInstanceRow row, Instant start) =>
        row.Seats * Math.Min(row.DisplacementHours(start) * _policy.DisplacementPerMille / 1_000, row.Request.Weight / 2.0);

    /// <summary>R11: the loss by a move, at most a quarter of the value.</summary>
    private double MoveCost(Request request, int seats) => seats * Math.Min(_policy.MovePerMille / 1_000.0, request.Weight / 4.0);

    private List<Solver.Pool> Pools(List<Solver.Request> requests)
    {
        var slots = cut.Slots.ToLookup(slot => _names.NameOf(slot.Slot.Pool, slot.Slot.Minutes));
        var used = requests.SelectMany(request => request.Candidates).Select(candidate => candidate.Pool);
        return
        [
            .. slots.Select(pool => pool.Key).Concat(used).Distinct().Order(StringComparer.Ordinal)
                .Select(name => new Solver.Pool(name, [.. slots[name].Select(slot => new Solver.PoolSlot(slot.Slot.Start, Room(slot)))])),
        ];
    }

    /// <summary>The seats of a slot that are left for the bookings of the instance and for requests.</summary>
    private int Room(SlotTaken slot) => Math.Max(0, slot.Capacity - (slot.Booked - _own.GetValueOrDefault(slot.Slot)) - slot.Held);
}
