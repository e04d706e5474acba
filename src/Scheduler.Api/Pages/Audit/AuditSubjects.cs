using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Finds and names the subjects of changes.</summary>
internal static class AuditSubjects
{
    /// <summary>The ids that a text means: the id itself, and every entry of the catalogue and every person whose name has the text.</summary>
    public static IReadOnlyCollection<string> Like(string text, Catalogue catalogue, AccountCopy accounts)
    {
        return
        [
            .. Slug.IsValid(text) ? [text] : Array.Empty<string>(),
            .. catalogue.Pools.Values.Where(pool => Has(pool.Value.Name)).Select(pool => pool.Value.Id.Text),
            .. catalogue.Exams.Values.Where(exam => Has(exam.Value.Name)).Select(exam => exam.Value.Id.Text),
            .. catalogue.Seasons.Values.Where(season => Has(season.Value.Name)).Select(season => season.Value.Id.Text),
            .. catalogue.Institutions.Values.Where(school => Has(school.Value.Name)).Select(school => school.Value.Id.Text),
            .. catalogue.ApiKeys.Values.Where(key => Has(key.Value.Name)).Select(key => key.Value.Id.ToString()),
            .. accounts.Accounts.Values.Where(account => Has(account.Name)).Select(account => account.Id.ToString()),
        ];

        bool Has(string name) => name.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The page of a change's subject; null when it has none that the reader may open.</summary>
    public static string? PageOf(AuditRow row, PageContext page)
    {
        var isOperator = page.Who.Role == Role.Operator;
        return (row.After ?? row.Before) switch
        {
            BookingSnapshot(var booking) => BookPaths.Booking(booking.Id),
            EntrySnapshot(Pool pool, _) when isOperator => Week(pool.Id),
            EntrySnapshot(CapacityEntry capacity, _) when isOperator => Week(capacity.Pool),
            CapacitySnapshot capacity when isOperator => Week(capacity.Pool),
            PlanSnapshot(var plan) when isOperator => PlanPaths.Of(plan.Id),
            EntrySnapshot(InstitutionEntry(var school), _) when page.Who.Role != Role.Instructor => $"/school?school={school.Id.Text}",
            PackSnapshot(var school, _) when page.Who.Role != Role.Instructor => $"/school?school={school.Text}",
            _ => null,
        };
    }

    private static string Week(PoolId pool) => new CapacityAddress { Pool = pool }.ToString();
}
