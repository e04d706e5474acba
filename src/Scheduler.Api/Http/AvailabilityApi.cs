using System.Buffers;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>What is free when, from the season's picture in memory: no grain is asked and no query made, so it may be a moment old.</summary>
internal static class AvailabilityApi
{
    private const int HeadBytes = 512;

    public static ValueTask<Answer> Get(Call call)
    {
        var query = new Query(call.Http.Request);
        var poolId = query.Word<PoolId>("pool", Words.TryPool);
        var (from, to) = query.Range(Limits.AvailabilityDays);
        var asked = query.WordOrNone<InstitutionId>("institution", Words.TryInstitution);
        if (query.Problem() is { } bad)
            return new(bad);
        if (!call.Catalogue.Pools.TryGetValue(poolId, out var pool))
            return new(Problems.From(new Refusal.UnknownPool(poolId.Text)));
        var institution = asked ?? call.Who.Institution;
        if (institution is { } id && !call.Reaches(id))
            return new(Problems.NotFound());
        // An operator who asks for no school in particular is told the days as the pool's zone counts them.
        var zone = institution is { } whose ? call.Catalogue.Institutions[whose].Value.Zone : pool.Value.Zone;
        return Written(call, pool.Value, zone, from, to);
    }

    private static async ValueTask<Answer> Written(Call call, Pool pool, DateTimeZone zone, Instant from, Instant to)
    {
        var rows = (int)Math.Ceiling((to - from).TotalHours) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(HeadBytes + (rows * AvailabilityText.RowBytes));
        try
        {
            var length = Fill(call, pool, zone, from, to, buffer);
            var response = call.Http.Response;
            response.ContentType = AnswerWriter.Json;
            response.ContentLength = length;
            await response.BodyWriter.WriteAsync(buffer.AsMemory(0, length));
            return AnswerWriter.Written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Fill(Call call, Pool pool, DateTimeZone zone, Instant from, Instant to, byte[] buffer)
    {
        var now = call.Now;
        return new AvailabilityText(buffer).Write(pool, call.Door.Ledger.Picture.Pool(pool.Id), new(call.Catalogue, zone, now), from, to, now);
    }
}
