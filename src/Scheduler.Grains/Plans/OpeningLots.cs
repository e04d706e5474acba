using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>The lots of a plan (R16): the order of the requests, and the plan after the lots have decided what its aims leave equal.</summary>
internal sealed record OpeningLots(ImmutableArray<RequestId> Order, Plan Plan, ImmutableDictionary<string, string> Places)
{
    /// <summary>The lots of a plan that the solver found.</summary>
    public static OpeningLots Of(PlanInstance season, Plan solved, string seed)
    {
        var order = OpeningSeed.Order(seed, season.Rows.Values.Where(row => row.Booking is null).Select(row => row.Request.Id));
        var (plan, places) = LotExchange.Run(season.Instance, solved, [.. order.Select(request => request.ToString())]);
        return new(order, plan, places);
    }

    /// <summary>The receipts after requests have changed places. Such requests ask for the same, so a receipt goes with the place.</summary>
    public IEnumerable<Receipt>? Receipts(IEnumerable<Receipt>? receipts)
    {
        var ownerOf = Places.ToDictionary(place => place.Value, place => place.Key);
        return receipts?.Select(receipt => ownerOf.TryGetValue(receipt.Request, out var owner)
            ? receipt with { Request = owner, Placement = [.. receipt.Placement.Select(row => row with { Request = owner })] }
            : receipt);
    }

    /// <summary>The file of the solver's plan; after an exchange, the file of the plan that came of it.</summary>
    public async Task<ReadOnlyMemory<byte>> File(ReadOnlyMemory<byte> solved)
    {
        if (Places.IsEmpty)
            return solved;
        var file = new MemoryStream();
        await PlanFile.Write(Plan, file);
        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }
}
