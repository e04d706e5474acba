using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>R7, R11: deals the vouchers of schools out to the placements of a plan, of which each has an exam day now.</summary>
internal static class PlacementVouchers
{
    /// <summary>
    /// The placements with their vouchers. In the order of the exam days each placement draws from the packs that end first. This serves all placements when
    /// any dealing does: a pack is valid on a range of days. <see cref="VoucherDealing"/> found such a dealing before the days were chosen. A booking that
    /// moves keeps its own vouchers.
    /// </summary>
    public static IEnumerable<(Request Request, PlanEntry.Placement Entry)> Dealt(
        PlanInstance instance, IEnumerable<(Request Request, PlanEntry.Placement Entry)> placements) =>
        placements.GroupBy(one => one.Entry.Institution).SelectMany(school => OfSchool(instance, school));

    private static IEnumerable<(Request Request, PlanEntry.Placement Entry)> OfSchool(
        PlanInstance instance, IGrouping<InstitutionId, (Request Request, PlanEntry.Placement Entry)> school)
    {
        var packs = instance.Cut.Packs.GetValueOrDefault(school.Key, []).ToDictionary(pack => pack.Id);
        var zone = instance.Cut.Catalogue.ZoneOf(school.Key);
        var byDay = school.Select(one => (one.Request, one.Entry, Day: LeadTime.Day(one.Entry.Start, zone)))
            .OrderBy(one => one.Day).ThenBy(one => one.Request.Sequence).ThenBy(one => one.Entry.Start);
        foreach (var (request, entry, day) in byDay)
        {
            var programme = instance.Rows[request.Id.ToString()].Terms.Programme;
            var draws = Vouchers.Draw(packs.Values, programme, day, entry.Seats) ?? [];
            foreach (var draw in draws)
                packs[draw.Pack] = packs[draw.Pack] with { Taken = packs[draw.Pack].Taken + draw.Vouchers };
            yield return (request, entry with { Vouchers = draws });
        }
    }
}
