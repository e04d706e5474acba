using System.Data.Common;
using System.Globalization;
using System.Text;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Output;

namespace Scheduler.Ledger.Tests;

/// <summary>
/// Rows as the version before terms were kept wrote them, for either database. An exam "e" of pool "p" was of MOS and 50 minutes until change 5, and is of ACP
/// and 110 minutes since. Every slot has 100 seats.
/// </summary>
public sealed class EarlierLedger(bool isPostgres)
{
    public const string Start = "2027-03-01T09:00:00Z";
    private static readonly int _start = (int)(DateTimeOffset.Parse(Start, CultureInfo.InvariantCulture).ToUnixTimeSeconds() / 60);
    private readonly StringBuilder _sql = new();
    private readonly SortedDictionary<int, (int Booked, int Held)> _slots = [];
    private int _changes;
    private int _entries;
    private int _entriesOfOperator;

    /// <summary>Runs the scripts that this earlier version had.</summary>
    public static void Migrate(string connectionString, bool isPostgres)
    {
        string[] scripts = isPostgres ? ["Postgres.0001", "Postgres.0002"] : ["Sqlite.0001"];
        Migrate(connectionString, isPostgres, name => scripts.Any(name.Contains));
    }

    /// <summary>Runs the scripts of the version before plans and flexible requests.</summary>
    public static void MigrateToBeforePlans(string connectionString, bool isPostgres)
    {
        var (folder, plans) = isPostgres ? ("Postgres.", "Postgres.0006") : ("Sqlite.", "Sqlite.0005");
        Migrate(
            connectionString, isPostgres,
            name => name.IndexOf(folder, StringComparison.Ordinal) is >= 0 and var at && string.CompareOrdinal(name[at..], plans) < 0);
    }

    private static void Migrate(string connectionString, bool isPostgres, Func<string, bool> isOfThen)
    {
        UpgradeEngineBuilder builder = isPostgres ? DeployChanges.To.PostgresqlDatabase(connectionString) : DeployChanges.To.SqliteDatabase(connectionString);
        builder.WithScriptsEmbeddedInAssembly(typeof(SeatLedger).Assembly, isOfThen).WithVariablesDisabled()
            .WithTransactionPerScript().LogTo(new NoOpUpgradeLog()).Build().PerformUpgrade().Successful.ShouldBeTrue();
    }

