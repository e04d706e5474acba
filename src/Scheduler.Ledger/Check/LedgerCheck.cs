using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Re-adds a ledger from its rows and says what is wrong: every slot (booked, held, shortfall), every pack, every institution's supervision, every booking's lead time. Its sums
/// share no code with what writes them. Reads one moment; a running process need not stop.
/// </summary>
public static class LedgerCheck
{
    /// <summary>Checks the ledger that the settings name. Empty when all adds up. Throws when there is none.</summary>
    public static Task<ImmutableArray<Finding>> Run(LedgerSettings settings, CancellationToken cancellation) => Task.Factory.StartNew(
        () => RunNow(settings), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ImmutableArray<Finding> RunNow(LedgerSettings settings)
    {
        using var session = new ReadSession(Open(settings));
        return session.Snapshot(() =>
        {
            var rows = CheckedRows.Read(session, new Dialect(settings.ConnectionString is not null));
            return (ImmutableArray<Finding>)[.. SeatSums.Findings(rows), .. VoucherSums.Findings(rows), .. SupervisionSums.Findings(rows), .. Notice.Findings(rows), .. Trails.Findings(rows)];
        });
    }

    private static DbConnection Open(LedgerSettings settings)
    {
        DbConnection connection;
        if (settings.ConnectionString is { } text)
            connection = new NpgsqlConnection(Postgres.ConnectionString(text));
        else
        {
            var file = Path.Combine(settings.DataDirectory ?? throw new InvalidOperationException("A ledger needs a data folder, or a connection string."), SqliteFolder.FileName);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        }

        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>A slot's row.</summary>
internal sealed record SlotLine(SlotHour Slot, int Capacity, int Booked, int Held, int Shortfall);

/// <summary>A pack's row and whose it is.</summary>
internal sealed record PackLine(InstitutionId Institution, Pack Pack);

/// <summary>An institution's counters.</summary>
internal sealed record CounterLine(string Id, long Version, int Online, long Entries, long TrailRows, long LastEntry);

/// <summary>A change that gave a booking or a hold its block, by place in the order of commits.</summary>
internal sealed record PlacedLine(long Position, long At, string Who, string Kind, string Subject, string? After);

/// <summary>A version of a catalogue entry, by place in the order of commits.</summary>
internal sealed record EntryLine(long Position, long At, CatalogueEntry Entry, int Version);

/// <summary>All that the check looks at, read at one moment.</summary>
internal sealed record CheckedRows
{
    public required List<SlotLine> Slots { get; init; }

    public required List<Booking> Bookings { get; init; }

    public required List<Hold> Holds { get; init; }

    public required List<PackLine> Packs { get; init; }

    public required List<CounterLine> Institutions { get; init; }

    public required List<EntryLine> History { get; init; }

    public required List<PlacedLine> Placed { get; init; }

    public required Catalogue Catalogue { get; init; }

    public static CheckedRows Read(ReadSession session, Dialect dialect) => new()
    {
        Slots = session.Query(
            "select pool, minutes, capacity, booked, held, shortfall from slots order by pool, minutes",
            row => new SlotLine(new(PoolId.Of(row.GetString(0)), row.GetInt32(1)), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5))),
        Bookings = session.Query($"select {RowReader.BookingColumns} from bookings order by id", RowReader.Booking),
        Holds = session.Query($"select {RowReader.HoldColumns} from holds order by id", RowReader.Hold),
        Packs = session.Query($"select {RowReader.PackColumns}, institution from packs order by id", row => new PackLine(InstitutionId.Of(row.GetString(5)), RowReader.Pack(row))),
        Institutions = session.Query(
            """
            select i.id, i.version, i.online, i.entries, count(t.entry), coalesce(max(t.entry), 0) from institutions i left join trail t on t.institution = i.id
            group by i.id, i.version, i.online, i.entries order by i.id
            """,
            row => new CounterLine(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))),
        History = session.Query(
            $"""
            select {dialect.Position("c")}, c.at, h.kind, h.version, h.body from catalogue_history h
            join changes c on c.sequence = h.sequence{(dialect.IsPostgres ? " and c.committer = h.committer" : "")} order by {dialect.Position("c")}, h.kind, h.id
            """,
            row => new EntryLine(row.GetInt64(0), row.GetInt64(1), CatalogueText.Entry(row.GetString(2), row.GetString(4)), row.GetInt32(3))),
        Placed = session.Query(
            $"""
            select {dialect.Position("c")}, c.at, c.who, c.kind, c.subject, c.after from changes c
            where c.kind in ('booking_made', 'booking_moved', 'hold_made', 'hold_confirmed') order by {dialect.Position("c")}
            """,
            row => new PlacedLine(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), RowReader.Text(row, 5))),
        Catalogue = RecordQueries.Catalogue(session),
    };
}
