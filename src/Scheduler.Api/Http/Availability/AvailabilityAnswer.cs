using System.Buffers;
using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// 200 with availability, written without a serializer into a pooled buffer, because availability is read far more often than bookings are made. With
/// <paramref name="fits"/>, each row also says whether the need of the query fits.
/// </summary>
internal sealed class AvailabilityAnswer(Query query, Pool pool, DateTimeZone zone, Instant from, Instant to, ImmutableArray<StartFit>? fits = null) : IResult
{
    private const int HeadBytes = 512;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var rows = (int)Math.Ceiling((to - from).TotalHours) + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(HeadBytes + (rows * (AvailabilityText.RowBytes + (fits is null ? 0 : NeedColumns.RowBytes))));
        try
        {
            await JsonBytes.Write(httpContext, buffer.AsMemory(0, Fill(buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int Fill(byte[] buffer)
    {
        var now = query.Now;
        var picture = query.Api.Ledger.Picture;
        var lapsed = picture.LapsedSeats(pool.Id, now);
        // A retired pool offers nothing, whatever its slots have.
        var slots = pool.Retired is null ? picture.Pool(pool.Id) : null;
        return new AvailabilityText(buffer).Write(pool, slots, lapsed, new(query.Catalogue, zone, now), new(fits), from, to, now);
    }
}
