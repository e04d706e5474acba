using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>The storage form of snapshots: every case comes back, every form ever written can be read, and unknown texts are kept.</summary>
public sealed class SnapshotFormsTests
{
    public static TheoryData<string> Names => [.. SnapshotSamples.All.Keys];

    [Property(MaxTest = 1_000, Arbitrary = [typeof(Snapshots)])]
    public void Every_snapshot_comes_back_as_it_was_written(Snapshot snapshot) =>
        Texts.Of(SnapshotText.Read(SnapshotText.Write(snapshot))).ShouldBe(Texts.Of(snapshot));

    [Fact]
    public void The_samples_have_every_case()
    {
        var cases = typeof(Snapshot).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Snapshot)) && !type.IsAbstract && type != typeof(UnreadableSnapshot));
        SnapshotSamples.All.Values.Select(snapshot => snapshot.GetType()).Distinct().ShouldBe(cases, ignoreOrder: true);
        var entries = typeof(CatalogueEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CatalogueEntry)));
        SnapshotSamples.All.Values.OfType<EntrySnapshot>().Select(snapshot => snapshot.Entry.GetType()).Distinct().ShouldBe(entries, ignoreOrder: true);
    }

    /// <summary>These files were written by form 1, or by form 2 (flexible requests), and never change. A later form gets files of its own.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_of_every_form_is_read(string name) =>
        Texts.Of(SnapshotText.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Forms", $"{name}.json")).Trim()))
            .ShouldBe(Texts.Of(SnapshotSamples.All[name]));

    /// <summary>The same text is written: a renamed domain type or member changes nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_is_written_in_its_form(string name) =>
        SnapshotText.Write(SnapshotSamples.All[name]).ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Forms", $"{name}.json")).Trim());

    [Theory]
    [InlineData("{\"form\":2,\"booking\":{}}")]
    [InlineData("{\"form\":3,\"booking\":{}}")]
    [InlineData("{\"form\":1,\"fleet\":{\"machines\":3}}")]
    [InlineData("{\"form\":1,\"entry\":{\"version\":1,\"entry\":{\"form\":2,\"pool\":{}}}}")]
    [InlineData("{\"form\":1,\"entry\":{\"version\":1,\"entry\":{\"form\":1,\"fleet\":{}}}}")]
    [InlineData("{\"form\":1,\"booking\":{\"id\":\"no id\"}}")]
    [InlineData("not even JSON")]
    public void A_text_that_this_version_cannot_read_is_kept(string text)
    {
        SnapshotText.Read(text).ShouldBe(new UnreadableSnapshot(text));
        SnapshotText.Write(new UnreadableSnapshot(text)).ShouldBe(text);
    }

    [Fact]
    public void A_status_of_a_later_version_makes_a_snapshot_unreadable()
    {
        var text = SnapshotText.Write(SnapshotSamples.All["booking"]).Replace("confirmed", "suspended", StringComparison.Ordinal);
        SnapshotText.Read(text).ShouldBe(new UnreadableSnapshot(text));
    }

    [Fact]
    public void An_optional_member_of_a_later_version_is_passed_over()
    {
        var text = SnapshotText.Write(SnapshotSamples.All["booking"]).Replace("\"version\":", "\"colour\":\"red\",\"version\":", StringComparison.Ordinal);
        Texts.Of(SnapshotText.Read(text)).ShouldBe(Texts.Of(SnapshotSamples.All["booking"]));
    }

    public static class Snapshots
    {
        private static readonly Gen<Sitting> _sittings =
            from sitting in Scheduler.Tests.Generators.Sittings
            from reference in Gen.Elements(null, "Class 10b", "“Zoë” \\ \n \"x\"")
            from reason in Gen.Elements<string?>(null, "storm")
            from extra in Gen.Elements(0, 25, 300)
            from vouchers in Gen.Choose(0, 3)
            select sitting with
            {
                Reference = reference,
                OverrideReason = reason,
                Accommodations = extra == 0 ? [] : [new(1, extra)],
                Vouchers = vouchers == 0 ? [] : [new(PackId.New(), vouchers)],
            };

        private static readonly Gen<OperatorAct> _acts =
            from what in Gen.Elements(Enum.GetValues<OperatorActKind>())
            from at in Scheduler.Tests.Generators.Instants
            from reason in Gen.Elements(null, "storm", "“Zoë” \\ \n \"x\"")
            select new OperatorAct(what, at, reason);

        private static readonly Gen<Snapshot> _bookings =
            from sitting in _sittings
            from isCancelled in Gen.Elements(true, false)
            from version in Gen.Choose(1, 9)
            from attended in Gen.Choose(-1, 30)
            from act in _acts
            select (Snapshot)new BookingSnapshot(new()
            {
                Id = BookingId.New(), Sitting = sitting, Status = isCancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed, Version = version,
                Overseen = version % 2 == 0, Attended = attended < 0 ? null : attended, Forfeited = version == 3 ? [new(PackId.New(), 2)] : [],
                Returned = isCancelled ? version : null, OperatorAct = version > 5 ? act : null,
            })
            { Duplicate = version == 1 ? new(BookingId.New(), null) : null };

        private static readonly Gen<Snapshot> _holds =
            from sitting in _sittings
            from status in Gen.Elements(Enum.GetValues<HoldStatus>())
            from at in Scheduler.Tests.Generators.Instants
            from ticks in Gen.Choose(0, 9_999_999)
            select (Snapshot)new HoldSnapshot(
                new()
                {
                    Id = HoldId.New(), Sitting = sitting, Status = status, ExpiresAt = at + Duration.FromTicks(ticks),
                    Booking = status == HoldStatus.Confirmed ? BookingId.New() : null,
                },
                at)
            { Duplicate = ticks % 2 == 0 ? new(null, HoldId.New()) : null };

        /// <summary>No windows (a waitlist entry), or up to a few.</summary>
        private static readonly Gen<ImmutableArray<RequestWindow>> _windows =
            (from first in Scheduler.Tests.Generators.Days
             from days in Gen.Choose(0, 20)
             from weekdays in Gen.SubListOf(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None))
             from begin in Gen.Choose(0, 1439)
             from end in Gen.Choose(1, 1440)
             select new RequestWindow(first, first.PlusDays(days), [.. weekdays], Math.Min(begin, end - 1), Math.Max(begin + 1, end)))
            .ListOf().Select(windows => windows.ToImmutableArray());

        private static readonly Gen<Snapshot> _requests =
            from sitting in _sittings
            from status in Gen.Elements(Enum.GetValues<RequestStatus>())
            from at in Scheduler.Tests.Generators.Instants
            from position in Gen.Choose(0, 5)
            from windows in _windows
            select (Snapshot)new RequestSnapshot(
                new()
                {
                    Id = RequestId.New(), Institution = sitting.Institution, Exam = sitting.Exam, Pool = sitting.Pool, PreferredStart = sitting.Start,
                    Seats = sitting.Seats,
                    Profile = sitting.Profile, Mode = sitting.Mode, Accommodations = sitting.Accommodations, Weight = position + 1, Sequence = 7,
                    Status = status,
                    Booking = status == RequestStatus.Placed ? BookingId.New() : null, PassedOver = position == 2 ? new(at, "slot_full") : null,
                    Version = position + 1,
                    Windows = windows, MinGroup = windows.IsEmpty || position == 1 ? null : position + 1,
                    PlacedSeats = windows.IsEmpty ? 0 : position, Bookings = windows.IsEmpty ? [] : [BookingId.New(), BookingId.New()],
                },
                position == 0 ? null : position);

        private static readonly Gen<Snapshot> _packs =
            from packs in Scheduler.Tests.Generators.Packs
            where packs.Length > 0
            select (Snapshot)new PackSnapshot(Making.School(3), packs[0]);

        private static readonly Gen<Snapshot> _plans =
            from status in Gen.Elements(Enum.GetValues<PlanStatus>())
            from first in Scheduler.Tests.Generators.Instants
            from last in Scheduler.Tests.Generators.Instants
            from sitting in _sittings
            from number in Gen.Choose(0, 5)
            select (Snapshot)new PlanSnapshot(new()
            {
                Id = PlanId.New(), Status = status, Scope = new([sitting.Pool, Making.Pool], first, last, number + 1, number % 2 == 0), MadeBy = "key-1",
                MadeAt = first,
                EndedAt = number == 0 ? null : last, Cause = number == 1 ? "“Zoë” \\ \n \"x\"" : null, Parts = number, PartsApplied = number / 2,
                Applied = number,
                Stale =
                [
                    .. Enumerable.Range(0, number).Select(one => new StaleEntry(
                        one % 2 == 0
                            ? new PlanEntry.Placement(RequestId.New(), one + 1, sitting.Pool, sitting.Start, sitting.Seats, sitting.Accommodations)
                            {
                                Institution = sitting.Institution, Vouchers = one == 0 ? [] : sitting.Vouchers,
                            }
                            : new PlanEntry.Move(BookingId.New(), one, first, last)
                            {
                                Institution = sitting.Institution, Request = one == 1 ? null : RequestId.New(), RequestVersion = one == 1 ? 0 : one,
                            },
                        "slot_full")),
                ],
                Version = number + 1,
            });

        public static Arbitrary<Snapshot> Any() => Gen.OneOf(_bookings, _holds, _requests, _packs, _plans, Gen.Elements<Snapshot>(SnapshotSamples.All.Values))
            .ToArbitrary();
    }
}
