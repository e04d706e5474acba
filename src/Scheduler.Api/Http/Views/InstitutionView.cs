using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An institution's settings.</summary>
internal sealed record InstitutionView
{
    public required InstitutionId Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required InstitutionId? Board { get; init; }

    public required int LabSeats { get; init; }

    public required int Proctors { get; init; }

    [Description("Whether all steps of the onboarding are done.")]
    public required bool Ready { get; init; }

    public required OnboardingView Onboarding { get; init; }

    public required int? ShortNoticeDays { get; init; }

    [Description("When the operator retired it; null while it is offered.")]
    public required Instant? Retired { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static InstitutionView Of(Institution institution, int version) => new()
    {
        Id = institution.Id,
        Name = institution.Name,
        Zone = institution.Zone,
        Board = institution.Board,
        LabSeats = institution.LabSeats,
        Proctors = institution.Proctors,
        Ready = institution.Onboarding == Domain.Onboarding.Complete,
        Onboarding = OnboardingView.Of(institution.Onboarding),
        ShortNoticeDays = institution.ShortNoticeDays,
        Retired = institution.Retired,
        Version = version,
    };
}
