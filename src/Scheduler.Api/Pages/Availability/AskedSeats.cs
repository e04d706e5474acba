using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// How many seats all schools together ask for in the hours of a pool: booked, held, and waited for. A flexible request counts at its preferred start. Only
/// sums leave here, and no name (R14).
/// </summary>
internal sealed class AskedSeats
{
    private readonly PageContext _page;
    private readonly PoolId _pool;
    private readonly IReadOnlyList<AskedBlock> _waiting;

    private AskedSeats(PageContext page, PoolId pool, IReadOnlyList<AskedBlock> waiting) => (_page, _pool, _waiting) = (page, pool, waiting);

    /// <summary>Reads who waits for hours of the range.</summary>
    public static async Task<AskedSeats> Read(PageContext page, PoolId pool, Instant from, Instant to) =>
        new(page, pool, await page.Api.Ledger.Read.QueuedBlocks(pool, from, to, page.Http.RequestAborted));

    /// <summary>Seats of an hour for which somebody waits.</summary>
    public int QueuedIn(int minutes) => _waiting.Sum(block => block.Profile.SeatsAt(SlotMinutes.Of(block.Start), minutes));

    /// <summary>What is asked of each hour of a block.</summary>
    public ImmutableArray<AskedHour> Of(Instant start, SeatProfile profile)
    {
        var (hours, slots) = (ImmutableArray.CreateBuilder<AskedHour>(), _page.Api.Ledger.Picture.Pool(_pool));
        for (var k = 0; k < profile.Slots; k++)
        {
            var minutes = SlotMinutes.Of(start) + (k * SlotHour.LengthMinutes);
            var view = slots?.Look(minutes, _page.Now) ?? default;
            hours.Add(new(SlotMinutes.ToInstant(minutes), view.Capacity, Math.Max(0, view.Capacity - view.Free), QueuedIn(minutes)));
        }

        return hours.ToImmutable();
    }
}
