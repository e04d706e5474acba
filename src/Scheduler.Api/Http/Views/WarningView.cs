using System.ComponentModel;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A warning beside a success: the call was done, but was perhaps not meant.</summary>
internal sealed record WarningView
{
    private const string ProbableDuplicate = "probable_duplicate";

    [OneOf(ProbableDuplicate)]
    public required string Code { get; init; }

    public required string Detail { get; init; }

    [Description("The earlier booking; null when the earlier one is a hold.")]
    public required Guid? Booking { get; init; }

    [Description("The earlier hold; null when the earlier one is a booking.")]
    public required Guid? Hold { get; init; }

    public static WarningView? Of(ProbableDuplicate? duplicate) => duplicate is null ? null : new()
    {
        Code = ProbableDuplicate,
        Detail = ProblemTexts.Of(duplicate),
        Booking = duplicate.Booking?.Value,
        Hold = duplicate.Hold?.Value,
    };
}
