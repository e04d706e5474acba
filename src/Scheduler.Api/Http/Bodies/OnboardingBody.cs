using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The steps of an institution's onboarding. A step that is left out is not done.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record OnboardingBody
{
    public bool? Agreement { get; init; }

    public bool? Purchase { get; init; }

    public bool? ItLab { get; init; }

    public bool? ItOnline { get; init; }

    public Onboarding ToDomain() =>
        Step(Agreement, Onboarding.Agreement) | Step(Purchase, Onboarding.Purchase) | Step(ItLab, Onboarding.ItLab) | Step(ItOnline, Onboarding.ItOnline);

    private static Onboarding Step(bool? isDone, Onboarding step) => isDone == true ? step : Onboarding.None;
}
