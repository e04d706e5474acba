using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R7: where the vouchers of a pack are.</summary>
public sealed class R07_PackUse
{
    /// <summary>Any bookings and holds that draw on two packs: the parts add up to the pack, at every instant.</summary>
    [Property(MaxTest = 200)]
    public void R07_the_parts_of_a_pack_add_up(byte[] draws, bool[] cancelled, byte hours)
    {
        ImmutableArray<Pack> packs = [.. Enumerable.Range(0, 2).Select(_ => new Pack(PackId.New(), "MOS", 100_000, new(2026, 9, 1), 0))];
        var basis = Scene.Basis;
        var sitting = Scene.Book(Scene.Wish, basis).Sitting;
        List<Booking> bookings =
        [
            .. draws.Select((draw, i) =>
            {
                var isCancelled = cancelled.ElementAtOrDefault(i);
                ImmutableArray<VoucherDraw> taken = [new(packs[draw % 2].Id, draw)];
                return new Booking
                {
                    Id = BookingId.New(), Sitting = sitting with { Start = sitting.Start + Duration.FromHours(i), Vouchers = taken },
                    Status = isCancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed, Forfeited = isCancelled && i % 2 == 0 ? taken : [],
                };
            }),
        ];
        var hold = Scene.Hold(Scene.Wish with { Seats = 5 }, basis, Scene.Now + Duration.FromMinutes(10));
        hold = hold with { Sitting = hold.Sitting with { Vouchers = [new(packs[0].Id, 5)] } };
        foreach (var now in new[] { Scene.Now, hold.ExpiresAt, sitting.End + Duration.FromHours(hours % 24) })
        {
            var uses = PackUse.Of(packs, bookings, [hold], now);
            uses.ShouldAllBe(use => use.Left + use.SetAside + use.Used + use.Forfeited == use.Pack.Quantity && use.SetAside >= 0 && use.Used >= 0);
            uses.Sum(use => use.Used).ShouldBe(bookings.Where(one => one.Status == BookingStatus.Confirmed && one.Sitting.End <= now).Sum(Drawn));
            uses.Sum(use => use.Forfeited).ShouldBe(bookings.Sum(one => one.Forfeited.Sum(draw => draw.Vouchers)));
            uses.Sum(use => use.SetAside).ShouldBe(
                bookings.Where(one => one.Status == BookingStatus.Confirmed && now < one.Sitting.End).Sum(Drawn) + (hold.IsLive(now) ? 5 : 0));
        }

        static int Drawn(Booking booking) => booking.Sitting.Vouchers.Sum(draw => draw.Vouchers);
    }
}
