using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>A school that may book: it keeps every rule, with plenty of everything. A test changes the part that it is about.</summary>
internal static class Scene
{
    public static readonly PoolId PoolId = PoolId.Of("office-ca");
    public static readonly ExamId ExamId = ExamId.Of("excel");
    public static readonly InstitutionId SchoolId = InstitutionId.Of("school");
    public static readonly DateTimeZone Toronto = DateTimeZoneProviders.Tzdb["America/Toronto"];

    /// <summary>Monday, 1 March 2027, 10:20 in Toronto (15:20 UTC).</summary>
    public static readonly Instant Now = Instant.FromUtc(2027, 3, 1, 15, 20);

    public static readonly Exam Exam = new()
    {
        Id = ExamId,
        Programme = "MOS",
        Name = "Excel Associate",
        Minutes = 50,
        CheckInMinutes = 5,
        ResetMinutes = 5,
        Pools = [PoolId],
        Modes = [DeliveryMode.Lab, DeliveryMode.Online],
    };

    public static readonly ExamTerms Terms = ExamTerms.Of(Exam);

    public static readonly Institution School = new()
    {
        Id = SchoolId,
        Name = "Vale Secondary",
        Zone = Toronto,
        LabSeats = 1000,
        Proctors = 50,
        Onboarding = Onboarding.Complete,
    };

    public static readonly Pack Plenty = new(new(new Guid("00000000-0000-7000-8000-000000000001")), "MOS", 5000, new(2026, 9, 1), 0);

    public static readonly Catalogue Catalogue = Domain.Catalogue.Empty
        .With(new Pool(PoolId, "Office, Canada East", Toronto, "office"), 1)
        .With(Exam, 1)
        .With(new CapacityEntry(PoolId, PoolCapacity.None.With(AllHours(1_000))), 1)
        .With(new InstitutionEntry(School), 1);

    public static readonly InstitutionState State = InstitutionState.Empty.With(Plenty);

    public static DecisionBasis Basis => new(School, State, Catalogue, Now);

    /// <summary>28 candidates in the lab, 21 days ahead at 10:00 in Toronto. All rules accept this wish.</summary>
    public static BookingWish Wish => new()
    {
        Exam = ExamId,
        Pool = PoolId,
        Start = At(new(2027, 3, 22), 10),
        Seats = 28,
        Mode = DeliveryMode.Lab,
    };

    /// <summary>A template with these seats in every hour of 2026 to 2029.</summary>
    public static WeeklyTemplate AllHours(int seats) =>
        new(new(2026, 1, 1), new(2029, 12, 31), [new([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new(0, 0), 24, seats)]);

    /// <summary>A whole hour of Toronto's clock.</summary>
    public static Instant At(LocalDate day, int hour) => At(day, hour, Toronto);

    /// <summary>A whole hour of a zone's clock; the later one where there are two.</summary>
    public static Instant At(LocalDate day, int hour, DateTimeZone zone) => zone.MapLocal(day.At(new LocalTime(hour, 0))).Last().ToInstant();

    public static BookingDraft Accepted(Decision decision) => decision.ShouldBeOfType<Decision.Accepted>().Draft;

    public static T Refused<T>(Decision decision)
        where T : Refusal => decision.ShouldBeOfType<Decision.Refused>().Why.ShouldBeOfType<T>();

    public static string Code(Decision decision) => decision is Decision.Refused refused ? refused.Why.Code : "accepted";

    public static Booking Book(BookingWish wish, DecisionBasis basis)
    {
        var draft = Accepted(BookingRules.Decide(wish, basis, WishKind.Booking));
        return new() { Id = BookingId.New(), Sitting = draft.Sitting, Overseen = draft.Overseen };
    }

    public static Hold Hold(BookingWish wish, DecisionBasis basis, Instant expiresAt) =>
        new() { Id = HoldId.New(), Sitting = Accepted(BookingRules.Decide(wish, basis, WishKind.Hold)).Sitting, ExpiresAt = expiresAt };

    public static DecisionBasis With(this DecisionBasis basis, CatalogueEntry entry) => basis with { Catalogue = basis.Catalogue.With(entry, 1) };

    public static DecisionBasis With(this DecisionBasis basis, Policy policy) => basis.With(new PolicyEntry(policy));

    public static DecisionBasis With(this DecisionBasis basis, Booking booking) => basis with { State = basis.State.With(booking) };

    public static DecisionBasis With(this DecisionBasis basis, Hold hold) => basis with { State = basis.State.With(hold) };

    public static DecisionBasis Without(this DecisionBasis basis, Booking booking) => basis with { State = basis.State.Without(booking) };

    public static DecisionBasis WithPacks(this DecisionBasis basis, params Pack[] packs) =>
        basis with
        {
            State = InstitutionState.Restore(
                basis.State.Bookings.Values, basis.State.Holds.Values, [], packs, basis.State.OnlineBookings, basis.State.OverseenBookings),
        };

    public static Season Season(
        LocalDate from,
        LocalDate to,
        int leadTimeDays = 21,
        decimal fairShare = 0.25m,
        Instant? collectUntil = null,
        string id = "season") =>
        new(SeasonId.Of(id), "Finals", from, to, leadTimeDays, fairShare, collectUntil);
}
