using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

// The only bridge between the domain's types and the wire between silos: the domain knows no serializer. Within a silo nothing passes here, since commands are immutable.

/// <summary>An instant on the wire: ticks since 1970 UTC, and the nanoseconds that ticks leave over.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.instant")]
public struct InstantSurrogate
{
    /// <summary>100-nanosecond ticks since 1970 UTC.</summary>
    [Id(0)] public long Ticks;

    /// <summary>Nanoseconds beyond the ticks, 0–99.</summary>
    [Id(1)] public int Nanoseconds;
}

/// <summary>Converts instants.</summary>
[RegisterConverter]
public sealed class InstantConverter : IConverter<Instant, InstantSurrogate>
{
    /// <inheritdoc />
    public Instant ConvertFromSurrogate(in InstantSurrogate surrogate) => Instant.FromUnixTimeTicks(surrogate.Ticks).PlusNanoseconds(surrogate.Nanoseconds);

    /// <inheritdoc />
    public InstantSurrogate ConvertToSurrogate(in Instant value)
    {
        var ticks = value.ToUnixTimeTicks();
        return new() { Ticks = ticks, Nanoseconds = (int)(value - Instant.FromUnixTimeTicks(ticks)).TotalNanoseconds };
    }
}

/// <summary>A local date on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.local-date")]
public struct LocalDateSurrogate
{
    /// <summary>Year.</summary>
    [Id(0)] public int Year;

    /// <summary>Month.</summary>
    [Id(1)] public int Month;

    /// <summary>Day.</summary>
    [Id(2)] public int Day;
}

/// <summary>Converts local dates.</summary>
[RegisterConverter]
public sealed class LocalDateConverter : IConverter<LocalDate, LocalDateSurrogate>
{
    /// <inheritdoc />
    public LocalDate ConvertFromSurrogate(in LocalDateSurrogate surrogate) => new(surrogate.Year, surrogate.Month, surrogate.Day);

    /// <inheritdoc />
    public LocalDateSurrogate ConvertToSurrogate(in LocalDate value) => new() { Year = value.Year, Month = value.Month, Day = value.Day };
}

/// <summary>Candidates with extra time on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.accommodation")]
public struct AccommodationSurrogate
{
    /// <summary>How many candidates.</summary>
    [Id(0)] public int Candidates;

    /// <summary>Per cent of extra time.</summary>
    [Id(1)] public int ExtraTimePercent;
}

/// <summary>Converts accommodations.</summary>
[RegisterConverter]
public sealed class AccommodationConverter : IConverter<Accommodation, AccommodationSurrogate>
{
    /// <inheritdoc />
    public Accommodation ConvertFromSurrogate(in AccommodationSurrogate surrogate) => new(surrogate.Candidates, surrogate.ExtraTimePercent);

    /// <inheritdoc />
    public AccommodationSurrogate ConvertToSurrogate(in Accommodation value) => new() { Candidates = value.Candidates, ExtraTimePercent = value.ExtraTimePercent };
}

/// <summary>A principal on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.principal")]
public struct PrincipalSurrogate
{
    /// <summary>Id.</summary>
    [Id(0)] public string Id;

    /// <summary>Role.</summary>
    [Id(1)] public Role Role;

    /// <summary>Institution; null for operators.</summary>
    [Id(2)] public string? Institution;

    /// <summary>Name.</summary>
    [Id(3)] public string Name;
}

/// <summary>Converts principals.</summary>
[RegisterConverter]
public sealed class PrincipalConverter : IConverter<Principal, PrincipalSurrogate>
{
    /// <inheritdoc />
    public Principal ConvertFromSurrogate(in PrincipalSurrogate surrogate) =>
        new(surrogate.Id, surrogate.Role, surrogate.Institution is { } id ? InstitutionId.Of(id) : null, surrogate.Name);

    /// <inheritdoc />
    public PrincipalSurrogate ConvertToSurrogate(in Principal value) =>
        new() { Id = value.Id, Role = value.Role, Institution = value.Institution?.Text, Name = value.Name };
}

/// <summary>An idempotency stamp on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.stamp")]
public struct StampSurrogate
{
    /// <summary>Caller.</summary>
    [Id(0)] public string Caller;

    /// <summary>Key.</summary>
    [Id(1)] public string Key;

    /// <summary>Hash of the call.</summary>
    [Id(2)] public string Hash;
}

/// <summary>Converts idempotency stamps.</summary>
[RegisterConverter]
public sealed class StampConverter : IConverter<IdempotencyStamp, StampSurrogate>
{
    /// <inheritdoc />
    public IdempotencyStamp ConvertFromSurrogate(in StampSurrogate surrogate) => new(surrogate.Caller, surrogate.Key, surrogate.Hash);

    /// <inheritdoc />
    public StampSurrogate ConvertToSurrogate(in IdempotencyStamp value) => new() { Caller = value.Caller, Key = value.Key, Hash = value.Hash };
}

/// <summary>A wish on the wire.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.wish")]
public struct WishSurrogate
{
    /// <summary>Exam.</summary>
    [Id(0)] public string Exam;

    /// <summary>Pool.</summary>
    [Id(1)] public string Pool;

    /// <summary>Start.</summary>
    [Id(2)] public Instant Start;

    /// <summary>Candidates.</summary>
    [Id(3)] public int Seats;

    /// <summary>Mode.</summary>
    [Id(4)] public DeliveryMode Mode;

    /// <summary>Extra time.</summary>
    [Id(5)] public Accommodation[] Accommodations;

    /// <summary>Reference.</summary>
    [Id(6)] public string? Reference;

    /// <summary>Operator's reason.</summary>
    [Id(7)] public string? OverrideReason;
}

/// <summary>Converts wishes.</summary>
[RegisterConverter]
public sealed class WishConverter : IConverter<BookingWish, WishSurrogate>
{
    /// <inheritdoc />
    public BookingWish ConvertFromSurrogate(in WishSurrogate surrogate) => new()
    {
        Exam = ExamId.Of(surrogate.Exam),
        Pool = PoolId.Of(surrogate.Pool),
        Start = surrogate.Start,
        Seats = surrogate.Seats,
        Mode = surrogate.Mode,
        Accommodations = [.. surrogate.Accommodations],
        Reference = surrogate.Reference,
        OverrideReason = surrogate.OverrideReason,
    };

    /// <inheritdoc />
    public WishSurrogate ConvertToSurrogate(in BookingWish value) => new()
    {
        Exam = value.Exam.Text,
        Pool = value.Pool.Text,
        Start = value.Start,
        Seats = value.Seats,
        Mode = value.Mode,
        Accommodations = [.. value.Accommodations],
        Reference = value.Reference,
        OverrideReason = value.OverrideReason,
    };
}
