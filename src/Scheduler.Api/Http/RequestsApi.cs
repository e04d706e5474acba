using System.Globalization;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An institution's queue (R9): joined, shown with places in it, left.</summary>
internal static class RequestsApi
{
    public static async ValueTask<Answer> Post(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (wish, weight) = RequestBody.Parse(body.Fields);
        var institution = call.Institution();
        return await Judge.Institution(call, body, institution, weight != 1)
            ?? await call.Door.Queue(institution!.Value).Join(new(call.Caller(body), wish, weight));
    }

    public static async ValueTask<Answer> Queue(Call call)
    {
        var query = new Query(call.Http.Request);
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return bad;
        if (call.Institution() is not { } institution)
            return Problems.NotFound();
        if (!TryCursor(cursor, out var before, out var inner))
            return Query.BadCursor();
        var page = await call.Door.Ledger.Read.Queue(institution, inner, limit);
        if (page is null)
            return Query.BadCursor();
        var places = new QueuePlaces(call.Door.Ledger.Read);
        var shown = new List<(Request Request, int? Position, int? Rank)>(page.Entries.Length);
        foreach (var request in page.Entries)
        {
            var waits = request.Status == RequestStatus.Queued;
            shown.Add((request, waits ? ++before : null, waits ? await places.Rank(request) : null));
        }

        var next = page.Next is null ? null : string.Create(CultureInfo.InvariantCulture, $"{before}.{page.Next}");
        return new() { Status = 200, Body = JsonText.Page(shown, next, (writer, one) => BookingView.Write(writer, one.Request, one.Position, one.Rank)) };
    }

    public static async ValueTask<Answer> Get(Call call)
    {
        if (new Query(call.Http.Request).Problem() is { } bad)
            return bad;
        if (await Find(call) is not { } request)
            return Problems.NotFound();
        int? rank = request.Status == RequestStatus.Queued ? await new QueuePlaces(call.Door.Ledger.Read).Rank(request) : null;
        return call.Moving(request.Version, writer => BookingView.Write(writer, request, null, rank));
    }

    public static async ValueTask<Answer> Withdraw(Call call)
    {
        using var body = await call.ReadBody(BodyUse.None);
        var request = await Find(call);
        return await Judge.Institution(call, body, request?.Institution)
            ?? await call.Door.Queue(request!.Institution).Withdraw(new(call.Caller(body), request.Id.Value));
    }

    /// <summary>The cursor carries how many waited on the pages before, since a position counts from the queue's head.</summary>
    private static bool TryCursor(string? cursor, out int before, out string? inner)
    {
        before = 0;
        inner = null;
        if (cursor is null)
            return true;
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !int.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return false;
        inner = cursor[(dot + 1)..];
        return true;
    }

    private static async ValueTask<Request?> Find(Call call)
    {
        if (!Guid.TryParseExact(call.Id, "D", out var id))
            return null;
        var request = await call.Door.Ledger.Read.Request(new(id));
        return request is not null && call.Reaches(request.Institution) ? request : null;
    }

    /// <summary>Ranks of waitlist entries, each block's waiters read once.</summary>
    private sealed class QueuePlaces(LedgerReader ledger)
    {
        private readonly Dictionary<SlotHour, List<RequestId>> _waiting = [];

        /// <summary>From 1, over all who wait for a block with this start, by weight and then by age.</summary>
        public async ValueTask<int?> Rank(Request request)
        {
            var block = new SlotHour(request.Pool, SlotMinutes.Of(request.PreferredStart));
            if (!_waiting.TryGetValue(block, out var waiters))
            {
                var read = await ledger.Waiting(request.Pool, request.PreferredStart, request.PreferredStart + NodaTime.Duration.FromMinutes(1));
                _waiting[block] = waiters = [.. read.Select(waiter => waiter.Id)];
            }

            // It may have been served since its page was read.
            var place = waiters.IndexOf(request.Id);
            return place < 0 ? null : place + 1;
        }
    }
}
