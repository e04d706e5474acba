using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Retired things of the operator: pools, exams, seasons and institutions. A retired thing is shown and not offered. A thing on which something to come rests
/// cannot be retired: a booking that has not ended, a live hold, or a waiting entry.
/// </summary>
public static class Retirement
{
    /// <summary>When the entry was retired; null for an entry that is offered, and for a kind that cannot be retired.</summary>
    public static Instant? Of(CatalogueEntry entry) => entry switch
    {
        Pool pool => pool.Retired,
        Exam exam => exam.Retired,
        SeasonEntry season => season.Season.Retired,
        InstitutionEntry institution => institution.Institution.Retired,
        _ => null,
    };

    /// <summary>The entry, retired since an instant; with null the entry is offered again.</summary>
    public static CatalogueEntry With(CatalogueEntry entry, Instant? since) => entry switch
    {
        Pool pool => pool with { Retired = since },
        Exam exam => exam with { Retired = since },
        SeasonEntry season => new SeasonEntry(season.Season with { Retired = since }),
        InstitutionEntry institution => new InstitutionEntry(institution.Institution with { Retired = since }),
        _ => throw new ArgumentException($"An entry of the type {entry.GetType().Name} cannot be retired.", nameof(entry)),
    };

    /// <summary>The refusal of a wish that names a retired exam or pool, or comes from a retired institution; null for any other wish.</summary>
    public static Refusal.Retired? Refuse(Exam exam, Pool pool, Institution institution) =>
        exam.Retired is not null ? new("exam", exam.Id.Text)
        : pool.Retired is not null ? new("pool", pool.Id.Text)
        : institution.Retired is not null ? new("institution", institution.Id.Text)
        : null;

    /// <summary>
    /// The same refusal for a sitting that is held. A hold keeps its exam, pool and institution from being retired, but the clocks of two processes may
    /// disagree about the end of the hold.
    /// </summary>
    public static Refusal.Retired? Refuse(Sitting sitting, DecisionBasis basis) =>
        basis.Catalogue.Exams.TryGetValue(sitting.Exam, out var exam) && basis.Catalogue.Pools.TryGetValue(sitting.Pool, out var pool)
            ? Refuse(exam.Value, pool.Value, basis.Institution)
            : null;

    /// <summary>
    /// Whether a confirmed booking that has not ended rests on the entry. The zone of a sitting is not known here, so of a season the days beside its dates
    /// count too.
    /// </summary>
    public static bool Rests(Booking booking, CatalogueEntry entry, Instant now) =>
        booking.Status == BookingStatus.Confirmed && booking.Sitting.End > now && MayRest(booking.Sitting, entry);

    /// <summary>Whether a live hold rests on the entry.</summary>
    public static bool Rests(Hold hold, CatalogueEntry entry, Instant now) => hold.IsLive(now) && MayRest(hold.Sitting, entry);

    /// <summary>Whether a waiting request whose block, or last window, lies ahead rests on the catalogue entry.</summary>
    public static bool Rests(Request request, CatalogueEntry entry, Instant now) =>
        request.Status == RequestStatus.Queued && request.LiesAhead(now) && Rests(request.Exam, request.Pool, request.Institution, entry);

    private static bool MayRest(Sitting sitting, CatalogueEntry entry) => entry is SeasonEntry { Season: var season }
        ? sitting.Start.InUtc().Date is var day && day >= season.From.PlusDays(-1) && day <= season.To.PlusDays(1)
        : Rests(sitting.Exam, sitting.Pool, sitting.Institution, entry);

    private static bool Rests(ExamId exam, PoolId pool, InstitutionId institution, CatalogueEntry entry) => entry switch
    {
        Exam of => of.Id == exam,
        Pool of => of.Id == pool,
        InstitutionEntry of => of.Institution.Id == institution,
        // The requests that a season still collects are found by their days.
        _ => false,
    };
}
