using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>R14 for pages: what is out of reach looks like what does not exist.</summary>
internal static class PageReach
{
    public static bool Reaches(this PageContext page, InstitutionId id) =>
        page.Catalogue.Institutions.TryGetValue(id, out var institution) && Access.Reaches(page.Who, id, institution.Value.Board);

    /// <summary>What names a school in the query of an address; empty for the reader's own school and for none.</summary>
    /// <param name="page">The page.</param>
    /// <param name="school">The school.</param>
    /// <param name="before">The mark in front of the parameter.</param>
    public static string SchoolQuery(this PageContext page, InstitutionId? school, string before = "&") =>
        school is not { } id || id == page.Own?.Id ? "" : $"{before}{AvailabilityAddress.SchoolField}={id.Text}";

    public static async Task<Hold?> HoldInReach(this PageContext page, Guid id) =>
        await page.Api.Ledger.Read.Hold(new(id), page.Http.RequestAborted) is { } hold && page.Reaches(hold.Sitting.Institution) ? hold : null;

    public static async Task<Booking?> BookingInReach(this PageContext page, Guid id) =>
        await page.Api.Ledger.Read.Booking(new(id), page.Http.RequestAborted) is { } booking && page.Reaches(booking.Sitting.Institution) ? booking : null;

    public static async Task<Request?> RequestInReach(this PageContext page, Guid id) =>
        await page.Api.Ledger.Read.Request(new(id), page.Http.RequestAborted) is { } request && page.Reaches(request.Institution) ? request : null;

    /// <summary>The view of free seats with a sitting's block selected.</summary>
    public static AvailabilityAddress AddressOf(this PageContext page, Sitting sitting, Catalogue catalogue) => new()
    {
        School = page.Own?.Id == sitting.Institution ? null : sitting.Institution,
        Pool = sitting.Pool,
        Start = sitting.Start,
        Need = Need.Of(sitting, catalogue),
    };
}
