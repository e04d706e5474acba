using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An exception to a pool's templates.</summary>
internal sealed record ExceptionView
{
    public required Instant From { get; init; }

    public required Instant To { get; init; }

    public required int Seats { get; init; }

    public static ExceptionView Of(CapacityException exception) => new() { From = exception.From, To = exception.To, Seats = exception.Seats };
}
