using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Packs of vouchers (R7).</summary>
internal static class PacksApi
{
    public static async ValueTask<Answer> Post(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (programme, quantity, purchasedOn) = PackBody.Parse(body.Fields);
        var institution = call.Institution();
        return await Judge.Institution(call, body, institution)
            ?? await call.Door.Queue(institution!.Value).AddPack(new(call.Caller(body), programme, quantity, purchasedOn));
    }

    public static async ValueTask<Answer> List(Call call)
    {
        var query = new Query(call.Http.Request);
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return bad;
        if (call.Institution() is not { } institution)
            return Problems.NotFound();
        var page = await call.Door.Ledger.Read.Packs(institution, cursor, limit);
        return page is null ? Query.BadCursor() : Call.Page(page, (writer, pack) => BookingView.Write(writer, institution, pack));
    }
}
