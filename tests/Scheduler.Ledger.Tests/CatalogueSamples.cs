using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>One catalogue entry of each kind, every member set to something unusual.</summary>
public static class CatalogueSamples
{
    public static readonly Pool Pool = new(Making.Pool, "Office — Canada", DateTimeZoneProviders.Tzdb["America/St_Johns"], "mos-2019");

    public static readonly Exam Exam = new()
    {
        Id = Making.Exam, Programme = "MOS", Name = "Excel", Minutes = 50, CheckInMinutes = 15, ResetMinutes = 10, Pools = [Making.Pool],
        Modes = [DeliveryMode.Online, DeliveryMode.Lab],
    };

    public static readonly InstitutionEntry School = new(new()
    {
        Id = Making.School(1), Name = "Zoë \"Q\" Collège", Zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"], Board = Making.School(2), LabSeats = 60,
        Proctors = 3,
        Onboarding = Onboarding.Agreement | Onboarding.ItOnline, ShortNoticeDays = 5,
    });

    public static readonly SeasonEntry Season = new(new(SeasonId.Of("spring"), "Spring", new(2027, 4, 1), new(2027, 6, 30), 21, 0.333m,
        Instant.FromUtc(2027, 1, 1, 5, 30)));

    public static readonly PolicyEntry Policy = new(new() { LeadTimeDays = 9, LateCancelVouchers = LateVouchers.Return, OverseenSessions = 0 });

    public static readonly PolicyEntry NightlyPolicy = new(new()
    {
        NightlyPlan = new()
        {
            At = new(2, 30), Zone = DateTimeZoneProviders.Tzdb["America/St_Johns"], Pools = [Making.Pool], Days = 60, TimeLimitSeconds = 90,
            MovesBookings = true, IsApplied = true,
        },
    });

    public static readonly CapacityEntry Capacity = new(Making.Pool, new()
    {
        Templates = [new(new(2027, 1, 1), new(2027, 12, 31), [new([IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday], new(8, 0), 24, 120)])],
        Exceptions = [new(Making.Start, Making.Start + Duration.FromHours(3), 0)],
    });

    public static readonly ApiKey Key = new(ApiKeyId.New(), "aa00", Role.Coordinator, Making.School(1), "front desk",
        Instant.FromUtc(2027, 1, 1, 5, 30) + Duration.FromTicks(7));

    public static readonly ImmutableArray<CatalogueEntry> All = [Pool, Exam, School, Season, Policy, Capacity, Key];
}
