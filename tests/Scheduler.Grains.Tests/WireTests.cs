using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans;
using Orleans.Serialization;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Messages between silos arrive as they were sent.</summary>
public sealed class WireTests
{
    private static readonly Serializer _serializer = new ServiceCollection()
        .AddSerializer(serializer => serializer.AddDomainJson())
        .BuildServiceProvider()
        .GetRequiredService<Serializer>();

    [Property(MaxTest = 100)]
    public void Every_command_arrives_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        foreach (var command in All(random))
        {
            var arrived = _serializer.Deserialize<object>(_serializer.SerializeToArray<object>(command));
            ValueText.Of(arrived).ShouldBe(ValueText.Of(command));
        }
    }

    [Fact]
    public void Every_type_of_the_contract_is_tried()
    {
        var tried = Enumerable.Range(0, 50).SelectMany(seed => All(new Random(seed))).SelectMany(Parts).ToHashSet();
        var contract = typeof(ISlotPoolGrain).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.IsDefined(typeof(GenerateSerializerAttribute)))
            .Where(type => !type.Name.EndsWith("Surrogate", StringComparison.Ordinal) && !type.Namespace!.StartsWith("Orleans", StringComparison.Ordinal));
        contract.Where(type => !type.IsAbstract && !tried.Contains(type)).Select(type => type.Name).ShouldBeEmpty();
        Closed<Refusal>().Except(tried).Concat(Closed<Snapshot>().Except(tried)).Select(type => type.Name).ShouldBeEmpty();
    }

    private static IEnumerable<object> OfPlans(
        Random random, Caller caller, PoolId pool, InstitutionId institution, Func<Instant> at, Func<string?> perhaps)
    {
        var scope = new PlanScope([pool], at(), at(), random.Next(), random.Next(2) == 0);
        var move = new PlanEntry.Move(BookingId.New(), random.Next(), at(), at())
        {
            Institution = institution, Request = random.Next(2) == 0 ? null : RequestId.New(), RequestVersion = random.Next(),
        };
        var placed = new PlanEntry.Placement(RequestId.New(), random.Next(), pool, at(), random.Next(), [new(2, 50)])
        {
            Institution = institution, Vouchers = [new(PackId.New(), random.Next())],
        };
        var progress = new PlanProgress(random.NextDouble(), perhaps(), random.NextDouble(), random.NextDouble(), null);
        yield return new MakePlanCommand(caller, scope);
        yield return new PlanCommand(caller, Guid.CreateVersion7());
        yield return progress;
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = (PlanStatus)random.Next(5), Scope = scope, MadeBy = "x", MadeAt = at(), EndedAt = at(), Cause = perhaps(),
            Parts = random.Next(), PartsApplied = random.Next(), Applied = random.Next(), Stale = [new(move, "changed"), new(placed, "slot_full")],
            Version = random.Next(),
        };
        yield return new PlanState(plan, progress);
        yield return Done(new PlanSnapshot(plan), random.Next(2) == 0);
    }

    private static IEnumerable<object> All(Random random)
    {
        string Word() => random.GetItems(["a", "b c", "\u00e9\u4e2d", "", "x-1"], 1)[0];
        string Slug() => random.GetItems(["a", "b-1", "0_z"], 1)[0];
        string? Perhaps() => random.Next(2) == 0 ? null : Word();
        Guid Id() => Guid.CreateVersion7();
        Instant At() => Instant.FromUnixTimeTicks(random.NextInt64(-1_000_000_000_000_000, 20_000_000_000_000_000)).PlusNanoseconds(random.Next(100));
        LocalDate Day() => new LocalDate(1, 1, 1).PlusDays(random.Next(3_000_000));
        Accommodation[] Groups() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Accommodation(random.Next(1, 9), random.Next(1, 301)))];
        DateTimeZone Zone() => DateTimeZoneProviders.Tzdb[Generators.OddZones[random.Next(Generators.OddZones.Length)]];
        var stamp = new IdempotencyStamp(Word(), Word(), Word());
        var institution = random.Next(2) == 0 ? (InstitutionId?)null : InstitutionId.Of(Slug());
        var caller = new Caller(
            new(Word(), (Role)random.Next(4), institution, Word()), random.Next(2) == 0 ? null : stamp, random.Next(2) == 0 ? null : random.Next(),
            random.Next(2) == 0);
        var wish = new BookingWish
        {
            Exam = ExamId.Of(Slug()),
            Pool = PoolId.Of(Slug()),
            Start = At(),
            IsSkippedHour = random.Next(2) == 0,
            Seats = random.Next(),
            Mode = (DeliveryMode)random.Next(2),
            Accommodations = [.. Groups()],
            Reference = Perhaps(),
            OverrideReason = Perhaps(),
        };
        var days = Enumerable.Range(1, random.Next(1, 8)).Select(day => (IsoDayOfWeek)day);
        var week = new WeeklyRow([.. days], new(random.Next(24), 0), random.Next(1, 25), random.Next(1_000));
        yield return stamp;
        yield return caller;
        yield return new BookCommand(caller, wish);
        yield return new CancelCommand(caller, Id(), Perhaps());
        yield return new RescheduleCommand(caller, Id(), At(), Perhaps(), random.Next(2) == 0);
        yield return new ResizeCommand(caller, Id(), random.Next(), random.Next(2) == 0 ? null : Groups(), Perhaps());
        yield return new AttendCommand(caller, Id(), random.Next());
        yield return new HoldCommand(caller, Id());
        yield return new ReplaceHoldCommand(
            caller, Id(), random.Next(), random.Next(2) == 0 ? null : Groups(), random.Next(2) == 0 ? null : (DeliveryMode)random.Next(2));
        yield return new JoinCommand(caller, wish, random.Next());
        yield return new WithdrawCommand(caller, Id());
        yield return new PackCommand(caller, Word(), random.Next(), Day());
        yield return new CorrectPackCommand(caller, Guid.CreateVersion7(), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0 ? null : Day(),
            random.Next(2) == 0, Word());
        yield return new MakeKeyCommand(caller, Word(), (Role)random.Next(4), institution?.Text, Word());
        yield return new RevokeKeyCommand(caller, Id());
        yield return new TemplateCommand(caller, Slug(), new(Day(), Day(), [week, week]), random.Next(2) == 0, Perhaps());
        yield return new ExceptionCommand(caller, Slug(), At(), At(), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0, Perhaps());
        yield return new ExceptionsCommand(caller, Slug(), [new(At(), At(), random.Next()), new(At(), At(), null)], random.Next(2) == 0, Perhaps());
        yield return new RaiseCommand(caller, Slug(), [new(At(), At(), random.Next()), new(At(), At(), 1)], Word());
        yield return new UndoRaiseCommand(caller, Slug(), Word());
        yield return new PutCommand(caller, new Pool(PoolId.Of(Slug()), Word(), Zone(), Word()));
        yield return new RetireCommand(caller, new Pool(PoolId.Of(Slug()), Word(), Zone(), Word()) { Retired = At() });
        yield return new PutCommand(caller, new Exam
        {
            Id = ExamId.Of(Slug()),
            Programme = Word(),
            Name = Word(),
            Minutes = random.Next(),
            CheckInMinutes = random.Next(),
            ResetMinutes = random.Next(),
            Pools = [PoolId.Of(Slug())],
            Modes = [(DeliveryMode)random.Next(2)],
        });
        yield return new PutCommand(caller, new SeasonEntry(new(
            SeasonId.Of(Slug()), Word(), Day(), Day(), random.Next(), random.Next(1, 1_000) / 1_000m, random.Next(2) == 0 ? null : At())));
        yield return new PutCommand(caller, new PolicyEntry(new()
        {
            LeadTimeDays = random.Next(),
            LateCancelVouchers = (LateVouchers)random.Next(2),
            OverseenSessions = random.Next(),
            DisplacementPerMille = random.Next(),
            MovePerMille = random.Next(),
            NightlyPlan = random.Next(2) == 0 ? null : new()
            {
                At = new(random.Next(24), random.Next(60)), Zone = Zone(), Pools = [PoolId.Of(Slug())], Days = random.Next(), TimeLimitSeconds = random.Next(),
                MovesBookings = random.Next(2) == 0, IsApplied = random.Next(2) == 0,
            },
        }));
        yield return new PutCommand(caller, new InstitutionEntry(new()
        {
            Id = InstitutionId.Of(Slug()),
            Name = Word(),
            Zone = Zone(),
            Board = institution,
            LabSeats = random.Next(),
            Proctors = random.Next(),
            Onboarding = (Onboarding)random.Next(16),
            ShortNoticeDays = random.Next(2) == 0 ? null : random.Next(),
        }));
        var sitting = new Sitting
        {
            Institution = InstitutionId.Of(Slug()),
            Exam = ExamId.Of(Slug()),
            Terms = new() { Programme = Word(), Minutes = random.Next(), CheckInMinutes = random.Next(), ResetMinutes = random.Next() },
            Pool = PoolId.Of(Slug()),
            Start = At(),
            Seats = random.Next(),
            Profile = new([3, 2, 2]),
            Mode = (DeliveryMode)random.Next(2),
            Accommodations = [.. Groups()],
            Reference = Perhaps(),
            Vouchers = [new(PackId.New(), random.Next())],
            OverrideReason = Perhaps(),
        };
        var booking = new Booking
        {
            Id = BookingId.New(),
            Sitting = sitting,
            Forfeited = [new(PackId.New(), 1)],
            Returned = random.Next(2) == 0 ? null : random.Next(),
            OperatorAct = random.Next(2) == 0 ? null : new((OperatorActKind)random.Next(5), At(), Perhaps()),
            Status = (BookingStatus)random.Next(2),
            Version = random.Next(),
            Overseen = true,
            Attended = random.Next(2) == 0 ? null : random.Next(),
        };
        var hold = new Hold
        {
            Id = HoldId.New(),
            Sitting = sitting,
            ExpiresAt = At(),
            Status = (HoldStatus)random.Next(4),
            Booking = random.Next(2) == 0 ? null : BookingId.New(),
        };
        var request = new Domain.Request
        {
            Id = RequestId.New(),
            Institution = sitting.Institution,
            Exam = sitting.Exam,
            Pool = sitting.Pool,
            PreferredStart = At(),
            Seats = 3,
            Profile = new([3]),
            Mode = DeliveryMode.Online,
            Weight = random.Next(),
            Sequence = random.NextInt64(),
            PassedOver = new(At(), Word()),
            Booking = BookingId.New(),
        };
        var pack = new Pack(PackId.New(), Word(), random.Next(), Day(), random.Next());
        var isReplay = random.Next(2) == 0;
        yield return Done(new BookingSnapshot(booking) { Duplicate = random.Next(2) == 0 ? null : new(booking.Id, null) }, isReplay);
        yield return Done(new HoldSnapshot(hold, At()) { Duplicate = random.Next(2) == 0 ? null : new(null, hold.Id) }, isReplay);
        yield return Done(new RequestSnapshot(request, random.Next(2) == 0 ? null : random.Next()), isReplay);
        yield return Done(new PackSnapshot(sitting.Institution, pack), isReplay);
        yield return Done(new EntrySnapshot(new ApiKey(ApiKeyId.New(), Word(), Role.Viewer, institution, Word(), At()), 1), isReplay);
        yield return Done(new AccountSnapshot(AccountId.New(), Word(), Word(), Role.Operator, institution, At(), random.Next()), isReplay);
        var invitation = new Invitation
        {
            Id = InvitationId.New(), SecretHash = "", Email = Word(), Role = Role.Viewer, Institution = institution, MadeBy = Word(), MadeAt = At(),
            ExpiresAt = At(), AcceptedAt = At(), Version = random.Next(),
        };
        yield return Done(new InvitationSnapshot(invitation), isReplay);
        yield return Done(
            new ImportSnapshot(new()
            {
                Id = ImportId.New(), Kind = Word(), IsFull = true, Status = ImportStatus.Applying, Files = [Word()], Hash = Word(), MadeBy = Word(),
                MadeAt = At(), Present = 7, Added = 1, Changed = 2, Unchanged = 3, Removed = 4, Refused = 5, Applied = 6, Failed = 7, IsForced = true,
                Reason = Word(), AppliedAt = At(), Version = random.Next(),
            }),
            isReplay);
        yield return Done<CapacitySnapshot>(new TemplateSnapshot(sitting.Pool, new(Day(), Day(), [week])) { Shortfalls = [new(random.Next(), 3)] }, isReplay);
        yield return Done<CapacitySnapshot>(new ExceptionSnapshot(sitting.Pool, At(), At(), random.Next(2) == 0 ? null : 4), isReplay);
        yield return Done<CapacitySnapshot>(new ExceptionsSnapshot(sitting.Pool, random.Next(), [new(At(), At(), 4)]), isReplay);
        yield return Done<Snapshot>(new UnreadableSnapshot(Word()), isReplay);
        var capacity = new PoolCapacity { Templates = [new(Day(), Day(), [week])], Exceptions = [new(At(), At(), 3)] };
        yield return Done<Snapshot>(new EntrySnapshot(new CapacityEntry(sitting.Pool, capacity), 2), isReplay);
        yield return new WaitlistRoundException(Word());
        foreach (var one in OfPlans(random, caller, sitting.Pool, institution ?? sitting.Institution, At, Perhaps))
            yield return one;
        yield return new ChangeRequestCommand(
            caller, Id(), random.Next(2) == 0 ? null : 4, Groups(), At(), random.Next(2) == 0, 2, [new(Day(), Day(), [IsoDayOfWeek.Friday], 480, 1_020)], 3);
        yield return new PackEndingCommand(caller, Id());
        var standing = new RequestStanding(
            Id(), random.Next(), (RequestTier)random.Next(4), new Refusal.Past(), At(), random.Next(2) == 0, random.Next(2) == 0);
        yield return standing;
        yield return new StandingsAnswer([standing, standing with { Why = null, Nearest = null }]);
        var entry = new EntrySnapshot(new Pool(sitting.Pool, Word(), Zone(), Word()) { Retired = At() }, random.Next());
        var run = new DryRun(
            random.Next(2) == 0 ? null : entry, entry, RefusalSamples.Touched(random.Next()), Perhaps(), random.Next(2) == 0 ? null : [new(1, 2)]);
        yield return run;
        yield return new CommandResult<Snapshot>.Previewed(run);
        yield return new CommandResult<Snapshot>.NotFound();
        yield return new CommandResult<Snapshot>.Stale();
        yield return new CommandResult<Snapshot>.KeyReused();
        yield return new CommandResult<Snapshot>.Busy();
        yield return new CommandResult<Snapshot>.Unavailable();
        yield return new CommandResult<Snapshot>.OutcomeUnknown();
        foreach (var refusal in RefusalSamples.All(random.Next(1_000), At(), Day(), Word(), pack))
            yield return new CommandResult<BookingSnapshot>.Refused(refusal);
        yield return new SlotAsk(random.Next(), (SlotAsker)random.Next(2), random.Next(2) == 0);
        yield return new SlotAnswer(random.Next(2) == 0, random.Next(), -random.Next());
        yield return new OfferResult((OfferStatus)random.Next(3), Perhaps());
        yield return new FitsQuery(wish, At(), At());
        yield return new FitsQuery(wish, At(), At(), Guid.CreateVersion7());
        yield return new BlockCheckQuery(wish, Guid.CreateVersion7(), null);
        yield return new BlockCheckAnswer { WhyNot = null, WhyNoWait = new Refusal.Past() };
        yield return new BlockCheckAnswer
        {
            WhyNot = new Refusal.NeverFits(random.Next()),
            WhyNoWait = null,
            Slots = [new(At(), random.Next(), random.Next())],
            CandidatesFree = random.Next(),
            Vouchers = random.Next(),
            VouchersUntil = Day(),
            DaysGiven = random.Next(),
            DaysNeeded = random.Next(),
            SeatsAllowed = random.Next(),
            SeatsHeld = random.Next(),
        };
        yield return new FitsAnswer([new(random.Next(), Perhaps()), new(random.Next(), null)]);
        yield return new StartFit(random.Next(), Perhaps());
        yield return new VouchersAnswer([new(Word(), random.Next(), random.Next(), [new(Day(), Day(), random.Next(), random.Next())])]);
    }

    /// <summary>Every case of a closed list.</summary>
    private static IEnumerable<Type> Closed<T>() => typeof(T).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(T)));

    /// <summary>The types of a message and of the value in a result. A generic type counts as its definition.</summary>
    private static IEnumerable<Type> Parts(object message)
    {
        var type = message.GetType();
        yield return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (type.IsGenericType && (type.GetProperty("Value") ?? type.GetProperty("Why"))?.GetValue(message) is { } value)
            yield return value.GetType();
    }

    private static CommandResult<T> Done<T>(T value, bool isReplay)
        where T : Snapshot => new CommandResult<T>.Done(value, isReplay);
}
