using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Checks a wish against the rules, in the order of http-api.md, section 5, and returns the first refusal that applies. The rules of the slots (closed, full,
/// fair share) are not checked here; the slots decide them. Pure: the same basis gives the same decision.
/// </summary>
public static class BookingRules
{
    /// <summary>Decides a new booking, a hold, or a booking that the waitlist offers.</summary>
    public static Decision Decide(BookingWish wish, DecisionBasis basis, WishKind kind) => Decide(wish, basis, kind, before: default);

    /// <summary>Decides a wish. Vouchers among <paramref name="wanted"/> are drawn before others.</summary>
    internal static Decision Decide(
        BookingWish wish, DecisionBasis basis, WishKind kind, SeatProfile before, ImmutableArray<VoucherDraw> wanted = default)
    {
        var (exam, pool, missing) = Find(wish.Exam, wish.Pool, wish.Mode, basis);
        if (exam is null || pool is null)
            return new Decision.Refused(missing!);
        var terms = wish.Terms ?? ExamTerms.Of(exam);
        var profile = BlockLength.Profile(terms, wish.Seats, wish.Accommodations);
        var shortNotice = kind == WishKind.FromWaitlist ? basis.Institution.ShortNoticeDays : null;
        var refusal = OnGrid(pool, wish, profile)
            ?? Ready(basis.Institution, wish.Mode)
            ?? Dates(wish.Start, basis, wish.OverrideReason is not null, shortNotice)
            ?? Collecting(wish.Start, basis)
            ?? Supervise(wish, profile, before, basis);
        if (refusal is not null)
            return new Decision.Refused(refusal);
        if (DrawVouchers(wish, terms, basis, wanted, out var vouchers) is { } shortVouchers)
            return new Decision.Refused(shortVouchers);
        if (kind == WishKind.Hold && HoldsAllow(wish.Seats, basis) is { } tooMany)
            return new Decision.Refused(tooMany);
        var draft = Draft(wish, terms, profile, vouchers, basis) with { Before = before };
        return new Decision.Accepted(kind == WishKind.FromPlan ? draft with { FairShare = null } : draft);
    }

    /// <summary>
    /// Decides a reschedule, under the booking's own terms (R15). The state in the basis must not contain the booking, so the booking's own seats and vouchers
    /// count as free (R4). <paramref name="isSkippedHour"/> has the meaning of <see cref="BookingWish.IsSkippedHour"/>.
    /// </summary>
    public static Decision Reschedule(
        Booking booking, Instant start, string? overrideReason, DecisionBasis basis, bool isSkippedHour = false, WishKind kind = WishKind.Booking) =>
        (Cancellation.Change(booking, basis) ?? Cancellation.Cutoff(booking, basis)) is { } refusal
            ? new Decision.Refused(refusal)
            : KeepingMarks(booking, Decide(
                BookingWish.Of(booking.Sitting, start) with { OverrideReason = overrideReason, IsSkippedHour = isSkippedHour }, basis, kind, before: default,
                kind == WishKind.FromPlan ? booking.Sitting.Vouchers : default));

    /// <summary>
    /// Decides a resize, under the booking's own terms (R15). The state in the basis must not contain the booking. Fewer candidates are always possible until
    /// the sitting begins (R4), within the promised block. Added seats must pass all rules, in the slots to which they are added.
    /// </summary>
    public static Decision Resize(Booking booking, int seats, ImmutableArray<Accommodation> accommodations, string? overrideReason, DecisionBasis basis)
    {
        if (Cancellation.Change(booking, basis) is { } refusal)
            return new Decision.Refused(refusal);
        var promised = booking.Sitting;
        var wish = BookingWish.Of(promised, promised.Start) with { Seats = seats, Accommodations = accommodations, OverrideReason = overrideReason };
        var profile = BlockLength.Profile(promised.Terms, seats, accommodations);
        if (profile.ExceedsAnywhere(promised.Profile) && profile.ExceedsAnywhere(BlockLength.Profile(promised.Terms, promised.Seats, promised.Accommodations)))
            return KeepingMarks(booking, Decide(wish, basis, WishKind.Booking, promised.Profile));
        var vouchers = Cancellation.VouchersOfShrink(booking, seats, basis);
        var draft = Draft(wish, promised.Terms, profile.Within(promised.Profile), vouchers, basis) with { FairShare = null, Before = promised.Profile };
        return KeepingMarks(booking, new Decision.Accepted(draft));
    }

    /// <summary>A change keeps the overseen mark (R8), and, with the same start, the written override reason for which the seats were allowed (R2).</summary>
    private static Decision KeepingMarks(Booking booking, Decision decision)
    {
        if (decision is not Decision.Accepted { Draft: var draft })
            return decision;
        var reason = draft.Sitting.OverrideReason ?? (draft.Sitting.Start == booking.Sitting.Start ? booking.Sitting.OverrideReason : null);
        return new Decision.Accepted(draft with { Sitting = draft.Sitting with { OverrideReason = reason }, Overseen = booking.Overseen });
    }

    /// <summary>
    /// Why a hold cannot be confirmed; null when the hold can. Retirement, readiness and dates are checked again (R2, R8, R16). The held seats and vouchers are
    /// not checked again.
    /// </summary>
    public static Refusal? Confirm(Hold hold, DecisionBasis basis)
    {
        return HoldRules.Ended(hold, basis)
            ?? Retirement.Refuse(hold.Sitting, basis)
            ?? Ready(basis.Institution, hold.Sitting.Mode)
            ?? Dates(hold.Sitting.Start, basis, hold.Sitting.OverrideReason is not null, null)
            ?? Collecting(hold.Sitting.Start, basis);
    }

    /// <summary>
    /// Why a request cannot join the waitlist; null when the request can. The checks are those of a booking up to the dates, with the lead time at which the
    /// waitlist could serve the request (short notice counts). Seats, proctors and vouchers are not checked, because the request waits for them. When the
    /// result is null, <paramref name="profile"/> is the profile of the request's block.
    /// </summary>
    public static Refusal? Join(BookingWish wish, DecisionBasis basis, out SeatProfile profile)
    {
        profile = default;
        var (exam, pool, missing) = Find(wish.Exam, wish.Pool, wish.Mode, basis);
        if (exam is null || pool is null)
            return missing;
        profile = BlockLength.Profile(ExamTerms.Of(exam), wish.Seats, wish.Accommodations);
        return OnGrid(pool, wish, profile)
            ?? Ready(basis.Institution, wish.Mode)
            ?? Dates(wish.Start, basis, hasOverride: false, basis.Institution.ShortNoticeDays)
            ?? WaitlistRules.NeverFits(pool, profile, basis)
            ?? (basis.State.Requests.Count >= Limits.QueuedRequests ? new Refusal.QueueFull(Limits.QueuedRequests) : null);
    }

    /// <summary>
    /// R9: whether a waitlist entry can never be served any more. This is so when the block's start is past, or when the days left are fewer than the shortest
    /// lead time that could serve the entry: the smaller of the policy's lead time and the institution's short notice. A season's longer lead time does not end
    /// the entry; the entry is only passed over, because the operator may change the season back.
    /// </summary>
    public static bool IsOver(Request request, DecisionBasis basis)
    {
        var policy = basis.Catalogue.Policy.Value.LeadTimeDays;
        var shortest = basis.Institution.ShortNoticeDays is { } own ? Math.Min(policy, own) : policy;
        return request.PreferredStart <= basis.Now || LeadTime.DaysGiven(request.PreferredStart, basis.Now, basis.Institution.Zone) < shortest;
    }

    /// <summary>
    /// R8: whether the next booking is overseen as one of the institution's first online sessions. This is so while fewer overseen sessions stand than the
    /// policy says, and no online session without oversight has ended. So a cancelled overseen booking gives its mark to the next booking. For a hold, call
    /// this when the hold is confirmed, because the institution may make several holds before its first booking.
    /// </summary>
    public static bool IsOverseen(DeliveryMode mode, DecisionBasis basis) =>
        mode == DeliveryMode.Online && basis.State.OverseenBookings < basis.Catalogue.Policy.Value.OverseenSessions && !basis.State.HasEndedUnseen(basis.Now);

    /// <summary>
    /// Checks the dates of a block: past, horizon, lead time, in this order. Returns the first refusal, or null when the dates allow a booking. Availability
    /// uses the same check.
    /// </summary>
    public static Refusal? Dates(Instant start, DecisionBasis basis, bool hasOverride, int? shortNoticeDays)
    {
        if (start <= basis.Now)
            return new Refusal.Past();
        var policy = basis.Catalogue.Policy.Value;
        var today = LeadTime.Day(basis.Now, basis.Institution.Zone);
        var examDay = LeadTime.Day(start, basis.Institution.Zone);
        var given = LeadTime.Days(today, examDay);
        if (given > policy.HorizonDays)
            return new Refusal.Horizon(given, policy.HorizonDays, today.PlusDays(policy.HorizonDays));
        return hasOverride ? null : LeadTime.Refuse(examDay, today, basis.Catalogue.Calendar, policy, shortNoticeDays);
    }

    /// <summary>Finds the exam and the pool of the wish, and checks that they are offered, fit together and offer the mode. Null only with a refusal.</summary>
    internal static (Exam? Exam, Pool? Pool, Refusal? Refusal) Find(ExamId examId, PoolId poolId, DeliveryMode mode, DecisionBasis basis)
    {
        var catalogue = basis.Catalogue;
        if (!catalogue.Exams.TryGetValue(examId, out var exam))
            return (null, null, new Refusal.UnknownExam(examId.Text));
        if (!catalogue.Pools.TryGetValue(poolId, out var pool))
            return (null, null, new Refusal.UnknownPool(poolId.Text));
        if (Retirement.Refuse(exam.Value, pool.Value, basis.Institution) is { } retired)
            return (null, null, retired);
        if (!exam.Value.Pools.Contains(poolId))
            return (null, null, new Refusal.PoolCannotServeExam(exam.Value.Pools));
        if (!exam.Value.Modes.Contains(mode))
            return (null, null, new Refusal.ModeNotOffered(exam.Value.Modes));
        return (exam.Value, pool.Value, null);
    }

    private static Refusal.NotOnSlot? OnGrid(Pool pool, BookingWish wish, SeatProfile profile)
    {
        if (!wish.IsSkippedHour && pool.Grid.IsBlock(wish.Start, profile.Slots))
            return null;
        // The refusal must name some start and must not throw, so the search begins at the latest 60 days before the grid's last instant.
        var next = pool.Grid.FirstAtOrAfter(Instant.Min(wish.Start, SlotGrid.Latest - Duration.FromDays(60)));
        while (!pool.Grid.IsBlock(next, profile.Slots))
            next = pool.Grid.FirstAtOrAfter(next + Duration.FromSeconds(1));
        return new(next);
    }

    private static Refusal.NotReady? Ready(Institution institution, DeliveryMode mode)
    {
        var open = institution.Open(mode);
        return open.IsEmpty ? null : new(open);
    }

    private static Refusal.Collecting? Collecting(Instant start, DecisionBasis basis) =>
        basis.Catalogue.Calendar.OpensAt(LeadTime.Day(start, basis.Institution.Zone), basis.Now) is { } opensAt ? new(opensAt) : null;

    private static Refusal? Supervise(BookingWish wish, SeatProfile profile, SeatProfile before, DecisionBasis basis)
    {
        var limit = Supervision.Limit(basis.Institution, wish.Mode, basis.Catalogue.Policy.Value);
        var (fits, free) = Supervision.Room(basis.State, wish.Mode, wish.Start, profile, limit, before);
        if (fits)
            return null;
        return wish.Mode == DeliveryMode.Lab
            ? new Refusal.LabSeatsExceeded(basis.Institution.LabSeats, free)
            : new Refusal.ProctorsExceeded(basis.Institution.Proctors, free);
    }

    private static Refusal.VouchersShort? DrawVouchers(
        BookingWish wish, ExamTerms terms, DecisionBasis basis, ImmutableArray<VoucherDraw> wanted, out ImmutableArray<VoucherDraw> vouchers)
    {
        var examDay = LeadTime.Day(wish.Start, basis.Institution.Zone);
        var packs = basis.State.Packs.Values;
        if (Vouchers.Draw(packs, terms.Programme, examDay, wish.Seats, wanted) is { } draws)
        {
            vouchers = draws;
            return null;
        }

        vouchers = [];
        var valid = Vouchers.Fitting(packs, terms.Programme, examDay).Sum(pack => Math.Max(0, pack.Remaining));
        var known = packs.Where(pack => !pack.IsVoid && pack.Programme == terms.Programme);
        return new(wish.Seats - valid, [.. known.OrderBy(pack => pack.ExpiresOn).ThenBy(pack => pack.Id)]);
    }

    private static Refusal.HoldLimit? HoldsAllow(int seats, DecisionBasis basis)
    {
        var policy = basis.Catalogue.Policy.Value;
        var held = basis.State.Holds.Values.Sum(hold => hold.Sitting.Seats);
        return basis.State.Holds.Count + 1 > policy.MaxHolds || held + seats > policy.MaxHeldSeats ? new(policy.MaxHolds, policy.MaxHeldSeats) : null;
    }

    private static BookingDraft Draft(
        BookingWish wish, ExamTerms terms, SeatProfile profile, ImmutableArray<VoucherDraw> vouchers, DecisionBasis basis)
    {
        var sitting = new Sitting
        {
            Institution = basis.Institution.Id,
            Exam = wish.Exam,
            Terms = terms,
            Pool = wish.Pool,
            Start = wish.Start,
            Seats = wish.Seats,
            Profile = profile,
            Mode = wish.Mode,
            Accommodations = wish.Accommodations,
            Reference = wish.Reference,
            Vouchers = vouchers,
            OverrideReason = wish.OverrideReason,
        };
        var examDay = LeadTime.Day(wish.Start, basis.Institution.Zone);
        var today = LeadTime.Day(basis.Now, basis.Institution.Zone);
        var share = wish.OverrideReason is null ? FairShare.Binding(examDay, today, basis.Catalogue.Calendar, basis.Catalogue.Policy.Value) : null;
        var own = ImmutableArray.CreateBuilder<int>(profile.Slots);
        for (var k = 0; k < profile.Slots; k++)
            own.Add(basis.State.SeatsBySlot.GetValueOrDefault(sitting.Slot(k)));
        return new(sitting, share, own.MoveToImmutable(), IsOverseen(wish.Mode, basis));
    }
}
