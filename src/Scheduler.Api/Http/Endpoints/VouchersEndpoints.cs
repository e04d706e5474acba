using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The balance of an institution's vouchers (R7), for everybody who reads the institution. Packs are shown to its coordinators and to
/// operators.</summary>
internal static class VouchersEndpoints
{
    public static void MapVouchers(this IEndpointRouteBuilder api) =>
        api.MapMethods("/institutions/{id}/vouchers", RouteConventions.Reading, List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the vouchers that an institution has left, by programme.").Lists<VoucherBalanceView>();

    private static async ValueTask<IResult> List(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } institution)
            return ApiProblem.NotFound();
        var today = LeadTime.Day(query.Now, query.Catalogue.Institutions[institution].Value.Zone);
        var answer = await query.Api.Queue(institution).Vouchers(today, query.Cancellation);
        // The cursor is the last programme of the page before.
        var rest = answer.Balances.Where(balance => cursor is null || string.CompareOrdinal(balance.Programme, cursor) > 0).Take(limit + 1).ToList();
        var next = rest.Count > limit ? rest[limit - 1].Programme : null;
        return new JsonAnswer<PageView<VoucherBalanceView>>(new() { Items = [.. rest.Take(limit).Select(VoucherBalanceView.Of)], Next = next });
    }
}
