using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>Why the embedded database could not read or write its file.</summary>
public enum EmbeddedFault
{
    /// <summary>The exception is not one of the embedded database.</summary>
    None,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The file cannot be written.</summary>
    ReadOnly,

    /// <summary>The file cannot be opened.</summary>
    CannotOpen,

    /// <summary>The file is damaged, or is no database.</summary>
    Damaged,

    /// <summary>Another program has locked the file.</summary>
    Locked,

    /// <summary>Any other fault.</summary>
    Other,
}

/// <summary>Finds the kind of an exception of the embedded database.</summary>
public static class EmbeddedFaults
{
    /// <summary>The kind of an exception.</summary>
    public static EmbeddedFault Of(Exception exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        null => EmbeddedFault.None,
        raw.SQLITE_FULL => EmbeddedFault.Full,
        raw.SQLITE_READONLY => EmbeddedFault.ReadOnly,
        raw.SQLITE_CANTOPEN => EmbeddedFault.CannotOpen,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => EmbeddedFault.Damaged,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => EmbeddedFault.Locked,
        _ => EmbeddedFault.Other,
    };
}
