using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Sentences about a block and its seats.</summary>
internal static class BlockText
{
    /// <summary>Such as "2-hour block: 22 seats, then 2".</summary>
    public static string Head(SeatProfile profile, IStringLocalizer texts) => texts["block.head", profile.Slots, Seats(profile, texts)];

    /// <summary>Such as "22 seats, then 2".</summary>
    public static string Seats(SeatProfile profile, IStringLocalizer texts)
    {
        var steps = new List<int>();
        foreach (var seats in profile.Seats)
        {
            if (steps.Count == 0 || steps[^1] != seats)
                steps.Add(seats);
        }

        return texts.Count("seats", steps[0]) + string.Concat(steps.Skip(1).Select(seats => texts["block.then", PageText.Number(seats)].Value));
    }

    /// <summary>Such as "Wed Dec 9, 13:00 to 15:00 EST".</summary>
    public static string When(Instant start, int slots, IStringLocalizer texts, PageTime time)
    {
        var (from, to) = (start.InZone(time.Zone), SlotGrid.End(start, slots).InZone(time.Zone));
        // Across a change of the clock both ends have their own short name.
        var first = from.Offset == to.Offset ? time.Clock(from.TimeOfDay) : time.Clock(start);
        return texts["block.when", time.Date(from.Date), first, time.Clock(to.ToInstant())];
    }

    /// <summary>Such as "22 seats from 13:00, 2 of them until 15:00".</summary>
    public static string Profile(Instant start, SeatProfile profile, IStringLocalizer texts, PageTime time)
    {
        var text = texts.Count("block.from", profile[0], time.Clock(start.InZone(time.Zone).TimeOfDay));
        for (var k = 1; k < profile.Slots; k++)
        {
            if (profile[k] < profile[k - 1])
            {
                var until = SlotGrid.End(start, LastSlotWith(profile, k)).InZone(time.Zone).TimeOfDay;
                text += texts["block.ofThem", PageText.Number(profile[k]), time.Clock(until)];
            }
        }

        return text;
    }

    /// <summary>How many slots have at least as many seats as the k-th.</summary>
    private static int LastSlotWith(SeatProfile profile, int k) => profile.Seats.Count(seats => seats >= profile[k]);
}
