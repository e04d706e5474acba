using NodaTime;
using NodaTime.Text;

namespace Scheduler.Ledger;

/// <summary>Gives a ledger in a folder another name, with the log that belongs to the database file.</summary>
internal static class OldLedger
{
    private static readonly InstantPattern _inName = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmssfff'Z'");

    // SQLite finds the log of a database by the name of the database. Without its log a database loses changes, and with a foreign log it is damaged.
    private static readonly string[] _logs = ["-wal", "-journal"];

    /// <summary>The name of a ledger that was replaced at this instant.</summary>
    public static string NameAt(Instant now) => $"ledger-before-{_inName.Format(now)}.db";

    /// <summary>Renames the files. The database comes last: when it has its new name, all of the ledger has. Repeating the call does no harm.</summary>
    public static void Move(string ledger, string kept)
    {
        // An interrupted restore has moved the old ledger already; the file there is the restored one.
        if (File.Exists(kept))
            return;
        MoveLogs(ledger, kept);
        if (File.Exists(ledger))
            File.Move(ledger, kept, overwrite: false);
        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(kept))!);
    }

    /// <summary>Gives logs that lie beside no ledger another name. SQLite would read such a log into the restored ledger.</summary>
    public static void MoveStrayLogs(string ledger, string kept)
    {
        MoveLogs(ledger, kept);
        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(kept))!);
    }

    private static void MoveLogs(string ledger, string kept)
    {
        foreach (var log in _logs)
        {
            if (File.Exists(ledger + log))
                File.Move(ledger + log, kept + log, overwrite: false);
        }

        // The index of the log, which SQLite makes again.
        File.Delete($"{ledger}-shm");
    }
}
