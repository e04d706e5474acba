using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Makes the plan of each night, and applies the plan where the policy says so. The date of the night is the idempotency key, and the ledger keeps the key: so
/// a night has one plan, also after a restart and when two clocks tick. What cannot be done now is tried again at the next tick. A night that is too long ago
/// is skipped, and the log says so.
/// </summary>
internal sealed class NightlyPlans(SeatLedger ledger, CatalogueCopy catalogue, IClock clock, IGrainFactory grains, ILogger log)
{
    private (LocalDate Date, NightlyPlan Settings)? _ended;
    private string? _logged;

    /// <summary>Does what is due.</summary>
    public async Task Run()
    {
        if (catalogue.Current.Policy.Value.NightlyPlan is not { } settings)
            return;
        var now = clock.GetCurrentInstant();
        var night = settings.Due(now);
        if (_ended == (night.Date, settings))
            return;
        var isOpen = NightlyPlan.IsOpen(night, now);
        if (await Plan(settings, night, isOpen) is not { } plan || (isOpen && settings.IsApplied && !await Apply(plan, night)))
            return;
        End(settings, night);
    }

    /// <summary>The plan of the night; null when there is none, or none yet.</summary>
    private async Task<PlanId?> Plan(NightlyPlan settings, Night night, bool isOpen)
    {
        var stamp = Stamp("nightly-plan", night);
        if (await grains.Plans().Recall(stamp) is CommandResult<Snapshot>.Done(PlanSnapshot(var known), _))
            return known.Id;
        var scope = isOpen ? settings.Scope(night, catalogue.Current) : null;
        if (scope is null)
        {
            log.LogWarning("The nightly plan of {Night} is skipped: {Why}.", night.Date, isOpen ? "no pool is offered" : "its time is too long ago");
            End(settings, night);
            return null;
        }

        switch (await grains.Plans().Make(new(new(Records.Clock, stamp), scope)))
        {
            case CommandResult<PlanSnapshot>.Done({ Plan: var plan }, _):
                log.LogInformation("The nightly plan of {Night} is plan {Plan}.", night.Date, plan.Id);
                return plan.Id;
            case CommandResult<PlanSnapshot>.Refused(var why):
                LogWait(night, "made", why.Code);
                return null;
            case var other:
                LogWait(night, "made", other.GetType().Name);
                return null;
        }
    }

    /// <summary>Applies the plan when it is ready. Returns whether nothing more is to be done for this night.</summary>
    private async Task<bool> Apply(PlanId id, Night night)
    {
        if (await ledger.Read.Plan(id, CancellationToken.None) is not { } plan || plan.Status is not (PlanStatus.Running or PlanStatus.Ready))
            return true;
        if (plan.Status == PlanStatus.Running)
            return false;
        var result = await grains.Plans().Apply(new(new(Records.Clock, Stamp("nightly-plan-applied", night)), id.Value));
        if (result is not CommandResult<PlanSnapshot>.Done({ Plan: var applied }, _))
        {
            LogWait(night, "applied", result is CommandResult<PlanSnapshot>.Refused(var why) ? why.Code : result.GetType().Name);
            return false;
        }

        log.LogInformation(
            "The nightly plan of {Night} was applied: {Applied} entries, and {Stale} were stale.", night.Date, applied.Applied, applied.Stale.Length);
        return true;
    }

    private void End(NightlyPlan settings, Night night) => _ended = (night.Date, settings);

    /// <summary>Logs once for each night and cause why the plan has to wait.</summary>
    private void LogWait(Night night, string what, string why)
    {
        var text = $"{night.Date:uuuu-MM-dd} {what} {why}";
        if (_logged == text)
            return;
        _logged = text;
        log.LogWarning("The nightly plan of {Night} cannot be {What} yet ({Why}); the clockwork tries again every minute.", night.Date, what, why);
    }

    private static IdempotencyStamp Stamp(string what, Night night)
    {
        var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what}/{night.Date:uuuu-MM-dd}");
        return new(Records.Clock.Id, key, key);
    }
}
