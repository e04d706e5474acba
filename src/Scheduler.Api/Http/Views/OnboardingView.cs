using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Which steps of the onboarding are done.</summary>
internal sealed record OnboardingView
{
    public required bool Agreement { get; init; }

    public required bool Purchase { get; init; }

    public required bool ItLab { get; init; }

    public required bool ItOnline { get; init; }

    public static OnboardingView Of(Onboarding steps) => new()
    {
        Agreement = steps.HasFlag(Onboarding.Agreement),
        Purchase = steps.HasFlag(Onboarding.Purchase),
        ItLab = steps.HasFlag(Onboarding.ItLab),
        ItOnline = steps.HasFlag(Onboarding.ItOnline),
    };
}
