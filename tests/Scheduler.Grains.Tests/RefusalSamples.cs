using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Refusals with odd figures, to be sent between silos.</summary>
internal static class RefusalSamples
{
    /// <summary>One refusal of each kind at least.</summary>
    public static Refusal[] All(int number, Instant at, LocalDate day, string word, Pack pack) =>
    [
        new Refusal.BookingCancelled(),
        new Refusal.SittingBegun(),
        new Refusal.CutoffPassed(number, 2),
        new Refusal.HoldLapsed(),
        new Refusal.HoldConfirmed(BookingId.New()),
        new Refusal.UnknownExam(word),
        new Refusal.UnknownPool(word),
        new Refusal.PoolCannotServeExam([PoolId.Of("p")]),
        new Refusal.ModeNotOffered([DeliveryMode.Lab]),
        new Refusal.NotOnSlot(at),
        new Refusal.NotReady([word]),
        new Refusal.Past(),
        new Refusal.Horizon(number, 1, day),
        new Refusal.LeadTimeShort(number, 1, day) { NextDate = day },
        new Refusal.LeadTimeShort(number, 1, null),
        new Refusal.Collecting(at),
        new Refusal.ProctorsExceeded(number, 1),
        new Refusal.LabSeatsExceeded(number, 1),
        new Refusal.VouchersShort(number, [pack]),
        new Refusal.HoldLimit(number, 1),
        new Refusal.Closed([at]),
        new Refusal.SlotFull([new(at, number, 1)], [new(at, number, [1, 2])]) { CanWait = number % 2 == 0, ExceedsPool = number % 3 == 0 },
        new Refusal.FairShareExceeded(at, number, 1) { IsChange = number % 2 == 0 },
        new Refusal.NeverFits(number),
        new Refusal.NoCandidates(CandidateRule.LeadTime, number) { DaysGiven = 1, DaysNeeded = number, EarliestDate = day, NextDate = day },
        new Refusal.NoCandidates(CandidateRule.Horizon, 60) { DaysGiven = number, DaysNeeded = 1, LatestDate = day },
        new Refusal.BelowPlaced(number),
        new Refusal.RequestClosed(RequestStatus.Expired),
        new Refusal.QueueFull(number),
        new Refusal.ImportUnreadable([new(word, word, word)]),
        new Refusal.ImportStale([new(number, word, 1, 2)], number),
        new Refusal.ImportVanishes(number, 1),
        new Refusal.ImportExpired(at),
        new Refusal.RequestPlaced(BookingId.New()),
        new Refusal.SittingNotBegun(),
        new Refusal.MoreThanBooked(number),
        new Refusal.AccommodationsExceedSeats(number),
        new Refusal.CapacityBelowBooked([new(at, number)], [BookingId.New()], number, [HoldId.New()], number) { IsUndo = true },
        new Refusal.PackInUse(number, [BookingId.New()], number, [HoldId.New()], number),
        new Refusal.PackVoid(),
        new Refusal.NothingToUndo(),
        new Refusal.PoolZoneFixed(word),
        new Refusal.HorizonTooShort(number, 1, SeasonId.Of("s")),
        new Refusal.LastOperatorKey(),
        new Refusal.EmailTaken(),
        new Refusal.OwnAccount(),
        new Refusal.TooManyInvitations(number),
        new Refusal.PlanRunning(PlanId.New()),
        new Refusal.TooManyPlans(number),
        new Refusal.PlanNotReady(PlanStatus.Failed),
        new Refusal.Retired(word, "x"),
        new Refusal.InUse(Touched(number), [InstitutionId.Of("a")]),
    ];

    /// <summary>Something that is touched.</summary>
    public static Touches Touched(int number) => new()
    {
        Bookings = [BookingId.New()], Holds = [HoldId.New(), HoldId.New()], Requests = [RequestId.New()], BookingCount = number, HoldCount = 2,
        RequestCount = 1,
    };
}
