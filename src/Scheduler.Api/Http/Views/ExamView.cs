using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An exam.</summary>
internal sealed record ExamView
{
    public required ExamId Id { get; init; }

    public required string Programme { get; init; }

    public required string Name { get; init; }

    public required int Minutes { get; init; }

    public required int CheckInMinutes { get; init; }

    public required int ResetMinutes { get; init; }

    public required ImmutableArray<PoolId> Pools { get; init; }

    public required ImmutableArray<DeliveryMode> Modes { get; init; }

    [Description("When the operator retired it; null while it is offered.")]
    public required Instant? Retired { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static ExamView Of(Exam exam, int version) => new()
    {
        Id = exam.Id,
        Programme = exam.Programme,
        Name = exam.Name,
        Minutes = exam.Minutes,
        CheckInMinutes = exam.CheckInMinutes,
        ResetMinutes = exam.ResetMinutes,
        Pools = [.. exam.Pools],
        Modes = [.. exam.Modes],
        Retired = exam.Retired,
        Version = version,
    };
}
