using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what the application of a plan rests on.</summary>
internal static class PlanReading
{
    private const string Mark = "select coalesce(sum(version), 0) from catalogue";

    public static PlanInput Read(
        ReadSession session, Dialect dialect, CatalogueReading catalogue, IReadOnlyCollection<PlanEntry> entries, Instant now) => session.Snapshot(() =>
        {
            var known = catalogue.Read(session);
            var reach = new PlanReach(entries);
            var institutions = InstitutionQueries.States(session, dialect, reach.Institutions, reach, now);
            var states = institutions.ToDictionary(pair => pair.Key, pair => pair.Value.State);
            var slots = SlotQueries.Of(session, dialect, PlanSlots.Of(entries, known, states));
            return new PlanInput(now, known, MarkOf(session), institutions.ToImmutableDictionary(), slots.ToImmutableDictionary(pair => pair.Key, FiguresOf))
            {
                Reach = reach,
                Requests = RequestsOf(session, dialect, entries).ToImmutableDictionary(),
            };
        });

    /// <summary>
    /// Completes the view of a commit, inside its transaction, after the institutions were locked: reads the institutions that have changed since the caller
    /// read them, with the requests of their bookings that move. Each change of a request changes its institution too.
    /// </summary>
    public static void Complete(ReplayView view, PlanApplication application, ReadSession session, Dialect dialect)
    {
        view.CatalogueMark = MarkOf(session);
        InstitutionId[] changed = [.. application.Input.Institutions.Where(pair => view.Versions.GetValueOrDefault(pair.Key) != pair.Value.Version)
            .Select(pair => pair.Key)];
        if (changed.Length > 0)
        {
            view.States = InstitutionQueries.States(session, dialect, changed, application.Input.Reach, application.Input.At)
                .ToDictionary(pair => pair.Key, pair => pair.Value.State);
            view.Requests = RequestsOf(session, dialect, application.Entries.Select(entry => entry.Entry).Where(entry => changed.Contains(entry.Institution)));
        }
    }

    private static Dictionary<RequestId, Request> RequestsOf(ReadSession session, Dialect dialect, IEnumerable<PlanEntry> entries)
    {
        var ids = entries.OfType<PlanEntry.Move>().Select(move => move.Request).OfType<RequestId>().Distinct().ToList();
        return ids.Count == 0 ? [] : session.Query(
            $"select {RowReader.RequestColumns} from requests where {dialect.In("id", "ids")}", RowReader.Request,
            ("ids", dialect.Set(ids.Select(id => id.ToString())))).ToDictionary(request => request.Id);
    }

    private static SlotFigures FiguresOf(KeyValuePair<SlotHour, SlotRow> slot) =>
        new(slot.Value.Capacity, slot.Value.Capacity - slot.Value.Booked - slot.Value.Held);

    private static long MarkOf(ReadSession session) => session.Query(Mark, row => row.GetInt64(0))[0];
}
