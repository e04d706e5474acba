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

/// <summary>What travels between silos arrives as it was sent.</summary>
public sealed class WireTests
{
    private static readonly Serializer _serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Property(MaxTest = 100)]
    public void Every_command_arrives_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        foreach (var command in All(random))
        {
            var arrived = _serializer.Deserialize<object>(_serializer.SerializeToArray<object>(command));
            Text(arrived).ShouldBe(Text(command));
        }
    }

    [Fact]
    public void Every_type_of_the_contract_is_tried()
    {
        var tried = Enumerable.Range(0, 50).SelectMany(seed => All(new Random(seed))).Select(command => command.GetType()).ToHashSet();
        var contract = typeof(ISlotPoolGrain).Assembly.GetTypes()
            .Where(type => type.IsPublic && type.IsDefined(typeof(GenerateSerializerAttribute)) && !type.Name.EndsWith("Surrogate", StringComparison.Ordinal) && !type.Namespace!.StartsWith("Orleans", StringComparison.Ordinal));
        contract.Where(type => !tried.Contains(type)).Select(type => type.Name).ShouldBeEmpty();
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
        var caller = new Caller(new(Word(), (Role)random.Next(4), institution, Word()), random.Next(2) == 0 ? null : stamp, random.Next(2) == 0 ? null : random.Next());
        var wish = new BookingWish
        {
            Exam = ExamId.Of(Slug()), Pool = PoolId.Of(Slug()), Start = At(), Seats = random.Next(), Mode = (DeliveryMode)random.Next(2), Accommodations = [.. Groups()],
            Reference = Perhaps(), OverrideReason = Perhaps(),
        };
        var week = new WeeklyRow([.. Enumerable.Range(1, random.Next(1, 8)).Select(day => (IsoDayOfWeek)day)], new(random.Next(24), 0), random.Next(1, 25), random.Next(1_000));
        yield return stamp;
        yield return caller;
        yield return new BookCommand(caller, wish);
        yield return new CancelCommand(caller, Id(), Perhaps());
        yield return new RescheduleCommand(caller, Id(), At(), Perhaps());
        yield return new ResizeCommand(caller, Id(), random.Next(), random.Next(2) == 0 ? null : Groups(), Perhaps());
        yield return new AttendCommand(caller, Id(), random.Next());
        yield return new HoldCommand(caller, Id());
        yield return new JoinCommand(caller, wish, random.Next());
        yield return new WithdrawCommand(caller, Id());
        yield return new PackCommand(caller, Word(), random.Next(), Day());
        yield return new MakeKeyCommand(caller, Word(), (Role)random.Next(4), institution?.Text, Word());
        yield return new RevokeKeyCommand(caller, Id());
        yield return new TemplateCommand(caller, Slug(), new(Day(), Day(), [week, week]), random.Next(2) == 0, Perhaps());
        yield return new ExceptionCommand(caller, Slug(), At(), At(), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0, Perhaps());
        yield return new PutCommand(caller, new Pool(PoolId.Of(Slug()), Word(), Zone(), Word()));
        yield return new PutCommand(caller, new Exam
        {
            Id = ExamId.Of(Slug()), Programme = Word(), Name = Word(), Minutes = random.Next(), CheckInMinutes = random.Next(), ResetMinutes = random.Next(),
            Pools = [PoolId.Of(Slug())], Modes = [(DeliveryMode)random.Next(2)],
        });
        yield return new PutCommand(caller, new SeasonEntry(new(SeasonId.Of(Slug()), Word(), Day(), Day(), random.Next(), random.Next(1, 1_000) / 1_000m, random.Next(2) == 0 ? null : At())));
        yield return new PutCommand(caller, new PolicyEntry(new() { LeadTimeDays = random.Next(), LateCancelVouchers = (LateVouchers)random.Next(2), OverseenSessions = random.Next() }));
        yield return new PutCommand(caller, new InstitutionEntry(new()
        {
            Id = InstitutionId.Of(Slug()), Name = Word(), Zone = Zone(), Board = institution, LabSeats = random.Next(), Proctors = random.Next(),
            Onboarding = (Onboarding)random.Next(16), ShortNoticeDays = random.Next(2) == 0 ? null : random.Next(),
        }));
        yield return new Answer { Status = random.Next(600), Body = random.Next(2) == 0 ? null : [1, 2, 3], Version = random.Next(), IsReplayed = true, RetryAfterSeconds = 1, Location = Perhaps() };
        yield return new SlotAsk(Id(), random.Next(), random.Next(2) == 0, random.Next(2) == 0);
        yield return new SlotAnswer(random.Next(2) == 0, random.Next(), -random.Next(), random.Next(2) == 0, random.Next(2) == 0);
        yield return new SlotSettlement(Id(), random.Next(), random.Next(2) == 0 ? null : Id(), random.Next(), At(), random.Next(2) == 0 ? null : Id());
    }

    /// <summary>A value with all that it holds, written out: records with arrays in them have no equality of their own.</summary>
    private static string Text(object? value) => value switch
    {
        null => "null",
        string or DateTimeZone or LocalDate or LocalTime => $"'{value}'",
        Instant instant => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant),
        _ when value.GetType().Name.EndsWith("Id", StringComparison.Ordinal) => value.ToString()!,
        IEnumerable many => $"[{string.Join(',', many.Cast<object?>().Select(Text))}]",
        _ when value.GetType().Namespace!.StartsWith("Scheduler", StringComparison.Ordinal) && !value.GetType().IsEnum =>
            $"{value.GetType().Name}({string.Join(',', value.GetType().GetProperties().Where(property => property is { CanWrite: true } || value is Accommodation).Select(property => Text(property.GetValue(value))))})",
        _ => FormattableString.Invariant($"{value}"),
    };
}
