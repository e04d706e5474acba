using System.Collections.Immutable;
using System.Data.Common;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads what is to come, for the operators' rare calls. No index finds bookings by exam, pool or start, because such an index would add a random page to the
/// write of every booking: these queries read all bookings, row by row, on a thread for reading. An institution's bookings are found by its trail.
/// </summary>
internal static class ToComeQueries
{
    private const string Trail = "(select t.booking from trail t where t.institution = @institution and t.booking is not null and t.ends > @now)";

    public static ToCome Read(ReadSession session, Dialect dialect, CatalogueReading catalogue, ToComeFilter filter, Instant now) => session.Snapshot(() =>
    {
        var minutes = now.ToUnixTimeSeconds() / 60;
        var bookings = new Named();
        var byInstitution = filter.Institution is null ? "" : $" and id in {Trail}";
        Each(
            session,
            $"select id, institution, start_minutes, slots from bookings where status = 'confirmed' and start_minutes + 60 * slots > @now{byInstitution}",
            filter, [("now", minutes)], row => row.GetInt32(3), filter.Blocks, bookings);
        var holds = new Named();
        Each(
            session, "select id, institution, start_minutes, slots from holds where status = 'held' and expires_at > @now", filter,
            [("now", RowText.Ticks(now))], row => row.GetInt32(3), filter.Blocks, holds);
        var requests = new Named();
        Each(
            session, "select id, institution, start_minutes, profile from requests where status = 'queued' and windows is null and start_minutes > @now",
            filter, [("now", minutes)], row => SeatProfile.Parse(row.GetString(3)).Slots, filter.Requests, requests);
        EachFlexible(session, filter, now, requests);
        var touches = new Touches
        {
            Bookings = [.. bookings.Ids.Select(id => new BookingId(id))],
            Holds = [.. holds.Ids.Select(id => new HoldId(id))],
            Requests = [.. requests.Ids.Select(id => new RequestId(id))],
            BookingCount = bookings.Count,
            HoldCount = holds.Count,
            RequestCount = requests.Count,
        };
        return new ToCome(touches, [.. catalogue.Read(session).Institutions.Values.Select(known => known.Value)], Mark(session, dialect));
    });

    /// <summary>
    /// The flexible requests with a window that is not over. They have no block, so of filters by time only the filter of windows finds them.
    /// </summary>
    private static void EachFlexible(ReadSession session, ToComeFilter filter, Instant now, Named named)
    {
        var isTimed = filter is not { FromMinutes: null, ToMinutes: null, Requests: null };
        if (isTimed && filter.Windows is null)
            return;
        bool Counts(RequestWindow window) => !window.IsOver(now) && (filter.Windows is null || filter.Windows(window));
        Each(
            session, "select id, institution, start_minutes, windows from requests where status = 'queued' and windows is not null",
            filter with { FromMinutes = null, ToMinutes = null }, [], row => RequestText.Windows(row.GetString(3)).Count(Counts), block => block.Slots > 0,
            named);
    }

    private static void Each(
        ReadSession session, string text, ToComeFilter filter, List<(string Name, object Value)> parameters, Func<DbDataReader, int> slots,
        Func<ToComeBlock, bool>? matches, Named named)
    {
        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            text += $" and {condition} @{name}";
            parameters.Add((name, value));
        }

        Add("exam =", "exam", filter.Exam?.Text);
        Add("pool =", "pool", filter.Pool?.Text);
        Add("institution =", "institution", filter.Institution?.Text);
        Add("start_minutes >=", "from", filter.FromMinutes);
        Add("start_minutes <", "to", filter.ToMinutes);
        session.Each(
            text + " order by id",
            row =>
            {
                if (matches is null || matches(new(InstitutionId.Of(row.GetString(1)), row.GetInt32(2), slots(row))))
                    named.Add(row.GetString(0));
            },
            [.. parameters]);
    }

    /// <summary>The last change of each committer.</summary>
    public static LedgerMark Mark(ReadSession session, Dialect dialect) => new(
    [
        .. session.Query(
            dialect.IsPostgres
                ? "select k.id, coalesce((select max(c.sequence) from changes c where c.committer = k.id), 0) from committers k"
                : "select 1, coalesce(max(sequence), 0) from changes",
            row => new ChangeRef(row.GetInt32(0), row.GetInt64(1))),
    ]);

    /// <summary>The first ids, and the count of all.</summary>
    private sealed class Named
    {
        public List<Guid> Ids { get; } = [];

        public int Count { get; private set; }

        public void Add(string id)
        {
            if (Count++ < Limits.NamedTouches)
                Ids.Add(Guid.Parse(id));
        }
    }
}
