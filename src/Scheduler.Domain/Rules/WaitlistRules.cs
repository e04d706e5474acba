namespace Scheduler.Domain;

/// <summary>R9: the rules of a waitlist entry that a booking does not have.</summary>
public static class WaitlistRules
{
    /// <summary>
    /// Why an entry with this profile would wait for nothing; null when it would not. All slots to come of the pool count, and not the hours of the block
    /// alone:
    /// an operator raises an hour to what other hours of the pool offer, with machines that are there.
    /// </summary>
    public static Refusal? NeverFits(Pool pool, SeatProfile profile, DecisionBasis basis)
    {
        var greatest = basis.Catalogue.Capacities.GetValueOrDefault(pool.Id)?.Value.Greatest(basis.Now, pool.Zone) ?? 0;
        return profile[0] > greatest ? new Refusal.NeverFits(greatest) : null;
    }
}
