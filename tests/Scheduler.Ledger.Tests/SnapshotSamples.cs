using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>The snapshots of the checked-in files, one of every case. Their ids and instants are fixed.</summary>
public static class SnapshotSamples
{
    private static readonly PackId _pack = new(new("01946000-0000-7000-8000-000000000001"));
    private static readonly BookingId _booking = new(new("01946000-0000-7000-8000-000000000002"));

    private static readonly ExamTerms _terms = new() { Programme = "MOS", Minutes = 50, CheckInMinutes = 15, ResetMinutes = 10 };

    // As a version before terms were kept stored a sitting.
    private static readonly Sitting _sitting = Making.Sitting(Making.School(1), 0, 30, 2) with
    {
        Mode = DeliveryMode.Online,
        Accommodations = [new(2, 50), new(1, 25)],
        Reference = "Class 10b",
        Vouchers = [new(_pack, 30)],
        OverrideReason = "storm",
        Terms = ExamTerms.Unknown,
    };

    public static IReadOnlyDictionary<string, Snapshot> All { get; } = new Dictionary<string, Snapshot>
    {
        ["booking"] = new BookingSnapshot(new()
        {
            Id = _booking, Sitting = _sitting, Status = BookingStatus.Confirmed, Version = 3, Overseen = true, Attended = 28, Forfeited = [new(_pack, 2)],
        }),
        ["hold"] = new HoldSnapshot(
            new()
            {
                Id = new(new("01946000-0000-7000-8000-000000000003")), Sitting = Making.Sitting(Making.School(1), 1, 5) with { Terms = ExamTerms.Unknown },
                Status = HoldStatus.Confirmed,
                Booking = _booking,
                ExpiresAt = Making.Start + Duration.FromTicks(7),
            },
            Making.Start),
        ["booking-terms"] = new BookingSnapshot(new() { Id = _booking, Sitting = _sitting with { Terms = _terms } }),
        ["hold-terms"] = new HoldSnapshot(
            new() { Id = new(new("01946000-0000-7000-8000-000000000003")), Sitting = _sitting with { Terms = _terms }, ExpiresAt = Making.Start },
            Making.Start),
        ["request"] = new RequestSnapshot(
            new()
            {
                Id = new(new("01946000-0000-7000-8000-000000000004")), Institution = Making.School(1), Exam = Making.Exam, Pool = Making.Pool,
                PreferredStart = Making.Start, Seats = 4,
                Profile = new([4, 1]), Mode = DeliveryMode.Lab, Accommodations = [new(1, 100)], Weight = 5, Sequence = 17, Status = RequestStatus.Placed,
                Booking = _booking,
                PassedOver = new(Making.Start, "slot_full"), Version = 2,
            },
            3),
        ["request-flexible"] = new RequestSnapshot(
            new()
            {
                Id = new(new("01946000-0000-7000-8000-000000000006")), Institution = Making.School(1), Exam = Making.Exam, Pool = Making.Pool,
                PreferredStart = Making.Start, Seats = 40, Profile = new([40]), Mode = DeliveryMode.Online, Weight = 2, Sequence = 18, Version = 3,
                Windows =
                [
                    new(new(2027, 3, 1), new(2027, 3, 12), [IsoDayOfWeek.Monday, IsoDayOfWeek.Friday], 540, 960),
                    new(new(2027, 3, 15), new(2027, 3, 15), [], 0, 1440),
                ],
                MinGroup = 10, PlacedSeats = 15, Bookings = [_booking, new(new("01946000-0000-7000-8000-000000000007"))],
            },
            null),
        ["pack"] = new PackSnapshot(Making.School(1), new(_pack, "MOS", 500, new(2026, 9, 1), 32)),
        ["plan"] = new PlanSnapshot(Making.Plan(new(new("01946000-0000-7000-8000-000000000006")), PlanStatus.Ready, 3) with
        {
            EndedAt = Making.Start,
            Cause = "none",
            Parts = 2,
            PartsApplied = 1,
            Applied = 4,
            Stale =
            [
                new(
                    new PlanEntry.Placement(
                        new(new("01946000-0000-7000-8000-000000000004")), 2, Making.Pool, Making.Start, 30, [new(2, 50), new(1, 25)])
                    { Institution = Making.School(1) },
                    "slot_full"),
                new(
                    new PlanEntry.Move(_booking, 5, Making.Start, Making.Start + Duration.FromHours(1)) { Institution = Making.School(2) }, "cutoff_passed"),
            ],
        }),
        ["account"] = new AccountSnapshot(
            new(new("01946000-0000-7000-8000-000000000008")), "Ms Birch", "a.birch@school.example", Role.Coordinator, Making.School(1), Making.Start, 4),
        ["invitation"] = new InvitationSnapshot(new()
        {
            Id = new(new("01946000-0000-7000-8000-000000000009")), SecretHash = "", Email = "a.birch@school.example", Role = Role.Operator,
            Recovers = new(new("01946000-0000-7000-8000-000000000008")), MadeBy = "Mr Elm", MadeAt = Making.Start,
            ExpiresAt = Making.Start + Duration.FromDays(7), AcceptedAt = Making.Start + Duration.FromHours(1), Version = 2,
        }),
        ["import"] = new ImportSnapshot(new()
        {
            Id = new(new("01946000-0000-7000-8000-00000000000a")), Kind = "institutions", IsFull = true, Status = ImportStatus.Applied,
            Files = ["schools.csv"], Hash = "abc", MadeBy = "01946000-0000-7000-8000-000000000008", MadeAt = Making.Start, Present = 20, Added = 4, Changed = 3,
            Unchanged = 2, Removed = 1, Refused = 5, Applied = 7, Failed = 1, IsForced = true, Reason = "the list of this autumn",
            AppliedAt = Making.Start + Duration.FromHours(1), Version = 3,
        }),
        ["template"] = new TemplateSnapshot(Making.Pool, CatalogueSamples.Capacity.Capacity.Templates[0]) { Shortfalls = [new(Making.StartMinutes, 3)] },
        ["exception"] = new ExceptionSnapshot(Making.Pool, Making.Start, Making.Start + Duration.FromHours(3), 0)
        {
            Shortfalls = [new(Making.StartMinutes, 3)],
        },
        ["exceptions-removed"] = new ExceptionSnapshot(Making.Pool, Making.Start, Making.Start + Duration.FromHours(3), null),
        ["exceptions"] = new ExceptionsSnapshot(Making.Pool, 7, [new(Making.Start, Making.Start + Duration.FromHours(3), 140)]),
        ["entry-pool"] = new EntrySnapshot(CatalogueSamples.Pool, 1),
        ["entry-exam"] = new EntrySnapshot(CatalogueSamples.Exam, 2),
        ["entry-institution"] = new EntrySnapshot(CatalogueSamples.School, 3),
        ["entry-season"] = new EntrySnapshot(CatalogueSamples.Season, 4),
        ["entry-policy"] = new EntrySnapshot(CatalogueSamples.Policy, 5),
        ["entry-policy-nightly"] = new EntrySnapshot(CatalogueSamples.NightlyPolicy, 6),
        ["entry-capacity"] = new EntrySnapshot(CatalogueSamples.Capacity, 6),
        ["entry-key"] = new EntrySnapshot(CatalogueSamples.Key with { Id = new(new("01946000-0000-7000-8000-000000000005")) }, 7),
    };
}
