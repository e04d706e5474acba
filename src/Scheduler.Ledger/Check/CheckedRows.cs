using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>All rows that the check needs, read at one moment.</summary>
internal sealed record CheckedRows
{
    public required List<SlotLine> Slots { get; init; }

    public required List<Booking> Bookings { get; init; }

    public required List<Hold> Holds { get; init; }

    public required List<PackLine> Packs { get; init; }

    public required List<CounterLine> Institutions { get; init; }

    public required List<EntryLine> History { get; init; }

    public required List<PlacedLine> Placed { get; init; }

    public required List<PrivateRow> Accounts { get; init; }

    public required List<PrivateRow> Addresses { get; init; }

    public required Catalogue Catalogue { get; init; }

    public static CheckedRows Read(ReadSession session, Dialect dialect) => new()
    {
        Slots = session.Query(
            "select pool, minutes, capacity, booked, held, shortfall from slots order by pool, minutes",
            row => new SlotLine
            {
                Slot = new(PoolId.Of(row.GetString(0)), row.GetInt32(1)), Capacity = row.GetInt32(2), Booked = row.GetInt32(3), Held = row.GetInt32(4),
                Shortfall = row.GetInt32(5),
            }),
        Bookings = session.Query($"select {RowReader.BookingColumns} from bookings order by id", RowReader.Booking),
        Holds = session.Query($"select {RowReader.HoldColumns} from holds order by id", RowReader.Hold),
        Packs = session.Query(
            $"select {RowReader.PackColumns}, institution from packs order by id",
            row => new PackLine(InstitutionId.Of(row.GetString(6)), RowReader.Pack(row))),
        Institutions = session.Query(
            """
            select i.id, i.online, i.entries, count(t.entry), coalesce(max(t.entry), 0), i.overseen
            from institutions i left join trail t on t.institution = i.id group by i.id, i.online, i.entries, i.overseen order by i.id
            """,
            row => new CounterLine
            {
                Id = row.GetString(0), Online = row.GetInt32(1), Entries = row.GetInt64(2), TrailRows = row.GetInt64(3), LastEntry = row.GetInt64(4),
                Overseen = row.GetInt32(5),
            }),
        History = ReadHistory(session, dialect),
        Placed = session.Query(
            $"""
            select {dialect.Position("c")}, c.at, c.kind, c.subject, c.after from changes c
            where c.kind in ('{Word(ChangeKind.BookingMade)}', '{Word(ChangeKind.BookingMoved)}', '{Word(ChangeKind.HoldMade)}',
                '{Word(ChangeKind.HoldReplaced)}', '{Word(ChangeKind.HoldConfirmed)}', '{Word(ChangeKind.RequestPlaced)}')
            order by {dialect.Position("c")}
            """,
            row => new PlacedLine
            {
                Position = row.GetInt64(0), At = RowText.Instant(row.GetInt64(1)), Kind = row.GetString(2), Subject = row.GetString(3),
                After = RowReader.Snapshot(row, 4),
            }),
        Accounts = PrivateQueries.All(session, PrivateKind.Account),
        Addresses = PrivateQueries.All(session, PrivateKind.Email),
        Catalogue = new CatalogueReading(NullLogger.Instance).Read(session),
    };

    /// <summary>The versions of catalogue entries that this version of the program can read.</summary>
    private static List<EntryLine> ReadHistory(ReadSession session, Dialect dialect)
    {
        var lines = new List<EntryLine>();
        var rows = session.Query(
            $"""
            select {dialect.Position("c")}, c.at, h.body from catalogue_history h
            join changes c on c.sequence = h.sequence{(dialect.IsPostgres ? " and c.committer = h.committer" : "")} order by {dialect.Position("c")}, h.kind,
                h.id
            """,
            row => (Position: row.GetInt64(0), At: RowText.Instant(row.GetInt64(1)), Body: row.GetString(2)));
        foreach (var (position, at, body) in rows)
        {
            if (CatalogueText.TryRead(body) is { } entry)
                lines.Add(new(position, at, entry));
        }

        return lines;
    }

    private static string Word(ChangeKind kind) => ChangeKinds.Text(kind);
}
