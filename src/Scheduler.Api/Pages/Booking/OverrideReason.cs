using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The reason by which an operator books against the notice or the fair share (R2, R12). The booking shows the reason for ever.</summary>
internal static class OverrideReason
{
    /// <summary>The field of the form.</summary>
    public const string Field = "override";

    /// <summary>Stands for a reason that is not written yet, to see whether an override would help.</summary>
    private const string Unwritten = "-";

    /// <summary>Whether an override lifts the rule that refuses.</summary>
    public static bool Lifts(Refusal? refusal) => refusal is Refusal.LeadTimeShort or Refusal.FairShareExceeded;

    /// <summary>
    /// What the form says: null when it has no reason, or comes from anybody but an operator. Then the rules hold as for everybody. Empty for a text that
    /// cannot be a reason.
    /// </summary>
    public static async Task<string?> Read(PageContext page)
    {
        var reason = (await page.Http.Request.ReadFormAsync(page.Http.RequestAborted))[Field].FirstOrDefault()?.Trim();
        return string.IsNullOrEmpty(reason) || page.Who.Role != Role.Operator ? null
            : reason.Length <= Limits.ReasonCharacters && TextForms.Reason.Accepts(reason, out _) ? reason
            : "";
    }

    /// <summary>The refusal that stays when an operator overrides; null when the override helps.</summary>
    public static async Task<Refusal?> Rest(PageContext page, InstitutionId school, BookingWish wish, BookingId? moved) =>
        (await page.Api.Queue(school).Check(new(wish with { OverrideReason = Unwritten }, Moves: moved?.Value), page.Http.RequestAborted))?.WhyNot;
}
