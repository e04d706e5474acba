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

    public static ValueTask<Answer> List(Call call) => call.PageOfInstitution(call.Door.Ledger.Read.Packs, BookingView.Write);
}