    /// <summary>Writes rows, and closes the connection.</summary>
    public static async Task Write(DbConnection connection, string rows)
    {
        await using (connection)
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = rows;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>All rows as SQL.</summary>
    public string Sql()
    {
        foreach (var (minutes, (booked, held)) in _slots)
        {
            _sql.AppendLine(
                CultureInfo.InvariantCulture, $"insert into slots (pool, minutes, capacity, booked, held) values ('p', {minutes}, 100, {booked}, {held});");
        }

        _sql.AppendLine(CultureInfo.InvariantCulture, $"insert into institutions (id, version, online, entries) values ('s', {_entries}, 0, {_entries});");
        _sql.AppendLine(CultureInfo.InvariantCulture, $"update institutions set entries = {_entriesOfOperator} where id = '';");
        return _sql.ToString();
    }

    /// <summary>A version of a catalogue entry.</summary>
    public void Put(string kind, string id, int version, string body)
    {
        var sequence = Change($"{kind}_put", id, null, null);
        _sql.AppendLine(CultureInfo.InvariantCulture, $"delete from catalogue where kind = '{kind}' and id = '{id}';");
        _sql.AppendLine(CultureInfo.InvariantCulture, $"insert into catalogue (kind, id, version, body) values ('{kind}', '{id}', {version}, '{body}');");
        var (committers, committer) = isPostgres ? (", committer", ", 1") : ("", "");
        _sql.AppendLine(
            $"""
            insert into catalogue_history (kind, id, version, sequence, body{committers})
            values ('{kind}', '{id}', {version}, {sequence}, '{body}'{committer});
            """);
    }

    public void Exam(string programme, int minutes, int version) => Put(
        "exam", "e", version,
        $$$"""
        {"form":1,"exam":{"id":"e","programme":"{{{programme}}}","name":"E","minutes":{{{minutes}}},"checkInMinutes":5,"resetMinutes":5,
        "pools":["p"],"modes":["lab"]}}
        """);

    public void Pack(Guid id, string programme, int taken)
    {
        Change("pack_made", $"{id}", "s", null);
        _sql.AppendLine(CultureInfo.InvariantCulture,
            $"insert into packs (id, institution, programme, quantity, purchased_on, taken) values ('{id}', 's', '{programme}', 500, '2026-09-01', {taken});");
    }

    /// <summary>A row of a booking, without the changes that made the row.</summary>
    public void Booking(Guid id, string profile, Guid? pack, string accommodations = "", string exam = "e", string status = "confirmed")
    {
        _sql.AppendLine(
            $"""
            insert into bookings (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, vouchers, status, version, overseen)
            values ('{id}', {Sitting(profile, pack, accommodations, exam)}, '{status}', 1, 0);
            """);
        if (status == "confirmed")
            Add(profile, isHeld: false);
    }

    /// <summary>A row of a hold.</summary>
    public void Hold(Guid id, string profile, Guid? pack, string status, Guid? booking = null)
    {
        var became = booking is null ? "null" : $"'{booking}'";
        // The hold ends in 2030.
        _sql.AppendLine(
            $"""
            insert into holds (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, vouchers, status, booking, expires_at)
            values ('{id}', {Sitting(profile, pack, "", "e")}, '{status}', {became}, 18934560000000000);
            """);
        if (status == "held")
            Add(profile, isHeld: true);
    }

    /// <summary>A waitlist entry.</summary>
    public void Request(Guid id, int sequence, string profile, string status = "queued")
    {
        Change("request_made", $"{id}", "s", null);
        var seats = profile.Split(',')[0];
        _sql.AppendLine(
            $"""
            insert into requests (id, institution, sequence, exam, pool, start_minutes, seats, profile, mode, accommodations, weight, status, version)
            values ('{id}', 's', {sequence}, 'e', 'p', {_start}, {seats}, '{profile}', 'lab', '', 3, '{status}', 1);
            """);
    }

    /// <summary>A change of the school, with its trail.</summary>
    public int Change(string kind, string subject, string? institution, Guid? booking, string? after = null, string? why = null)
    {
        var sequence = ++_changes;
        var at = DateTimeOffset.Parse("2027-01-04T12:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() * 10_000;
        var (positions, position) = isPostgres ? (", position, batch", $", {sequence}, {sequence}") : ("", "");
        _sql.AppendLine(
            $"""
            insert into changes (committer, sequence, at, who, kind, subject, institution, after, why, notice, touched{positions})
            values (1, {sequence}, {at}, 'key-7', '{kind}', '{subject}', {Text(institution)}, {Text(after)}, {Text(why)}, 0, ''{position});
            """);
        var entry = institution is null ? ++_entriesOfOperator : ++_entries;
        (positions, position) = isPostgres ? (", position", $", {sequence}") : ("", "");
        _sql.AppendLine(
            $"""
            insert into trail (institution, entry, at, committer, sequence, flags, booking, ends{positions})
            values ('{institution}', {entry}, {at}, 1, {sequence}, 0, {Text(booking?.ToString())}, {(booking is null ? "null" : $"{_start + 60}")}{position});
            """);
        return sequence;
    }

    private static string Sitting(string profile, Guid? pack, string accommodations, string exam)
    {
        var seats = profile.Split(',')[0];
        var vouchers = pack is null ? "" : $"{pack}:{seats}";
        return $"'s', '{exam}', 'p', {_start}, {profile.Split(',').Length}, {seats}, '{profile}', 'lab', '{accommodations}', '{vouchers}'";
    }

    private static string Text(string? text) => text is null ? "null" : $"'{text}'";

    private void Add(string profile, bool isHeld)
    {
        foreach (var (k, seats) in profile.Split(',').Select(int.Parse).Index())
        {
            var (booked, held) = _slots.GetValueOrDefault(_start + (60 * k));
            _slots[_start + (60 * k)] = isHeld ? (booked, held + seats) : (booked + seats, held);
        }
    }
}
