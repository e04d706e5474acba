using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Holds (R10): made, shown, confirmed, given back.</summary>
internal static class HoldsApi
{
    public static async ValueTask<Answer> Post(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var wish = BookingBody.Parse(body.Fields);
        var institution = call.Institution();
        return await Judge.Institution(call, body, institution, wish.OverrideReason is not null)
            ?? await call.Door.Queue(institution!.Value).Hold(new(call.Caller(body), wish));
    }

    public static async ValueTask<Answer> Get(Call call)
    {
        if (new Query(call.Http.Request).Problem() is { } bad)
            return bad;
        var now = call.Now;
        return await Find(call) is { } hold ? call.Single(hold.VersionAt(now), writer => BookingView.Write(writer, hold, now)) : Problems.NotFound();
    }

    public static async ValueTask<Answer> Confirm(Call call)
    {
        using var body = await call.ReadBody(BodyUse.None);
        var hold = await Find(call);
        return await Judge.Institution(call, body, hold?.Sitting.Institution) ?? await Queue(call, hold!).Confirm(new(call.Caller(body), hold!.Id.Value));
    }

    public static async ValueTask<Answer> Release(Call call)
    {
        using var body = await call.ReadBody(BodyUse.None);
        var hold = await Find(call);
        return await Judge.Institution(call, body, hold?.Sitting.Institution) ?? await Queue(call, hold!).Release(new(call.Caller(body), hold!.Id.Value));
    }

    private static IInstitutionQueueGrain Queue(Call call, Hold hold) => call.Door.Queue(hold.Sitting.Institution);

    private static async ValueTask<Hold?> Find(Call call)
    {
        if (!Guid.TryParseExact(call.Id, "D", out var id))
            return null;
        var hold = await call.Door.Ledger.Read.Hold(new(id));
        return hold is not null && call.Reaches(hold.Sitting.Institution) ? hold : null;
    }
}
