using NodaTime;

namespace Scheduler.Domain;

/// <summary>The rules of an import that do not depend on what is imported.</summary>
public static class ImportRules
{
    /// <summary>Whether so many would vanish that a reason is needed: more than a tenth of what is there.</summary>
    /// <param name="vanishing">How many the import takes away.</param>
    /// <param name="present">How many there are before the import.</param>
    public static bool VanishesTooMuch(int vanishing, int present) => (long)vanishing * 10 > present;

    /// <summary>
    /// When an import can be applied no more: the rows are applied once by their idempotency keys, and the keys are kept no longer than this.
    /// </summary>
    public static Instant EndsAt(Instant madeAt) => madeAt + Duration.FromDays(Limits.IdempotencyKeyDays);
}
