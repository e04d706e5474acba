using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Free seats at the starts that a flexible request allows, of a few days round the start that came nearest to serving it: from the picture in memory, without
/// a call of a grain.
/// </summary>
internal sealed record FreeWindow
{
    /// <summary>How many days the window shows at most.</summary>
    private const int Shown = 5;

    /// <summary>The dates, in order.</summary>
    public required ImmutableArray<LocalDate> Days { get; init; }

    /// <summary>The local times at which a block can begin, in order.</summary>
    public required ImmutableArray<LocalTime> Times { get; init; }

    /// <summary>What each start offers, by its local date and time.</summary>
    public required ImmutableDictionary<LocalDateTime, FreeStart> Starts { get; init; }

    /// <summary>The window of a request that waits; null when no start is left to it.</summary>
    public static FreeWindow? Of(PageContext page, Institution school, Request request, Instant near)
    {
        var zone = school.Zone;
        var starts = RequestCandidates.Of(request, school, page.Catalogue, page.Now);
        var dates = starts.Select(start => LeadTime.Day(start, zone)).Distinct().ToList();
        if (dates.Count == 0 || page.Api.Ledger.Picture.Pool(request.Pool) is not { } slots)
            return null;
        var nearest = dates.FindLastIndex(date => date <= LeadTime.Day(near, zone));
        var first = Math.Clamp(nearest - (Shown / 2), 0, Math.Max(0, dates.Count - Shown));
        var days = dates.Skip(first).Take(Shown).ToImmutableArray();
        // Of an hour that comes twice, the first is shown.
        var shown = starts.Where(start => days.Contains(LeadTime.Day(start, zone)))
            .GroupBy(start => start.InZone(zone).LocalDateTime).Select(group => group.First());
        var cells = shown.ToImmutableDictionary(start => start.InZone(zone).LocalDateTime, Read);
        return new() { Days = days, Times = [.. cells.Keys.Select(at => at.TimeOfDay).Distinct().Order()], Starts = cells };

        FreeStart Read(Instant start)
        {
            var (free, capacity, missing) = (int.MaxValue, 0, 0);
            for (var k = 0; k < request.Profile.Slots; k++)
            {
                var view = slots.Look(SlotMinutes.Of(start) + (k * SlotHour.LengthMinutes), page.Now);
                var left = view.Capacity == 0 ? 0 : Math.Max(0, view.Free);
                (free, capacity) = left < free ? (left, view.Capacity) : (free, capacity);
                missing = Math.Max(missing, Math.Min(request.Profile[k], request.OpenSeats) - left);
            }

            return new(start, free, capacity, Math.Max(0, missing));
        }
    }
}
