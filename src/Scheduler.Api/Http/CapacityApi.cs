using System.Text.Json;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>A pool's capacity (R3): templates and exceptions, set by operators, and what they come to.</summary>
internal static class CapacityApi
{
    public static async ValueTask<Answer> PutTemplate(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (template, force, reason) = TemplateBody.Parse(body.Fields);
        return await Judge.Operator(call, body, Find(call) is null ? Problems.NotFound() : null)
            ?? await call.Door.Operator.SetTemplate(new(call.Caller(body), call.Id, template, force, reason));
    }

    public static async ValueTask<Answer> PutException(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (from, to, seats, force, reason) = CapacityBody.Parse(body.Fields);
        return await Judge.Operator(call, body, Refusal(Find(call), from, to))
            ?? await call.Door.Operator.SetException(new(call.Caller(body), call.Id, from, to, seats, force, reason));
    }

    public static async ValueTask<Answer> ClearExceptions(Call call)
    {
        using var body = await call.ReadBody(BodyUse.None);
        var query = new Query(call.Http.Request);
        var (from, to) = query.Range(Limits.CapacityDays);
        if (from == to)
            query.Faults.Add("to", "must be later than from");
        var force = query.WordOrNone<bool>("force", TryFlag) ?? false;
        var reason = query.TextOrNone("reason");
        if (reason is not null && !Words.IsReason(reason, Limits.ReasonCharacters, out var remedy))
            query.Faults.Add("reason", remedy);
        return await Judge.Operator(call, body, query.Problem() ?? Refusal(Find(call), from, to))
            ?? await call.Door.Operator.SetException(new(call.Caller(body), call.Id, from, to, null, force, reason));
    }

    /// <summary>Where the capacity comes from, and every slot with it. Who is no operator learns of each slot what availability tells, too: its capacity and free seats.</summary>
    public static ValueTask<Answer> Get(Call call)
    {
        var query = new Query(call.Http.Request);
        var (from, to) = query.Range(Limits.AvailabilityDays);
        if (query.Problem() is { } bad)
            return new(bad);
        if (Find(call) is not { } pool)
            return new(Problems.NotFound());
        var capacity = call.Catalogue.Capacities.GetValueOrDefault(pool.Id) ?? new(PoolCapacity.None, 0);
        return new(call.Moving(capacity.Version, writer =>
        {
            CatalogueView.Write(writer, new CapacityEntry(pool.Id, capacity.Value), capacity.Version);
            writer.WriteString("zone", pool.Zone.Id);
            writer.WriteStartArray("slots");
            foreach (var start in pool.Grid.Starts(from, to))
                Write(writer, call, new(pool.Id, SlotMinutes.Of(start)));
            writer.WriteEndArray();
        }));
    }

    private static void Write(Utf8JsonWriter writer, Call call, SlotHour slot)
    {
        call.Door.Ledger.Picture.TryGet(slot, out var capacity, out var taken);
        writer.WriteStartObject();
        writer.WriteString("start", JsonText.Text(slot.Start));
        writer.WriteNumber("capacity", capacity);
        writer.WriteNumber("free", Math.Max(0, capacity - taken));
        if (call.IsOperator)
        {
            writer.WriteNumber("taken", taken);
            writer.WriteNumber("shortfall", Math.Max(0, taken - capacity));
        }

        writer.WriteEndObject();
    }

    private static Pool? Find(Call call) => PoolId.TryParse(call.Id, out var id) && call.Catalogue.Pools.TryGetValue(id, out var pool) ? pool.Value : null;

    private static Answer? Refusal(Pool? pool, Instant from, Instant to)
    {
        if (pool is null)
            return Problems.NotFound();
        // The end of a slot is on the grid, too, where a gap of the clock follows it.
        var odd = !pool.Grid.IsStart(from) ? from : pool.Grid.IsStart(to) || pool.Grid.IsStart(to - Duration.FromHours(1)) ? (Instant?)null : to;
        return odd is { } instant ? Problems.From(new Refusal.NotOnSlot(pool.Grid.FirstAtOrAfter(instant))) : null;
    }

    private static bool TryFlag(string text, out bool value, out string remedy)
    {
        remedy = "must be true or false";
        value = text == "true";
        return text is "true" or "false";
    }
}
